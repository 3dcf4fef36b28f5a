"""The candidate reads another clock as well, and letters tell its time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from samtale.accounts.places import every_offered_name, offered_zones, place_in_words
from samtale.core.models import AuditEntry
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.transports.sms.segments import count
from samtale.recruiting.models import Candidate
from samtale.web.candidate.throttle import ZONES
from tests.conftest import Clock
from tests.integration.candidate.conftest import (
    CLOSED,
    Arrange,
    Reader,
    address_of,
    heading,
    one,
    text,
)
from tests.integration.candidate.test_language import press, stands
from tests.integration.candidate.test_states import everything_stored

LONDON = {"zone": "chosen", "time_zone": "Europe/London"}


def chosen() -> str:
    return Candidate.objects.get(first_name="Amina").time_zone


def pressed(page: BeautifulSoup, button: str) -> dict[str, str]:
    """Return what the page's form would send with this button of the time zone's."""
    form = one(page, "form#answer")
    fields = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")}
    fields |= {str(field["name"]): str(field["value"]) for field in form.select("input[checked]")}
    fields["wishes"] = one(form, "textarea").get_text().removeprefix("\n")
    assert one(page, f"button[name=zone][value={button}]")["form"] == "answer"
    assert one(page, "select[name=time_zone]")["form"] == "answer"
    return fields | {"time_zone": str(one(page, "option[selected]")["value"]), "zone": button}


def test_both_clocks_are_shown_each_with_its_name(address: str, reader: Reader) -> None:
    page = reader.open(address)
    assert "kl. 09:00–09:45 (norsk tid)" in text(page)
    assert "08:00" not in text(page)
    assert one(page, "option[selected]")["value"] == "Europe/Oslo"
    response = reader.client.post(address, pressed(page, "chosen") | {"time_zone": "Europe/London"})
    assert (response.status_code, response["Location"]) == (303, f"{address}?change=1")
    assert chosen() == "Europe/London"
    page = reader.open(address)
    assert "kl. 09:00–09:45 (norsk tid) kl. 08:00–08:45 (London-tid)" in text(page)
    assert one(page, "option[selected]")["value"] == "Europe/London"
    assert one(page, "time:not(.date-block)")["datetime"] == "2026-12-03T08:00:00+00:00"


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("nb", "America/Los_Angeles", "onsdag 2. desember, kl. 23:30–00:15 (Los Angeles-tid)"),
        ("en", "Pacific/Auckland", "20:30–21:15 (Auckland time)"),
        ("sv", "Asia/Kathmandu", "kl. 13:15–14:00 (Katmandu-tid)"),
        ("en", "Pacific/Kiritimati", "21:30–22:15 (Kiritimati time)"),
        ("en", "Pacific/Honolulu", "Wednesday 2 December, 21:30–22:15 (Honolulu time)"),
    ],
)
def test_another_date_is_named(
    language: str, zone: str, expected: str, invitation: Invitation, address: str, reader: Reader
) -> None:
    Interview.objects.update(start=datetime(2026, 12, 3, 7, 30, tzinfo=UTC))
    page = reader.send(address, zone="chosen", time_zone=zone)
    page = reader.open(f"{address}?lang={language}")
    assert expected in text(page)


def test_a_clock_that_shows_the_same_is_not_named_twice(
    address: str, invitation: Invitation, reader: Reader
) -> None:
    page = reader.send(address, zone="chosen", time_zone="Europe/Copenhagen")
    assert chosen() == "Europe/Copenhagen"
    assert text(page).count("09:00–09:45") == 1
    assert "København-tid" not in text(page)
    # In October the clocks of two zones may differ that are alike in December.
    Interview.objects.update(time_zone="America/New_York", start=datetime(2026, 10, 28, 16, tzinfo=UTC))
    reader.send(address, zone="chosen", time_zone="America/Havana")
    assert text(reader.open(address)).count("12:00–12:45") == 1
    Interview.objects.update(time_zone="Europe/London", start=datetime(2027, 3, 20, 12, tzinfo=UTC))
    page = reader.send(address, zone="chosen", time_zone="America/New_York")
    assert "kl. 12:00–12:45 (London-tid) kl. 08:00–08:45 (New York-tid)" in text(page)


def test_there_is_a_way_back(address: str, reader: Reader) -> None:
    assert not reader.open(address).select("button[name=zone][value=place]")
    page = reader.send(address, **LONDON)
    page = reader.send(address, **pressed(reader.open(address), "place"))
    assert chosen() == ""
    assert "London-tid" not in text(page)


def test_what_is_typed_is_kept_and_is_no_answer(invitation: Invitation, address: str, reader: Reader) -> None:
    fields = pressed(reader.open(address), "chosen")
    page = reader.send(
        address, **fields | {"time_zone": "Europe/London", "choice": "new_time", "wishes": "Helst etter 12"}
    )
    assert stands(page, "Helst etter 12", "new_time")
    assert "London-tid" in text(page)
    assert not page.select(".ds-error-summary")
    page = press(reader, page, "en")
    assert "09:00–09:45 (Norwegian time) 08:00–08:45 (London time)" in text(page)
    assert stands(page, "Helst etter 12", "new_time")
    invitation.refresh_from_db()
    assert (invitation.meeting_status, invitation.wishes) == ("awaiting", "")


def test_an_error_that_was_shown_is_shown_again(address: str, reader: Reader) -> None:
    page = reader.send(address, choice="", wishes="Hei")
    page = reader.send(address, **pressed(page, "chosen") | {"time_zone": "Europe/London"})
    assert page.select(".ds-error-summary")
    assert stands(page, "Hei")
    assert "London-tid" in text(page)


def test_on_the_receipt_too(address: str, reader: Reader) -> None:
    receipt = reader.send(address, choice="coming")
    form = one(receipt, "main form")
    assert form["action"] == address
    assert one(receipt, "select[name=time_zone]").find_parent("form") == form
    page = reader.send(str(form["action"]), **LONDON)
    assert heading(page) == heading(receipt)
    assert "London-tid" in text(page)
    assert one(page, "button[name=zone][value=place]").find_parent("form")


@pytest.mark.parametrize(
    ("arrange", "title"),
    [pytest.param(arrange, title, id=name) for name, arrange, title in CLOSED if name != "withdrawn"],
)
def test_on_closed_pages_that_show_a_time(
    arrange: Arrange, title: str, invitation: Invitation, address: str, reader: Reader, clock: Clock
) -> None:
    arrange(invitation, clock)
    page = reader.send(address, **LONDON)
    assert heading(page) == title
    assert "kl. 08:00–08:45 (London-tid)" in text(page)
    assert chosen() == "Europe/London"


def test_a_visit_changes_nothing(address: str, reader: Reader) -> None:
    before = everything_stored()
    reader.open(f"{address}?zone=chosen&time_zone=Europe/London&lang=nb")
    assert everything_stored() == before


@pytest.mark.parametrize(
    "name", ["Europe/Atlantis", "", "../../etc/passwd", "Europe", "\0", "A" * 300, "<script>", "zone.tab"]
)
def test_what_is_no_zone_changes_nothing(name: str, address: str, reader: Reader) -> None:
    reader.send(address, **LONDON)
    before = everything_stored()
    response = reader.client.post(address, {"zone": "chosen", "time_zone": name})
    assert response.status_code == 303
    assert everything_stored() == before
    # Nor does a zone that comes along with an answer.
    reader.client.post(address, {"choice": "", "time_zone": "Asia/Tokyo"})
    assert everything_stored() == before


def test_only_this_candidates_zone(invitation: Invitation, address: str, reader: Reader) -> None:
    other = Candidate.objects.create(
        first_name="Nils", last_name="Dahl", email="nils@example.org", created_at=invitation.created_at
    )
    fields = {**LONDON, "candidate": str(other.pk), "id": str(other.pk)}
    reader.client.post(address, fields)
    other.refresh_from_db()
    assert (chosen(), other.time_zone) == ("Europe/London", "")


def test_it_is_written_down_once(invitation: Invitation, address: str, reader: Reader) -> None:
    for _time in range(2):
        reader.send(address, **LONDON)
    rows = AuditEntry.objects.filter(verb="candidate.time_zone_chosen").order_by("pk")
    application = invitation.application
    assert [(row.subject_id, row.actor_name, row.data) for row in rows] == [
        (application.candidate_id, "Amina Hassan", {"chosen_zone": "Europe/London"}),
        (application.pk, "Amina Hassan", {"chosen_zone": "Europe/London"}),
    ]


@pytest.mark.parametrize(
    "name", ["right/Europe/Oslo", "posix/Europe/Oslo", "Factory", "localtime", "Etc/GMT+5", "EST"]
)
def test_only_what_is_offered_can_be_chosen(
    name: str, invitation: Invitation, address: str, reader: Reader
) -> None:
    reader.client.post(address, {"zone": "chosen", "time_zone": name})
    invitation.application.candidate.refresh_from_db()
    assert invitation.application.candidate.time_zone == ""


def test_not_without_end(address: str, reader: Reader) -> None:
    names = list(every_offered_name())
    for name in names[: ZONES.most]:
        assert reader.client.post(address, {"zone": "chosen", "time_zone": name}).status_code == 303
    before = everything_stored()
    response = reader.client.post(address, {"zone": "chosen", "time_zone": names[ZONES.most]})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "mange ganger" in response.content.decode()
    assert everything_stored() == before


def test_a_zone_that_is_no_longer_known_is_as_none(
    invitation: Invitation, address: str, reader: Reader
) -> None:
    Candidate.objects.update(time_zone="Europe/Atlantis")
    page = reader.open(address)
    assert "kl. 09:00–09:45 (norsk tid)" in text(page)
    assert "Atlantis-tid" not in text(page)


def test_the_page_asks_no_more_for_it(
    invitation: Invitation, reader: Reader, django_assert_num_queries
) -> None:
    Candidate.objects.update(time_zone="Europe/London")
    with django_assert_num_queries(3):
        assert "London-tid" in text(reader.open(address_of(invitation)))


def test_every_clock_that_people_live_by_is_offered() -> None:
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=5 * number) for number in range(73)]

    def clock(name: str) -> tuple[object, ...]:
        return tuple(moment.astimezone(ZoneInfo(name)).utcoffset() for moment in moments)

    offered = {clock(name) for name in every_offered_name()}
    lived_by = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    assert {name for name in lived_by if clock(name) not in offered} == set()


@pytest.mark.parametrize("language", ["nb", "en", "sv"])
def test_the_nordic_countries_come_first_and_no_name_makes_an_sms_dear(language: str) -> None:
    with translation.override(language):
        groups = offered_zones()
        assert "Europe/Oslo" in dict(groups[0][1])
        assert [len(places) for _part, places in groups if not places] == []
        for name in every_offered_name():
            assert count(place_in_words(name)).encoding == "GSM-7", name
        assert dict(offered_zones("Antarctica/Vostok")[-1][1]) == {"Antarctica/Vostok": "Vostok"}
