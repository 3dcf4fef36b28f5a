"""An e-mail provider's HTTP interface on loopback: takes what is posted, and answers as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Provider:
    """What was posted, and what is answered next."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.status = 200
        self.answer = b"{}"
        self.hangs = 0.0
        self.breaks = False
        self.url = ""


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            provider.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(provider.hangs)
            if provider.breaks:
                self.close_connection = True
                return
            with suppress(ConnectionError):  # who asked did not wait for it
                self._answer()

        def _answer(self) -> None:
            self.send_response(provider.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(provider.answer)))
            self.send_header("X-Message-Id", "x")
            self.end_headers()
            self.wfile.write(provider.answer)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
