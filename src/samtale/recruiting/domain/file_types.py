"""Which files may be attached to an application, known by what is in them and not by their name."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Content = Any  # a file opened for reading bytes: Django's or Python's own
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class FileType:
    """A kind of file: what to call its content, and a test of the content itself."""

    content_type: str
    fits: Callable[[Content], bool]


def file_type(extension: str, content: Content) -> FileType | None:
    """Return the type that `extension` (lower case, without dot) promises, if the content keeps it."""
    promised = FILE_TYPES.get(extension)
    if promised is None:
        return None
    content.seek(0)
    fits = promised.fits(content)
    content.seek(0)
    return promised if fits else None


def _starts_with(*magic: bytes) -> Callable[[Content], bool]:
    return lambda content: content.read(16).startswith(magic)


def _is_pdf(content: Content) -> bool:
    """Some programs write a few bytes before the mark."""
    return b"%PDF-" in content.read(1024)


def _is_docx(content: Content) -> bool:
    names = _names_in_zip(content)
    return "[Content_Types].xml" in names and "word/document.xml" in names


def _is_odt(content: Content) -> bool:
    if "mimetype" not in _names_in_zip(content):
        return False
    content.seek(0)
    return b"mimetypeapplication/vnd.oasis.opendocument.text" in content.read(200)


def _names_in_zip(content: Content) -> frozenset[str]:
    """Read the list of contents only: nothing is unpacked."""
    try:
        with zipfile.ZipFile(content) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def _is_text(content: Content) -> bool:
    data = content.read()
    if b"\0" in data:
        return False
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_JPEG = FileType("image/jpeg", _starts_with(b"\xff\xd8\xff"))

FILE_TYPES = {
    "pdf": FileType("application/pdf", _is_pdf),
    "doc": FileType("application/msword", _starts_with(_OLD_OFFICE)),
    "docx": FileType(_WORD, _is_docx),
    "odt": FileType("application/vnd.oasis.opendocument.text", _is_odt),
    "rtf": FileType("application/rtf", _starts_with(b"{\\rtf")),
    "txt": FileType("text/plain", _is_text),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": FileType("image/png", _starts_with(b"\x89PNG\r\n\x1a\n")),
}
