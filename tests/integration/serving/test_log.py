"""What the running product writes to its log."""

import socket

import pytest

from tests.integration.serving.conftest import Installation
from tests.integration.serving.test_supervisor import ready, status, wait_for

pytestmark = pytest.mark.timeout(180)


def test_no_candidates_key_is_written_down(installation: Installation):
    # The web server's own log of requests is off; here it is switched on.
    installation.serve(GUNICORN_CMD_ARGS="--access-logfile -")
    wait_for(lambda: ready(installation))

    assert status(installation.port, "/a/secret-in-a-path/") == 404
    with socket.create_connection(("127.0.0.1", installation.port), timeout=10) as connection:
        connection.sendall(b"GET /a/secret-in-nonsense/\r\n\r\n")
        connection.recv(1000)

    wait_for(lambda: installation.log.count("/a/***") >= 3, seconds=10)
    assert "Not Found: /a/***" in installation.log
    assert "secret-in" not in installation.log
