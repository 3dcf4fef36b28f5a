"""Looks through an .xlsx file, which is a zip of XML, before anything tries to understand it.

A few kilobytes can unpack to gigabytes, in bytes or in objects. The sizes in the central directory
are an upper bound here: Python's reader never unpacks more of a member than is declared there.
"""

import zipfile
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from samtale.recruiting.domain.import_applicants import limits
from samtale.recruiting.domain.import_applicants.table import UnreadableFile

_CHUNK = 64 * 1024
_LONG_MEMBERS = {"worksheet", "sst"}
_ITEMS = {"row", "si"}  # read and forgotten one at a time: rows of a sheet, texts that sheets share


class _Hostile(Exception):
    """The member holds what no spreadsheet program writes."""


def inspect(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that would cost too much to read.

    Raises:
        UnreadableFile: encrypted, too large unpacked, packed too tightly, packed in a way that
            spreadsheets do not use, too many or too deep elements, or a document type
            declaration (which entity bombs need and spreadsheets do not have).
    """
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(_("The workbook is protected with a password. Save it without one."))
    if len(members) > limits.ARCHIVE_MEMBERS or sum(m.file_size for m in members) > limits.ARCHIVE_BYTES:
        raise too_much()
    for member in members:
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged()
        if _is_packed_too_tightly(member):
            raise too_much()
    for member in members:
        with archive.open(member) as content:
            _inspect_xml(content)


def damaged() -> UnreadableFile:
    return UnreadableFile(
        _("The workbook is damaged and cannot be read. Open it in Excel and save it again.")
    )


def too_much() -> UnreadableFile:
    return UnreadableFile(
        _("The workbook holds more than can be read. Save it again with the list only, or as CSV.")
    )


def _is_packed_too_tightly(member: zipfile.ZipInfo) -> bool:
    if member.file_size < limits.ARCHIVE_RATIO_FROM_BYTES:
        return False
    return member.file_size > limits.ARCHIVE_RATIO * max(member.compress_size, 1)


def _inspect_xml(content: IO[bytes]) -> None:
    """Read one member as XML and stop at what is hostile. A member that is not XML is left alone:
    whoever reads it as XML later stops at the same place."""
    watch = _Watch()
    try:
        while chunk := content.read(_CHUNK):
            watch.parser.Parse(chunk, False)
    except expat.ExpatError:
        return
    except _Hostile as error:
        raise too_much() from error


class _Watch:
    """Counts what an XML member would become in memory."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.elements = self.depth = self.items = self.in_item = 0
        self.allowed = limits.OTHER_ELEMENTS

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if self.elements == 0 and local in _LONG_MEMBERS:
            self.allowed = limits.SHEET_ELEMENTS
        self.elements += 1
        self.depth += 1
        self.in_item += 1
        if local in _ITEMS:
            self.items += 1
            self.in_item = 0
        if (
            self.elements > self.allowed
            or self.depth > limits.DEPTH
            or self.items > limits.SHEET_ITEMS
            or self.in_item > limits.ELEMENTS_IN_ONE_ITEM
        ):
            raise _Hostile

    def _end(self, _name: str) -> None:
        self.depth -= 1

    def _doctype(self, *_declaration: object) -> None:
        raise _Hostile
