"""A mail server that takes everything and keeps nothing: `python -m scripts.bench.mail_sink PORT`.

It does as little as a server can, since it shares the machine's cores with what is measured.
"""

import asyncio
import signal
import sys


class Sink(asyncio.Protocol):
    """One conversation. Understands as much SMTP as it takes to accept letters."""

    def __init__(self) -> None:
        self._unread = b""
        self._in_letter = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._unread += data
        while True:
            end = b"\r\n.\r\n" if self._in_letter else b"\r\n"
            line, found, rest = self._unread.partition(end)
            if not found:
                return
            self._unread = rest
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        command = b"" if self._in_letter else line[:4].upper()
        self._in_letter = command == b"DATA"
        if self._in_letter:
            self._transport.write(b"354 go on\r\n")
        elif command == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
        else:
            self._transport.write(b"250 ok\r\n")


async def serve(port: int) -> None:
    """Listen until told to end."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    server = await loop.create_server(Sink, "127.0.0.1", port)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
