"""Asks for pages in this process, through the same way in as a web server's, and over HTTP."""

import http.client
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

Ask = Callable[[str], float]


class BadAnswer(Exception):
    """A page did not answer 200, so that its time would mean nothing."""


def in_process(cookies: str) -> Ask:
    """Return what asks for a path through the whole WSGI application and returns the seconds it took.

    What a web server does after an answer, such as closing the database's connection, is counted.
    """
    application = WSGIHandler()

    def ask(path: str) -> float:
        statuses: list[str] = []
        environ = _environ(path, cookies)

        def start_response(status: str, headers: Any, exc_info: Any = None) -> Callable[[bytes], object]:
            statuses.append(status)
            return lambda data: None

        began = time.perf_counter()
        answer = application(environ, start_response)
        for _piece in answer:
            pass
        answer.close()
        took = time.perf_counter() - began
        if not statuses[0].startswith("200"):
            raise BadAnswer(f"{path}: {statuses[0]}")
        return took

    return ask


def over_http(port: int, cookies: str) -> Ask:
    """Return what asks the web server on `port`, over a new connection each time."""

    def ask(path: str) -> float:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Host": "localhost", "Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        took = time.perf_counter() - began
        if answer.status != 200:
            raise BadAnswer(f"{path}: {answer.status}")
        return took

    return ask


def _environ(path: str, cookies: str) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookies,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
