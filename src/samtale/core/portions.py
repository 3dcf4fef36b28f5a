"""Long lists, a part at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# How many rows a question names by their ids. Named by another question instead, it is for the database to
# guess how many that will be; PostgreSQL, with old statistics, has taken a quarter of an hour over it.
AT_ONCE = 5_000


def portions(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield `items` in parts of at most `size`, in their order."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
