"""The web server and the worker live and end together."""

import http.client
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from tests.integration.serving.conftest import Installation

pytestmark = pytest.mark.timeout(180)


def ready(installation: Installation) -> bool:
    """Say whether the server has announced itself; fail if it has ended instead."""
    assert installation.started[-1].poll() is None, installation.log
    return f"Samtale er klar: http://localhost:{installation.port}" in installation.log


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until `condition` holds; fail after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def family(pid: int) -> list[psutil.Process]:
    """Return the processes below the supervisor."""
    return psutil.Process(pid).children(recursive=True)


def workers_of(pid: int) -> list[psutil.Process]:
    return [child for child in family(pid) if command(child)[-1:] == ["worker"]]


def worker_of(pid: int) -> psutil.Process | None:
    return next(iter(workers_of(pid)), None)


def command(process: psutil.Process) -> list[str]:
    """Return the command line; nothing for a process that has just ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def all_ended(processes: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes)


def status(port: int, path: str = "/accounts/login/") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_of_it(installation: Installation, number: signal.Signals):
    server = installation.serve()
    wait_for(lambda: ready(installation))
    assert status(installation.port) == 200
    wait_for(lambda: worker_of(server.pid))
    processes = family(server.pid)

    server.send_signal(number)

    assert server.wait(30) == 0
    assert all_ended(processes)


def test_many_signals_at_once_end_it_like_one(installation: Installation):
    server = installation.serve()
    wait_for(lambda: ready(installation))
    processes = family(server.pid)

    for _ in range(300):
        server.send_signal(signal.SIGTERM)
        server.send_signal(signal.SIGINT)

    assert server.wait(30) == 0
    assert all_ended(processes)


def test_what_stands_in_the_file_holds_for_all_of_it(installation: Installation):
    port = installation.environment.pop("PORT")
    lines = (
        f"PORT={port}",
        "WORKERS=2",
        "WEB_CONCURRENCY=1",
        "SITE_URL=https://jobb.example.org",
        "SECRET_KEY=x",
    )
    (installation.folder / ".env").write_text("\n".join(lines))
    server = installation.serve()

    wait_for(lambda: "Samtale er klar: https://jobb.example.org" in installation.log)
    wait_for(lambda: len(workers_of(server.pid)) == 2)

    assert status(installation.port) == 200
    for process in family(server.pid):
        assert process.environ().get("SITE_URL") is None  # each reads it in the file


def test_killing_the_supervisor_leaves_no_orphans(installation: Installation):
    server = installation.serve()
    wait_for(lambda: ready(installation))
    wait_for(lambda: worker_of(server.pid))
    processes = family(server.pid)

    server.kill()
    server.wait()

    wait_for(lambda: all_ended(processes), seconds=30)


def test_a_dead_worker_is_started_again_and_the_web_stays(installation: Installation):
    server = installation.serve()
    wait_for(lambda: ready(installation))
    wait_for(lambda: worker_of(server.pid))
    first = worker_of(server.pid)
    assert first

    first.kill()

    wait_for(lambda: (second := worker_of(server.pid)) and second.pid != first.pid)
    assert "The message worker ended" in installation.log
    assert status(installation.port) == 200


def test_as_many_workers_run_as_are_asked_for_and_each_is_replaced(installation: Installation):
    server = installation.serve(WORKERS="2")
    wait_for(lambda: ready(installation))
    wait_for(lambda: len(workers_of(server.pid)) == 2)
    first, second = workers_of(server.pid)

    first.kill()

    wait_for(lambda: len({each.pid for each in workers_of(server.pid)} - {first.pid}) == 2)
    assert second.is_running()
    processes = family(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
    assert all_ended(processes)


@pytest.mark.parametrize("number", ["two", "-1", "65"])
def test_a_number_of_workers_that_cannot_be_is_refused(installation: Installation, number: str):
    done = installation.run("serve", DEBUG="true", WORKERS=number)

    assert done.returncode == 1
    assert f"WORKERS: «{number}» er ikke et tall" in done.stderr


def test_the_end_of_the_web_server_ends_all(installation: Installation):
    server = installation.serve()
    wait_for(lambda: ready(installation))
    processes = family(server.pid)
    web = next(child for child in psutil.Process(server.pid).children() if "gunicorn" in command(child))

    web.kill()

    assert server.wait(30) != 0
    wait_for(lambda: all_ended(processes), seconds=30)
