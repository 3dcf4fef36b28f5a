"""What is planned and has nobody left is not drawn as if it took place, and says what can be done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from samtale.accounts.models import User
from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview
from samtale.recruiting.domain.progress import set_status
from samtale.recruiting.models import Project
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application
from tests.integration.staff.calendar.conftest import Read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
GONE = {"last_name": "", "mobile": "+4791234567"}


@pytest.fixture
def interview(project: Project) -> Interview:
    application = make_application(project, first_name="Amina", status="withdrawn", **GONE)
    return make_invitation(application=application, start=TUESDAY, meeting_status="not_relevant").interview


def test_the_grid_draws_it_as_such_and_lets_nobody_drag_it(
    client: Client, owner: User, interview: Interview
) -> None:
    client.force_login(owner)
    week = {"start": "2026-03-02T00:00", "end": "2026-03-09T00:00"}
    (event,) = client.get("/calendar/events/", week).json()["events"]
    assert (event["title"], event["state"]) == ("Amina", "emptied")
    assert "movable" not in event


def test_the_legend_and_the_filter_know_it(
    read: Read, owner: User, project: Project, interview: Interview
) -> None:
    make_invitation(application=make_application(project, first_name="Bo"), start=TUESDAY)
    grid = read("/calendar/", owner, view="week")
    assert "Ingen er igjen" in grid.select_one(".calendar-legend").get_text()  # type: ignore[union-attr]
    rows = read("/calendar/", owner, view="list", date_from="2026-03-03", status="emptied")
    (row,) = rows.select(".calendar-table tr.calendar-cancelled")
    assert "Amina" in row.get_text()
    assert "Ingen er igjen" in row.get_text()
    assert "Bo " not in rows.select_one(".calendar-table").get_text(" ")  # type: ignore[union-attr]


def test_the_days_sheet_leaves_it_out_and_withdrawn_ones_phone_numbers(
    read: Read, owner: User, project: Project, interview: Interview
) -> None:
    group = make_interview(project, start=TUESDAY, type="group")
    make_invitation(group, make_application(project, first_name="Cato", last_name="", mobile="+4799887766"))
    gone = make_application(project, first_name="Dina", status="withdrawn", **GONE)
    make_invitation(group, gone, meeting_status="not_relevant")

    shown = read("/calendar/", owner, view="print", date="2026-03-03").get_text(" ", strip=True)

    assert "1 intervju" in shown
    assert "Amina" not in shown
    assert "99 88 77 66" in shown
    assert "Dina" in shown
    assert "91 23 45 67" not in shown


@pytest.mark.parametrize("address", ["/interviews/%d/", "/calendar/interviews/%d/"])
def test_its_page_and_its_dialog_say_so_and_do_not_offer_to_move_it(
    read: Read, owner: User, interview: Interview, address: str
) -> None:
    soup = read(address % interview.pk, owner, part=address.startswith("/calendar"))
    shown = soup.get_text(" ", strip=True)
    assert "Ingen er igjen" in shown
    assert "Ingen er lenger innkalt til dette intervjuet." in shown
    assert "Intervjuerne er ledige" in shown
    assert "Avlys intervjuet" in shown
    assert not soup.select('a[href$="/move/"]')


def test_its_page_offers_to_take_somebody_up_again(read: Read, owner: User, interview: Interview) -> None:
    invitation = interview.invitations.get()
    way = f'a[href="/applications/{invitation.application_id}/invitations/{invitation.pk}/"]'
    soup = read(f"/interviews/{interview.pk}/", owner)
    said = soup.select_one(".ds-alert").get_text()  # type: ignore[union-attr]
    assert "gir du først søknaden en annen status" in said
    assert not soup.select(way)
    set_status(applications=[invitation.application], status="under_review", by=owner, now=wall_clock.now())
    soup = read(f"/interviews/{interview.pk}/", owner)
    assert "Endre svaret" in soup.select_one(".ds-alert").get_text()  # type: ignore[union-attr]
    assert soup.select(way)


def test_with_somebody_left_nothing_is_said(read: Read, owner: User, interview: Interview) -> None:
    make_invitation(interview, make_application(interview.project))
    for address in (f"/interviews/{interview.pk}/", f"/calendar/interviews/{interview.pk}/"):
        soup = read(address, owner, part=address.startswith("/calendar"))
        assert "lenger innkalt" not in soup.get_text()
        assert soup.select('a[href$="/move/"]')


def test_the_start_page_leaves_it_out(read: Read, owner: User, interview: Interview) -> None:
    Interview.objects.update(start=TUESDAY - timedelta(days=1))
    assert "Amina" not in read("/", owner).select_one('[aria-labelledby="today"]').get_text()  # type: ignore[union-attr]
