"""Which state may follow which, as a table that reads like one."""

from collections.abc import Iterable, Mapping


class IllegalTransition(Exception):
    """A thing was asked to move to a state that does not follow from the one it is in."""

    def __init__(self, table: str, old: str, new: str) -> None:
        super().__init__(f"{table}: {old} cannot become {new}")
        self.table, self.old, self.new = table, old, new


class TransitionTable:
    """The states of one thing and the moves between them.

    A state may always stay what it is, so that repeating a request does no harm.
    """

    def __init__(self, name: str, moves: Mapping[str, Iterable[str]]) -> None:
        self.name = name
        self._moves = {old: frozenset(news) for old, news in moves.items()}

    def allows(self, old: str, new: str) -> bool:
        """Say whether `old` may become `new`."""
        return old == new or new in self._moves[old]

    def following(self, old: str) -> frozenset[str]:
        """Return the states that may follow `old`, without `old` itself."""
        return self._moves[old]

    def check(self, old: str, new: str) -> None:
        """Raise `IllegalTransition` unless `old` may become `new`."""
        if not self.allows(old, new):
            raise IllegalTransition(self.name, old, new)
