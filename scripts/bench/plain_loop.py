"""The loop to compare with: builds each letter with the standard library and sends it over one
connection. `python -m scripts.bench.plain_loop PORT FILE` prints the seconds it took."""

import json
import smtplib
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from typing import Any


def build(letter: dict[str, Any]) -> EmailMessage:
    """Return the same letter as the worker's: text, HTML and an appointment."""
    message = EmailMessage()
    for name, value in letter["headers"].items():
        message[name] = value
    message.set_content(letter["text"])
    message.add_alternative(letter["html"], subtype="html")
    message.add_attachment(
        letter["calendar"].encode(), maintype="text", subtype="calendar", filename="invite.ics"
    )
    return message


def main() -> None:
    """Send all letters."""
    port, letters = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for letter in letters:
            server.send_message(build(letter))
    print(json.dumps({"seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    main()
