"""What the tests of kills, restarts and races share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail_server import SlowMailServer
from tests.worker_processes import WorkerProcesses

RACES = ("test_nothing_leaves_after.py", "test_other_letters_after.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests, and keep them in one process: each takes the whole machine."""
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker("faults")
            if item.path.name in RACES:
                item.add_marker("races")
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture
def slow_mail() -> Iterator[SlowMailServer]:
    """A real mail server that takes a moment over each letter, so that kills meet letters on their way."""
    server = SlowMailServer(seconds=0.01)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def workers(tmp_path: Path, slow_mail: SlowMailServer) -> Iterator[WorkerProcesses]:
    processes = WorkerProcesses(tmp_path, mail_port=slow_mail.port)
    yield processes
    processes.end()
