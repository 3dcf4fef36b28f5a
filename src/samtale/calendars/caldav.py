"""As much of CalDAV (RFC 4791) as Samtale needs: find calendars, read what is in one, write to it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from samtale.calendars.troubles import Problem, Trouble, check_status, trouble_of
from samtale.core.outside import Answer, Asker, OutsideError

NAMES = {"d": "DAV:", "c": "urn:ietf:params:xml:ns:caldav", "s": "http://calendarserver.org/ns/"}
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_SPACES = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())


class Conflict(Exception):
    """What is on the server is not what was last written there, or it is gone, or there already."""


class Dav:
    """One server, asked by `asker`. What cannot be done raises `Trouble`."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def properties(self, url: str, names: Sequence[str], *, depth: int = 0) -> tuple[str, list[Element]]:
        """Return where the server was found, and one <response> for each thing there."""
        wanted = "".join(f"<{name}/>" for name in names)
        body = f"{_HEAD}<d:propfind {_SPACES}><d:prop>{wanted}</d:prop></d:propfind>"
        answer = self._ask("PROPFIND", url, body=body, depth=depth)
        check_status(answer)
        return answer.url, _responses(answer)

    def version(self, url: str) -> str:
        """Return what changes whenever something in the calendar does, or "" where the server has no such."""
        _url, responses = self.properties(url, ["s:getctag", "d:sync-token"])
        for name in ("s:getctag", "d:sync-token"):
            if responses and (found := responses[0].findtext(f".//{name}", "", NAMES)):
                return found[:500]
        return ""

    def objects(self, url: str, *, start: datetime, end: datetime) -> list[bytes]:
        """Return the iCalendar objects that have something between `start` and `end` (UTC)."""
        within = f'start="{_instant(start)}" end="{_instant(end)}"'
        body = (
            f"{_HEAD}<c:calendar-query {_SPACES}><d:prop><c:calendar-data/></d:prop><c:filter>"
            f'<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range {within}/>'
            "</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
        )
        answer = self._ask("REPORT", url, body=body, depth=1)
        check_status(answer)
        found = (each.findtext(".//c:calendar-data", "", NAMES) for each in _responses(answer))
        return [each.encode() for each in found if each.strip()]

    def etag(self, url: str) -> str | None:
        """Return the ETag of one object, or None where there is none."""
        try:
            _url, responses = self.properties(url, ["d:getetag"])
        except Trouble as trouble:
            if trouble.problem == Problem.GONE:
                return None
            raise
        return responses[0].findtext(".//d:getetag", "", NAMES) if responses else None

    def put(self, url: str, content: bytes, *, etag: str) -> str:
        """Write an object, over the one with `etag` or, where that is "", where there is none. Return its
        ETag, "" where the server does not tell.

        Raises:
            Conflict: it is not so.
        """
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8", **condition}
        answer = self._ask("PUT", url, content=content, headers=headers)
        # Some say that there is nothing to match by 404 or 409.
        if answer.status == 412 or (etag and answer.status in (404, 409, 410)):
            raise Conflict
        check_status(answer, when_forbidden=Problem.READ_ONLY)
        return answer.headers.get("ETag", "")[:500]

    def delete(self, url: str, *, etag: str) -> None:
        """Delete the object with `etag`, or whatever is there where that is "". What is gone is gone.

        Raises:
            Conflict: it is another one.
        """
        answer = self._ask("DELETE", url, headers={"If-Match": etag} if etag else {})
        if answer.status in (404, 410):
            return
        if answer.status == 412:
            raise Conflict
        check_status(answer, when_forbidden=Problem.READ_ONLY)

    def _ask(
        self,
        method: str,
        url: str,
        *,
        body: str = "",
        content: bytes | None = None,
        depth: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        more = dict(headers or {})
        if body:
            content = body.encode()
            more |= _XML
        if depth is not None:
            more["Depth"] = str(depth)
        try:
            return self._asker.ask(method, url, headers=more, body=content)
        except OutsideError as error:
            raise trouble_of(error) from None


def href(base: str, element: Element | None) -> str:
    """Return the absolute address in an element's <href>, or "" if it has none."""
    text = element.findtext("d:href", "", NAMES).strip() if element is not None else ""
    return urljoin(base, text) if text else ""


def _responses(answer: Answer) -> list[Element]:
    try:
        root = fromstring(answer.body)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Trouble(Problem.NOT_A_CALENDAR) from None
    if root.tag != "{DAV:}multistatus":
        raise Trouble(Problem.NOT_A_CALENDAR)
    return list(root.findall("d:response", NAMES))


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
