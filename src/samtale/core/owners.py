"""Who holds a claim: a name for this process that another on the same machine can see the end of.

A lease alone would do, but after a crash everything claimed would wait for it to run out.
"""

import hashlib
import os
import secrets
from pathlib import Path


def new_owner() -> str:
    """Return a name that no other worker has: machine, process, when it began, and something random."""
    pid = os.getpid()
    return f"{_machine()}:{pid}:{_beginning(pid)}:{secrets.token_hex(4)}"


def is_gone(owner: str) -> bool:
    """Say whether the process behind `owner` has certainly ended.

    Of a process on another machine, in another container, or on a system that does not tell when a
    process began, nothing is certain.
    """
    machine, _, rest = owner.partition(":")
    pid, beginning = [*rest.split(":"), "", ""][:2]
    if not beginning or machine != _machine():
        return False
    return _beginning(int(pid)) != beginning


def _machine() -> str:
    """Return a name for what shares its process numbers: one start of one machine or container."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
        return hashlib.sha256(f"{boot}{Path('/proc/self/ns/pid').readlink()}".encode()).hexdigest()[:16]
    except OSError:
        return ""


def _beginning(pid: int) -> str:
    """Return when process `pid` began, in ticks since the machine did; "" if there is none or it is dead."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state in "ZX" else fields[18]
