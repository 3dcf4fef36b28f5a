"""A day on paper."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.accounts.models import User
from samtale.recruiting.models import Project
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
DAY = {"view": "print", "date": "2026-03-03"}


def invited(project: Project, name: str, **fields: object) -> None:
    application = make_application(project, first_name=name, last_name="", mobile="+4791234567")
    make_invitation(application=application, **({"start": TUESDAY} | fields))


def test_has_the_days_interviews_with_phone_numbers_and_room_for_notes(
    read: Read, owner: User, project: Project
) -> None:
    invited(project, "Amina", meeting_status="accepted")
    invited(project, "Tomorrow", start=TUESDAY + timedelta(days=1))
    invited(project, "Cancelled", state="cancelled")

    soup = read("/calendar/", owner, **DAY)

    (sheet,) = soup.select(".sheet-interview")
    shown = sheet.get_text(" ", strip=True)
    for expected in ("09:00", "09:45", "Amina", "+47 91 23 45 67", "Akseptert", "Kari Lunde", "møterom 4B"):
        assert expected in shown
    assert sheet.select(".sheet-notes")
    assert "Tirsdag 3. mars 2026" in soup.get_text()
    assert "1 intervju" in soup.get_text()


def test_is_one_interviewers_where_the_address_says_so(read: Read, owner: User, project: Project) -> None:
    somebody = make_user(first_name="Per", last_name="Vik")
    invited(project, "Mine")
    invited(project, "His", interviewers=[somebody], start=TUESDAY + timedelta(hours=1))

    mine = read("/calendar/", owner, interviewer="me", **DAY)
    his = read("/calendar/", owner, interviewer=str(somebody.pk), **DAY)

    assert [row.get_text(strip=True) for row in mine.select(".sheet-people th[scope=row]")] == ["Mine"]
    assert [row.get_text(strip=True) for row in his.select(".sheet-people th[scope=row]")] == ["His"]
    assert "Per Vik · 1 intervju" in " ".join(his.get_text(" ").split())


def test_a_phone_number_is_for_those_who_may_see_the_application(read: Read, project: Project) -> None:
    attending = make_user()
    invited(project, "Amina", interviewers=[attending])

    shown = read("/calendar/", attending, **DAY).get_text()

    assert "Amina" in shown
    assert "91 23" not in shown


def test_whose_part_was_called_off_is_not_expected(read: Read, owner: User, project: Project) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    for name in ("Ada", "Bo"):
        invitation = make_invitation(group, make_application(project, first_name=name, last_name=""))
    invitation.cancelled_at = TUESDAY
    invitation.save()

    rows = read("/calendar/", owner, **DAY).select(".sheet-people th[scope=row]")

    assert [row.get_text(strip=True) for row in rows] == ["Ada"]


def test_an_empty_day_says_so_and_strangers_see_nothing(read: Read, owner: User, project: Project) -> None:
    assert "Ingen intervjuer denne dagen." in read("/calendar/", owner, **DAY).get_text()
    invited(project, "Amina")
    assert "Amina" not in read("/calendar/", make_user(), **DAY).get_text()


def test_an_interview_past_midnight_is_on_both_days(read: Read, owner: User, project: Project) -> None:
    late = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)  # 23:30 in Oslo
    invited(project, "Late", start=late, duration=90)
    invited(project, "Over", start=late, duration=30)

    def names(day: str) -> list[str]:
        soup = read("/calendar/", owner, view="print", date=day)
        return [row.get_text(strip=True) for row in soup.select(".sheet-people th[scope=row]")]

    assert names("2026-03-03") == ["Late", "Over"]
    assert names("2026-03-04") == ["Late"]
    assert names("2026-03-05") == []


def test_the_list_has_an_interview_past_midnight_on_its_second_day(
    read: Read, owner: User, project: Project
) -> None:
    invited(project, "Late", start=datetime(2026, 3, 3, 22, 30, tzinfo=UTC), duration=90)
    wednesday = {"view": "list", "date_from": "2026-03-04", "date_to": "2026-03-04"}
    assert "Late" in read("/calendar/", owner, **wednesday).get_text()
    thursday = {"view": "list", "date_from": "2026-03-05", "date_to": "2026-03-05"}
    assert "Late" not in read("/calendar/", owner, **thursday).get_text()
