import subprocess
import sys

import pytest

from samtale.core.owners import is_gone, new_owner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells when a process began")


def test_no_two_owners_are_alike_and_each_fits_its_column():
    owners = {new_owner() for _ in range(10)}

    assert len(owners) == 10
    assert all(len(owner) <= 80 for owner in owners)


def test_this_process_is_not_gone():
    assert not is_gone(new_owner())


def test_a_process_that_was_killed_is_gone():
    code = "from samtale.core.owners import new_owner; print(new_owner(), flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        owner = process.stdout.readline().strip()
        assert not is_gone(owner)
        process.kill()
    assert is_gone(owner)


def test_a_number_that_another_process_has_now_does_not_keep_the_dead_alive():
    machine, pid, beginning, token = new_owner().split(":")

    assert is_gone(f"{machine}:{pid}:{int(beginning) - 1}:{token}")


@pytest.mark.parametrize("owner", ["", "worker", "a:b", "othermachine:1:2:3", ":1::x"])
def test_nothing_is_certain_of_strangers(owner: str):
    assert not is_gone(owner)
