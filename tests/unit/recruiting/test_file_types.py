import io
import zipfile

import pytest

from samtale.recruiting.domain.documents import shown_name
from samtale.recruiting.domain.file_types import file_type


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


DOCX = zipped(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b"<x/>"})
ODT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<x/>"})
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
PROGRAM = b"MZ\x90\x00" + bytes(100)


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", b"%PDF-1.7\n..."),
        ("pdf", b"\xef\xbb\xbf%PDF-1.4\n..."),
        ("docx", DOCX),
        ("odt", ODT),
        ("doc", OLD_WORD),
        ("rtf", b"{\\rtf1\\ansi hei}"),
        ("txt", "Kjære søker".encode()),
        ("txt", "Kjære søker".encode("cp1252")),
        ("jpg", b"\xff\xd8\xff\xe0" + bytes(20)),
        ("png", b"\x89PNG\r\n\x1a\n" + bytes(20)),
    ],
)
def test_content_that_keeps_its_word(extension: str, content: bytes) -> None:
    assert file_type(extension, io.BytesIO(content)) is not None


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", PROGRAM),
        ("pdf", b"<html><script>alert(1)</script>"),
        ("docx", zipped(**{"evil.exe": PROGRAM})),
        ("docx", ODT),
        ("docx", b"PK\x03\x04 broken"),
        ("odt", DOCX),
        ("doc", DOCX),
        ("txt", PROGRAM),
        ("png", b"\xff\xd8\xff\xe0"),
        ("exe", PROGRAM),
        ("svg", b"<svg onload='alert(1)'/>"),
        ("html", b"<p>hei"),
        ("", b"%PDF-1.7"),
    ],
)
def test_content_that_does_not(extension: str, content: bytes) -> None:
    assert file_type(extension, io.BytesIO(content)) is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("CV Bjørn Åsen.pdf", "CV Bjørn Åsen.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\kari\\cv.docx", "cv.docx"),
        ("cv\r\nSet-Cookie: a=b.pdf", "cvSet-Cookie: a=b.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("cv\x00.pdf", "cv.pdf"),
        ("...", "document"),
        ("", "document"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_lose_what_could_harm(given: str, shown: str) -> None:
    assert shown_name(given) == shown
