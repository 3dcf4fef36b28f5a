"""Writes each text message as a file. For trying out and for looking at."""

import json
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

from samtale.outbox.transports.errors import TransportError
from samtale.outbox.transports.folder import write_new
from samtale.outbox.transports.sms import Sms
from samtale.outbox.transports.sms.door import usable


class FileTransport:
    """One JSON file a message in the folder of `file:///folder`."""

    def __init__(self, url: str) -> None:
        self._folder = Path("/" + unquote(urlsplit(url).path).lstrip("/"))

    def open(self) -> None:
        pass

    def send(self, parcel: Sms) -> str:
        content = json.dumps(asdict(usable(parcel)), ensure_ascii=False, indent=2).encode()
        try:
            return write_new(self._folder, "json", content).name
        except OSError as error:
            raise TransportError(str(error), permanent=False) from error

    def close(self) -> None:
        pass
