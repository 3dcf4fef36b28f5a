"""Endre møteinnkallingen, and calling an interview off."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from samtale.accounts.models import User
from samtale.interviews.models import Invitation
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Project, ProjectAccess
from tests.factories.accounts import make_user
from tests.factories.interviews import make_interview, make_invitation, make_letters, send_invitations
from tests.factories.recruiting import give_access, make_application

# The clock of the tests stands at Monday 2 March 2026, 10:00 in Oslo.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
START = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture
def invitation(project: Project) -> Invitation:
    return make_invitation(make_interview(project, start=START))


def address(invitation: Invitation, suffix: str = "") -> str:
    return f"/applications/{invitation.application_id}/invitations/{invitation.pk}/{suffix}"


def values(**changes: str) -> dict[str, str]:
    return {"status": "awaiting", "date": "2026-03-16", "time": "09:00"} | changes


def stamp(client: Client, invitation: Invitation, suffix: str = "") -> dict[str, str]:
    """What the page that is open now sends back of what it showed."""
    page = BeautifulSoup(client.get(address(invitation, suffix)).content, "html.parser")
    hidden = page.select_one("input[name=stamp]")
    return {"stamp": str(hidden["value"])} if hidden else {}


def error_beside(content: bytes, field: str) -> str:
    soup = BeautifulSoup(content, "html.parser")
    control = soup.select_one(f"#id_{field}")
    assert control
    assert control["aria-invalid"] == "true"
    described = str(control["aria-describedby"]).split()
    return " ".join(found.get_text(" ", strip=True) for each in described if (found := soup.find(id=each)))


def test_offers_the_four_statuses_and_the_present_time(
    client: Client, owner: User, invitation: Invitation
) -> None:
    client.force_login(owner)

    soup = BeautifulSoup(client.get(address(invitation)).content, "html.parser")

    assert [option.get_text(strip=True) for option in soup.select("#id_status option")] == [
        "Venter svar",
        "Akseptert",
        "Ikke akseptert",
        "Kontakt for nytt tidspkt.",
    ]
    shown = {field: soup.select_one(f"#id_{field}") for field in ("date", "time")}
    assert [field["value"] for field in shown.values() if field] == ["2026-03-16", "09:00"]
    assert soup.find("button", string="Lagre endringer")


def test_status_and_time_are_saved(client: Client, owner: User, invitation: Invitation) -> None:
    client.force_login(owner)

    response = client.post(
        address(invitation),
        values(status="accepted", date="2026-03-17", time="13:30", **stamp(client, invitation)),
    )

    assert response["Location"] == f"/applications/{invitation.application_id}/"
    invitation = Invitation.objects.get(pk=invitation.pk)
    assert invitation.meeting_status == "accepted"
    assert invitation.interview.start == datetime(2026, 3, 17, 12, 30, tzinfo=UTC)


def test_only_the_status_leaves_the_time_alone(client: Client, owner: User, invitation: Invitation) -> None:
    client.force_login(owner)

    client.post(address(invitation), values(status="not_accepted", **stamp(client, invitation)))

    invitation = Invitation.objects.get(pk=invitation.pk)
    assert (invitation.meeting_status, invitation.interview.version) == ("not_accepted", 1)


def test_the_time_is_that_of_the_interviews_zone(client: Client, owner: User, project: Project) -> None:
    invitation = make_invitation(make_interview(project, start=START, time_zone="America/New_York"))
    client.force_login(owner)

    page = client.get(address(invitation)).content.decode()
    client.post(address(invitation), values(time="10:00", **stamp(client, invitation)))

    assert "Klokkeslett i New York-tid" in page
    assert Invitation.objects.get().interview.start == datetime(2026, 3, 16, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"date": "2026-03-01"}, "date", "Intervjuet kan ikke begynne tilbake i tid."),
        ({"date": "2026-03-29", "time": "02:30"}, "time", "finnes ikke"),
        ({"date": "2026-10-25", "time": "02:30"}, "time", "to ganger"),
        ({"date": "2026-02-30"}, "date", "Skriv datoen som år-måned-dag"),
        ({"date": ""}, "date", ""),
        ({"time": "half past nine"}, "time", "Skriv klokkeslettet som timer og minutter"),
        ({"time": ""}, "time", ""),
        ({"date": "9999-12-31", "time": "23:59"}, "date", ""),
        ({"date": "0001-01-01", "time": "00:00"}, "date", ""),
        ({"status": "not_relevant"}, "status", ""),
        ({"status": "nonsense"}, "status", ""),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_saved(
    client: Client, owner: User, invitation: Invitation, changes: dict[str, str], field: str, sentence: str
) -> None:
    client.force_login(owner)

    response = client.post(address(invitation), values(**changes, **stamp(client, invitation)))

    assert response.status_code == 422
    assert sentence in error_beside(response.content, field)
    unchanged = Invitation.objects.get(pk=invitation.pk)
    assert (unchanged.meeting_status, unchanged.interview.start) == ("awaiting", START)


def test_says_that_all_candidates_of_a_group_are_moved(client: Client, owner: User, project: Project) -> None:
    group = make_interview(project, start=START, type="group")
    first, *_others = [
        make_invitation(group, make_application(project, first_name=name, last_name=""))
        for name in ("Ada", "Bo", "Cy")
    ]
    client.force_login(owner)

    page = client.get(address(first)).content.decode()
    client.post(address(first), values(status="accepted", time="14:00", **stamp(client, first)))

    assert "2 andre kandidater er innkalt til dette intervjuet." in page
    assert "Bo" in page
    group.refresh_from_db()
    assert group.start == datetime(2026, 3, 16, 13, tzinfo=UTC)
    statuses = group.invitations.order_by("pk").values_list("meeting_status", flat=True)
    assert list(statuses) == ["accepted", "awaiting", "awaiting"]


def test_shows_the_candidates_wishes(client: Client, owner: User, project: Project) -> None:
    invitation = make_invitation(
        make_interview(project, start=START), meeting_status="new_time", wishes="Etter 15 <b>helst</b>"
    )
    client.force_login(owner)

    assert "Etter 15 &lt;b&gt;helst&lt;/b&gt;" in client.get(address(invitation)).content.decode()


def test_a_cancelled_one_can_no_longer_be_changed(client: Client, owner: User, project: Project) -> None:
    invitation = make_invitation(make_interview(project, start=START, state="cancelled"))
    client.force_login(owner)

    response = client.post(address(invitation), values(status="accepted"), follow=True)

    assert "kan ikke lenger endres" in response.content.decode()
    assert Invitation.objects.get().meeting_status == "awaiting"


@pytest.mark.parametrize("suffix", [""])
class TestRights:
    def test_readers_may_not(
        self, client: Client, project: Project, invitation: Invitation, suffix: str
    ) -> None:
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)
        client.force_login(reader)

        assert client.get(address(invitation, suffix)).status_code == 403
        assert client.post(address(invitation, suffix), values(status="accepted")).status_code == 403
        assert Invitation.objects.get().meeting_status == "awaiting"

    def test_strangers_find_nothing(self, client: Client, invitation: Invitation, suffix: str) -> None:
        client.force_login(make_user())

        assert client.post(address(invitation, suffix), values(status="accepted")).status_code == 404

    def test_an_invitation_is_found_only_below_its_own_application(
        self, client: Client, owner: User, project: Project, invitation: Invitation, suffix: str
    ) -> None:
        other = make_application(project)
        client.force_login(owner)

        response = client.get(f"/applications/{other.pk}/invitations/{invitation.pk}/{suffix}")

        assert response.status_code == 404


def test_who_may_not_send_email_is_offered_to_tell_nobody() -> None:
    invitation = make_invitation()
    owner = invitation.interview.project.owner
    owner.may_send_email = False
    owner.save()
    client = Client()
    client.force_login(owner)
    assert b"tells_candidates" not in client.get(address(invitation)).content


def test_a_reminder_stopped_by_hand_is_named_to_whoever_moves_the_interview(
    client: Client, owner: User, project: Project
) -> None:
    application = make_application(project, first_name="Amina", last_name="Hassan")
    send_invitations(project, [application], letters=make_letters(reminder="email", reminder_days=2))
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    invitation, reminder = Invitation.objects.get(), Message.objects.get(kind="reminder.email")
    client.force_login(owner)
    client.post(f"/outbox/{reminder.pk}/cancel/", follow=True)

    def post(**changes: str) -> list[str]:
        data = values(**changes) | stamp(client, invitation)
        page = client.post(address(invitation), data, follow=True)
        return [str(notice) for notice in page.context["messages"]]

    assert post(status="accepted") == ["Møteinnkallingen er endret."]
    assert post(status="accepted", date="2026-03-18") == [
        "Møteinnkallingen er endret.",
        "Stoppet manuelt og sendes heller ikke til det nye tidspunktet: Påminnelse i e-post (Amina Hassan).",
    ]
    assert Message.objects.get(kind="reminder.email").state == State.CANCELLED
    assert post(status="accepted", date="2026-03-18") == ["Ingenting ble endret."]


def test_a_move_to_where_somebody_is_taken_is_refused_and_named(
    client: Client, owner: User, project: Project, invitation: Invitation
) -> None:
    make_interview(project, start=datetime(2026, 3, 17, 9, tzinfo=UTC))
    client.force_login(owner)

    moved = values(date="2026-03-17", time="10:15") | stamp(client, invitation)
    response = client.post(address(invitation), moved)

    assert response.status_code == 422
    beside = error_beside(response.content, "time")
    assert "Kari Lunde er opptatt tir 17. mar 10:00–10:45 (Intervju 1," in beside
    assert "Du har ikke rett til å booke" in beside
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("#id_time")["value"] == "10:15"
    assert not soup.select_one("[name=books_anyway]")
    invitation.interview.refresh_from_db()
    assert invitation.interview.start == START


def test_who_may_says_yes_to_just_these_conflicts(
    client: Client, owner: User, project: Project, invitation: Invitation
) -> None:
    owner.may_overbook = True
    owner.save()
    for hour in (9, 12):
        make_interview(project, start=datetime(2026, 3, 17, hour, tzinfo=UTC))
    client.force_login(owner)
    moved = values(date="2026-03-17", time="10:15") | stamp(client, invitation)
    page = BeautifulSoup(client.post(address(invitation), moved).content, "html.parser")
    box = page.select_one("input[type=checkbox][name=books_anyway]")
    assert box and not box.has_attr("checked")

    elsewhere = client.post(address(invitation), moved | {"time": "13:15", "books_anyway": box["value"]})
    assert elsewhere.status_code == 422
    assert client.post(address(invitation), moved | {"books_anyway": box["value"]}).status_code == 302
    invitation.interview.refresh_from_db()
    assert invitation.interview.start == datetime(2026, 3, 17, 9, 15, tzinfo=UTC)
    assert invitation.interview.bookings.filter(knowingly=True).exists()


def test_the_pages_say_how_many_seats_are_taken(client: Client, owner: User, invitation: Invitation) -> None:
    interview = invitation.interview
    interview.type, interview.seats = "group", 10
    interview.save()
    make_invitation(interview, meeting_status="accepted")
    client.force_login(owner)
    for page in (address(invitation), f"/applications/{invitation.application_id}/"):
        assert "1 av 10 plasser" in client.get(page).content.decode()


def test_accepted_beyond_the_seats_is_refused_beside_the_status(
    client: Client, owner: User, invitation: Invitation
) -> None:
    interview = invitation.interview
    interview.type, interview.seats = "group", 1
    interview.save()
    make_invitation(interview, meeting_status="accepted")
    client.force_login(owner)
    changed = values(status="accepted") | stamp(client, invitation)
    response = client.post(address(invitation), changed)
    assert "Den eneste plassen på intervjuet er tatt." in error_beside(response.content, "status")


def test_taken_up_again_when_somebody_else_has_the_time(
    client: Client, owner: User, project: Project, invitation: Invitation
) -> None:
    Invitation.objects.update(meeting_status="not_relevant")
    invitation.interview.bookings.all().delete()
    make_interview(project, start=START)
    client.force_login(owner)
    response = client.post(address(invitation), values() | stamp(client, invitation))
    assert "Kari Lunde er opptatt man 16. mar 09:00–09:45" in error_beside(response.content, "time")
    invitation.refresh_from_db()
    assert invitation.meeting_status == "not_relevant"


def test_a_letter_that_follows_the_new_time_though_nobody_is_told_is_named(
    client: Client, owner: User, project: Project
) -> None:
    send_invitations(project, [make_application(project, first_name="Dina", last_name="")])
    invitation = Invitation.objects.get()
    client.force_login(owner)
    sentence = "De sendes uansett"
    assert sentence in client.get(address(invitation)).content.decode()

    moved = client.post(
        address(invitation), values(date="2026-03-17", **stamp(client, invitation)), follow=True
    )

    assert moved.redirect_chain
    assert sentence in moved.content.decode()
    assert "(Dina)" in moved.content.decode()


def test_a_time_at_which_the_candidate_is_elsewhere_is_said_before_it_is_saved(
    client: Client, owner: User, invitation: Invitation
) -> None:
    other = make_interview(start=datetime(2026, 3, 17, 8, tzinfo=UTC))
    make_invitation(other, make_application(other.project, candidate=invitation.application.candidate))
    client.force_login(owner)
    typed = values(date="2026-03-17", **stamp(client, invitation))

    refused = client.post(address(invitation), typed)

    assert refused.status_code == 422
    assert "har en annen avtale med oss" in error_beside(refused.content, "time")
    seen = BeautifulSoup(refused.content, "html.parser").select_one("input[name=warned]")
    assert seen
    assert client.post(address(invitation), typed | {"warned": str(seen["value"])}).status_code == 302


def test_a_reminder_for_which_it_is_too_late_is_named(client: Client, owner: User, project: Project) -> None:
    application = make_application(project, first_name="Dina", last_name="")
    send_invitations(project, [application], letters=make_letters(reminder="email", reminder_days=2))
    invitation = Invitation.objects.get()
    client.force_login(owner)
    typed = values(date="2026-03-03", **stamp(client, invitation))
    moved = client.post(address(invitation), typed, follow=True)
    assert "Disse påminnelsene sendes ikke" in moved.content.decode()
