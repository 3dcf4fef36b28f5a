"""Whoever reads another clock than that of an interview's place is told whose time a page shows."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samtale.accounts.models import User
from samtale.core.models import AuditEntry
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.models import Invitation
from samtale.outbox.models import Message
from samtale.recruiting.models import Candidate, Project
from tests.conftest import Clock
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_invitation, send_invitations
from tests.factories.recruiting import make_application

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 16, 8, tzinfo=UTC)  # 09:00 in Oslo
ON_THE_PLACES_CLOCK = ("09:00", "norsk tid (08:00 London-tid)")
ON_THE_READERS_CLOCK = ("08:00", "London-tid (09:00 norsk tid)")


@pytest.fixture(autouse=True)
def _organisation(clock: Clock) -> None:
    make_organisation()


@pytest.fixture
def invitation(owner: User, project: Project) -> Invitation:
    send_invitations(
        project, [make_application(project, first_name="Amina", last_name="Hassan")], start=START
    )
    return Invitation.objects.select_related("interview", "application").get()


def read_from(owner: User, zone: str) -> Client:
    User.objects.filter(pk=owner.pk).update(time_zone=zone)
    client = Client()
    client.force_login(owner)
    return client


def shown(client: Client, address: str, *, part: bool = False) -> str:
    response = client.get(address, headers={"HX-Request": "true"} if part else {})
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join((soup.select_one("main") or soup).get_text(" ").split())


def address_of(page: str, invitation: Invitation) -> str:
    interview, application = invitation.interview_id, invitation.application_id
    return {
        "interview": reverse("staff:interview", args=[interview]),
        "move": reverse("staff:interview-move", args=[interview]),
        "cancel": reverse("staff:interview-cancel", args=[interview]),
        "application": reverse("staff:application", args=[application]),
        "invitation": reverse("staff:invitation-edit", args=[application, invitation.pk]),
        "follow-up": reverse("staff:follow-up"),
        "list": reverse("staff:calendar") + "?view=list&date_from=2026-03-01",
        "message": reverse("staff:message", args=[Message.objects.order_by("pk")[0].pk]),
        "sheet": reverse("staff:calendar") + "?view=print&date=2026-03-16",
        "details": reverse("staff:calendar-interview", args=[interview]),
        "start": reverse("staff:start"),
        "outcome": reverse("staff:interview-outcome", args=[interview]),
    }[page]


PAGES = [
    *(
        (page, ON_THE_PLACES_CLOCK)
        for page in (
            "interview",
            "move",
            "cancel",
            "application",
            "invitation",
            "follow-up",
            "list",
            "message",
            "outcome",
        )
    ),
    *((page, ON_THE_READERS_CLOCK) for page in ("sheet", "details", "start")),
]


@pytest.mark.parametrize(("page", "expected"), PAGES, ids=[page for page, _expected in PAGES])
def test_the_zone_is_named_where_clocks_differ_and_not_where_they_agree(
    page: str, expected: tuple[str, str], invitation: Invitation, owner: User, clock: Clock
) -> None:
    if page == "start":
        clock.move_to(START - timedelta(hours=3))
    if page == "outcome":
        clock.move_to(START + timedelta(hours=3))
    address, part = address_of(page, invitation), page == "details"
    text = shown(read_from(owner, "Europe/London"), address, part=part)
    for words in expected:
        assert words in text
    for zone in ("Europe/Copenhagen", ""):
        text = shown(read_from(owner, zone), address, part=part)
        assert "09:00" in text
        # The sheet has nothing but the reader's clock, and always names it.
        assert "norsk tid" not in text or page == "sheet"


def test_the_process_list_names_it(invitation: Invitation, owner: User, project: Project) -> None:
    interview = invitation.interview
    to = Terms(
        start=START + timedelta(hours=1), duration=45, interviewers=(owner,), place="Rådhuset, møterom 4B"
    )
    reschedule(interview=interview, seen_version=1, to=to, by=owner, now=datetime(2026, 3, 2, 9, tzinfo=UTC))
    address = address_of("application", invitation)
    text = shown(read_from(owner, "Europe/London"), address)
    assert "16. mars 2026 09:00 norsk tid til 16. mars 2026 10:00 norsk tid" in text
    assert "16. mars 2026 09:00 til 16. mars 2026 10:00" in shown(read_from(owner, ""), address)


def test_the_list_of_applicants_names_it(invitation: Invitation, owner: User, project: Project) -> None:
    address = reverse("staff:applications", args=[project.pk])
    assert "09:00 norsk tid" in shown(read_from(owner, "Europe/London"), address)
    assert "norsk tid" not in shown(read_from(owner, "Europe/Copenhagen"), address)


def test_the_outcome_of_several_names_it(invitation: Invitation, owner: User, clock: Clock) -> None:
    clock.move_to(START + timedelta(hours=3))

    def several(zone: str) -> str:
        data = {"interview": [invitation.interview_id]}
        response = read_from(owner, zone).post(reverse("staff:interview-outcome-bulk"), data)
        return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())

    assert "09:00 norsk tid (08:00 London-tid)" in several("Europe/London")
    assert "norsk tid" not in several("Europe/Copenhagen")


def test_step_1_says_whose_times_are_typed(invitation: Invitation, owner: User, project: Project) -> None:
    def step_1(zone: str) -> str:
        client = read_from(owner, zone)
        data = {"applications": str(invitation.application_id), "go": "begin"}
        response = client.post(reverse("staff:invite", args=[project.pk]), data)
        return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())

    text = step_1("Europe/London")
    assert "Klokkeslett i norsk tid" in text
    assert "09:00 norsk tid (08:00 London-tid)" in text
    assert "norsk tid" not in step_1("")


def test_the_candidates_zone_stands_with_their_details(
    invitation: Invitation, owner: User, project: Project
) -> None:
    client = read_from(owner, "")
    address = address_of("application", invitation)
    assert "Tidssone" not in shown(client, address)
    Candidate.objects.update(time_zone="Europe/London")
    assert "Tidssone London-tid" in shown(client, address)


class TestCorrecting:
    """Endre personalia."""

    def values(self, client: Client, invitation: Invitation, **changes: str) -> dict[str, str]:
        page = client.get(reverse("staff:application-personal", args=[invitation.application_id]))
        soup = BeautifulSoup(page.content, "html.parser")
        fields = {str(field["name"]): str(field.get("value", "")) for field in soup.select("main form input")}
        for field in soup.select("main form select"):
            chosen = field.select_one("option[selected]") or field.select_one("option")
            assert chosen
            fields[str(field["name"])] = str(chosen["value"])
        return fields | changes

    def test_the_zone_may_be_cleared_and_letters_follow(self, invitation: Invitation, owner: User) -> None:
        client = read_from(owner, "")
        address = reverse("staff:application-personal", args=[invitation.application_id])
        values = self.values(client, invitation, time_zone="Asia/Tokyo")
        assert client.post(address, values).status_code == 302
        assert Candidate.objects.get().time_zone == "Asia/Tokyo"
        value = ["value", "09:00 norsk tid (17:00 Tokyo-tid)", "interviewtime"]
        assert value in Message.objects.order_by("pk")[0].content
        values = self.values(client, invitation, time_zone="")
        assert values["seen_zone"] == "Asia/Tokyo"
        assert client.post(address, values).status_code == 302
        assert Candidate.objects.get().time_zone == ""
        assert ["value", "09:00", "interviewtime"] in Message.objects.order_by("pk")[0].content
        row = AuditEntry.objects.filter(verb="candidate.updated").order_by("pk")[0]
        assert row.data["fields"] == ["time_zone"]

    def test_what_the_candidate_chose_meanwhile_is_left_alone(
        self, invitation: Invitation, owner: User
    ) -> None:
        client = read_from(owner, "")
        values = self.values(client, invitation, address="Torget 1")
        Candidate.objects.update(time_zone="Europe/London")
        client.post(reverse("staff:application-personal", args=[invitation.application_id]), values)
        candidate = Candidate.objects.get()
        assert (candidate.address, candidate.time_zone) == ("Torget 1", "Europe/London")

    def test_what_is_no_zone_is_refused(self, invitation: Invitation, owner: User) -> None:
        client = read_from(owner, "")
        values = self.values(client, invitation, time_zone="Mars/Base")
        address = reverse("staff:application-personal", args=[invitation.application_id])
        assert client.post(address, values).status_code == 422


def test_the_preview_in_step_2_and_its_sms_tell_both_clocks(flow_to_step_2: str) -> None:
    assert "09:00 norsk tid (08:00 London-tid)" in flow_to_step_2
    assert "1 SMS" in flow_to_step_2


@pytest.fixture
def flow_to_step_2(owner: User, project: Project) -> str:
    User.objects.filter(pk=owner.pk).update(may_send_sms=True)
    application = make_application(project, first_name="Amina")
    Candidate.objects.update(time_zone="Europe/London")
    client = read_from(owner, "")
    address = reverse("staff:invite", args=[project.pk])
    data = {
        "applications": str(application.pk),
        "type": "phone",
        "round": "interview_1",
        "interviewers": str(owner.pk),
        "date": "2026-03-16",
        "time": "09:00",
        "duration": "45",
        "go": "next",
    }
    data |= {"action": "send", "sender": "user", "reminder": "sms", "reminder_days": "2"}
    response = client.post(address, data | {"go": "template"})
    soup = BeautifulSoup(response.content, "html.parser")
    preview = soup.select_one("#preview")
    assert preview, response.content
    return " ".join(preview.get_text(" ").split())


def test_as_many_queries_for_many_interviews_as_for_two(
    invitation: Invitation, owner: User, project: Project
) -> None:
    client, address = read_from(owner, "Europe/London"), address_of("follow-up", invitation)

    def add(number: int) -> None:
        for days in range(number):
            make_invitation(application=make_application(project), start=START + timedelta(days=days))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(client, address)
        return len(captured)

    add(1)
    shown(client, address)
    two = queries()
    add(8)
    assert queries() == two
    assert shown(client, address).count("norsk tid (") == 10
