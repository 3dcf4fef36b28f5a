"""Starts and ends the benchmark's own processes, and reads how much memory they took at most."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")
_PATIENCE = 60.0  # seconds


def free_port() -> int:
    """Return a port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def peak_megabytes(pid: int | str = "self") -> float:
    """Return the most memory (resident, in MB of 10^6 bytes) that a process has had so far."""
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    assert found, "this system does not tell"
    return int(found[1]) * 1024 / 1e6


def children(pid: int) -> list[int]:
    """Return the processes that `pid` has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def running(*arguments: str, port: int) -> Iterator[int]:
    """Run `python …` until the end of the block. Yield its pid once it listens on `port`."""
    process = subprocess.Popen([sys.executable, *arguments])
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def result_of(*arguments: str) -> Any:
    """Run `python -m …` in a process of its own and return the JSON that it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        env=os.environ,
    )
    return json.loads(done.stdout.splitlines()[-1])


def results_at_once(number: int, *arguments: str, start: Path) -> list[Any]:
    """Run `python -m …` in `number` processes and return the JSON that each prints last.

    Each gets `--start FILE`, prints a line when it is ready, and begins when the file is there.
    """
    start.unlink(missing_ok=True)
    command = [sys.executable, "-m", *arguments, "--start", str(start)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(number)]
    try:
        for process in processes:
            assert process.stdout
            process.stdout.readline()
        start.touch()
        outputs = [process.communicate(timeout=600)[0] for process in processes]
    finally:
        for process in processes:
            if process.poll() is None:
                process.kill()
                process.wait()
    return [json.loads(output.splitlines()[-1]) for output in outputs]


def resident_megabytes(pid: int) -> float:
    """Return the memory (resident, in MB of 10^6 bytes) that a process has now; 0 when it has ended."""
    try:
        found = _RESIDENT.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) * 1024 / 1e6 if found else 0.0


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing listens on port {port}")
