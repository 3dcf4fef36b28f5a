"""A way out for text messages that writes them down and then takes a moment to answer."""

import time
from urllib.parse import parse_qs, urlsplit

from samtale.outbox.transports.sms.files import FileTransport


class SlowFileTransport(FileTransport):
    """`tests.slow_sms.SlowFileTransport?folder=/…`"""

    def __init__(self, url: str) -> None:
        super().__init__(f"file://{parse_qs(urlsplit(url).query)['folder'][0]}")

    def send(self, parcel):
        name = super().send(parcel)
        time.sleep(0.03)
        return name
