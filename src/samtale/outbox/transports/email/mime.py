"""Writes MIME, the format of e-mail, as bytes that every server takes unchanged: seven bits, short lines.

The standard library's classes write the same, but take longer over it than a server near by takes
to accept it. The codecs are the library's.
"""

import base64
import binascii
import re
import secrets
from collections.abc import Iterable, Mapping
from email.header import Header
from email.utils import encode_rfc2231

_LONGEST_LINE = 76
_LONGEST_WORD = 60  # what stays unencoded must fit into a line beside a header's name
_BREAK = re.compile(r"(?<=\S) (?=\S)")
_LINE_END_OR_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def document(headers: Mapping[str, str], body: bytes) -> bytes:
    """Return a whole e-mail: its headers, in ASCII, and a body made by the functions below.

    Raises:
        ValueError: a header is not one line of ASCII.
    """
    lines = [_header(name, value) for name, value in headers.items()]
    return b"".join([*lines, b"MIME-Version: 1.0\r\n", body])


def needs_encoding(words: str) -> bool:
    """Say whether `words` hold other letters, what a reader could take for letters in disguise, or a word
    that no line has room for."""
    return not words.isascii() or "=?" in words or any(len(word) > _LONGEST_WORD for word in words.split())


def encoded(words: str) -> str:
    """Return a person's words as the value of a header: in ASCII, encoded if they must be.

    What is encoded comes in pieces with spaces between, of which the first leaves room for the
    header's name.
    """
    if not needs_encoding(words):
        return words
    return Header(words, "utf-8", _LONGEST_LINE, header_name="Subject").encode(linesep="")


def multipart(subtype: str, parts: Iterable[bytes]) -> bytes:
    """Return several parts as one."""
    boundary = f"=_{secrets.token_hex(16)}"
    mark = f"\r\n--{boundary}".encode()
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n'.encode()
    return b"".join([head, *(mark + b"\r\n" + part for part in parts), mark, b"--\r\n"])


def text(subtype: str, content: str) -> bytes:
    """Return a text as a part that can be read without decoding it."""
    quoted = binascii.b2a_qp(content.encode(), istext=True).replace(b"\n", b"\r\n")
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + quoted


def file(filename: str, mime_type: str, content: bytes) -> bytes:
    """Return a file as a part. `mime_type` may have parameters."""
    return part(mime_type, content, f"Content-Disposition: attachment; {_filename(filename)}\r\n")


def part(mime_type: str, content: bytes, more: str = "") -> bytes:
    """Return any content as a part, with `more` lines in its head. `mime_type` may have parameters."""
    head = f"Content-Type: {mime_type}\r\nContent-Transfer-Encoding: base64\r\n{more}\r\n"
    return head.encode("ascii") + base64.encodebytes(content).replace(b"\n", b"\r\n")


def _filename(name: str) -> str:
    if name.isascii() and name.isprintable() and not set(name) & set('"\\'):
        return f'filename="{name}"'
    return f"filename*={encode_rfc2231(name, 'utf-8')}"


def _header(name: str, value: str) -> bytes:
    if _LINE_END_OR_CONTROL.search(value):
        raise ValueError(f"{name} is not one line: {value!r}")
    return b"".join(line.encode("ascii") + b"\r\n" for line in _folded(name, value))


def _folded(name: str, value: str) -> list[str]:
    """Return the header as lines. It is broken at single spaces only, so that no line is empty, and never
    after its name: several mail programs show an empty subject then."""
    first, *words = _BREAK.split(value)
    lines = [f"{name}: {first}"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _LONGEST_LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return lines
