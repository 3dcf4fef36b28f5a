"""Finds the calendars that somebody has on a CalDAV server, from whatever address of it they know."""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from samtale.calendars.caldav import NAMES, Dav, href
from samtale.calendars.domain.outside_calendars import Access
from samtale.calendars.troubles import Problem, Trouble, trouble_of
from samtale.core.outside import Asker, OutsideError

MOST_CALENDARS = 100
SECONDS = 20.0  # in all: somebody waits for the page
_WANTED = (
    "d:resourcetype",
    "d:displayname",
    "d:current-user-principal",
    "d:current-user-privilege-set",
    "c:calendar-home-set",
    "c:supported-calendar-component-set",
)
_WRITING = ("d:write", "d:write-content", "d:bind", "d:all")


@dataclass(frozen=True)
class Found:
    """A calendar: where it is, what it is called, and whether it may be written to as far as is known."""

    address: str
    name: str
    may_write: bool


def calendars_at(access: Access) -> list[Found]:
    """Return the calendars for appointments that are found from `access.address`: that one itself, those in
    it, or those of whoever logs in. Takes at most `SECONDS`.

    Raises:
        Trouble: the server cannot be reached, refuses, or knows of no calendar.
    """
    problem, until = Problem.NOT_A_CALENDAR, time.monotonic() + SECONDS
    for address in dict.fromkeys((access.address, _well_known(access.address))):
        try:
            if found := _from(access, address, until):
                return found
        except Trouble as trouble:
            if trouble.problem not in (Problem.GONE, Problem.NOT_A_CALENDAR, Problem.FAILED):
                raise
            problem = trouble.problem
    raise Trouble(problem)


def _from(access: Access, address: str, until: float) -> list[Found]:
    url, responses = _properties(access, address, until, depth=1)
    if found := _calendars(access, url, responses):
        return found
    if not responses:
        return []
    home = href(url, responses[0].find(".//c:calendar-home-set", NAMES))
    if not home:
        principal = href(url, responses[0].find(".//d:current-user-principal", NAMES))
        if not principal:
            return []
        url, responses = _properties(access, _trusted(access, principal), until, depth=0)
        home = href(url, responses[0].find(".//c:calendar-home-set", NAMES)) if responses else ""
    if not home:
        return []
    return _calendars(access, *_properties(access, _trusted(access, home), until, depth=1))


def _properties(access: Access, url: str, until: float, *, depth: int) -> tuple[str, list[Element]]:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise Trouble(Problem.TOO_SLOW)
    try:
        with Asker(home=url, user=access.user, password=access.password, seconds=seconds) as asker:
            return Dav(asker).properties(url, _WANTED, depth=depth)
    except OutsideError as error:
        raise trouble_of(error) from None


def _calendars(access: Access, url: str, responses: list[Element]) -> list[Found]:
    """Return the calendars in `responses`. From now on the password is told where they are.

    Raises:
        Trouble: one is somewhere that may not learn it.
    """
    found = []
    for response in responses[: MOST_CALENDARS + 1]:
        if response.find(".//d:resourcetype/c:calendar", NAMES) is None or not _holds_events(response):
            continue
        address = _trusted(access, href(url, response))
        name = response.findtext(".//d:displayname", "", NAMES).strip()
        found.append(
            Found(address, name[:100] or address.rstrip("/").rpartition("/")[2], _may_write(response))
        )
    return found


def _holds_events(response: Element) -> bool:
    kinds = {each.get("name", "").upper() for each in response.findall(".//c:comp", NAMES)}
    return not kinds or "VEVENT" in kinds


def _may_write(response: Element) -> bool:
    privileges = response.find(".//d:current-user-privilege-set", NAMES)
    if privileges is None or not len(privileges):
        return True
    return any(privileges.find(f"d:privilege/{name}", NAMES) is not None for name in _WRITING)


def _well_known(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/.well-known/caldav"


def _trusted(access: Access, url: str) -> str:
    """Return `url` if the password may be told there: to the same server, or over https to a sibling of it,
    as large providers have.

    Raises:
        Trouble: it may not.
    """
    home, there = urlsplit(access.address), urlsplit(url)
    if (home.scheme, home.netloc) == (there.scheme, there.netloc):
        return url
    family = (home.hostname or "").partition(".")[2]
    is_sibling = "." in family and (there.hostname or "").endswith(f".{family}")
    if there.scheme == "https" and is_sibling:
        return url
    raise Trouble(Problem.NOT_ALLOWED)
