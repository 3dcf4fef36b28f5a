"""`make test` fails where `make lint` does: the same list of checks, each a test."""

import pytest

from scripts import lint

pytestmark = [pytest.mark.tool, pytest.mark.timeout(400)]


@pytest.mark.parametrize("name", lint.checks())
def test_check_finds_nothing(name: str):
    done = lint.run(lint.checks()[name])

    assert done.returncode == 0, f"`make lint` says of {name}:\n{done.stdout}"
