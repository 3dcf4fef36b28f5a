"""The page that moves an interview."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.domain.reschedule import Terms, reschedule
from samtale.interviews.domain.undo import undo_dispatch
from samtale.interviews.models import Interview, Invitation, Room
from samtale.outbox.models import Message
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation, make_letters, send_invitations
from tests.factories.recruiting import give_access, make_application, make_project

# The clock of the tests stands at Monday 2 March 2026, 10:00 in Oslo.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
START = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture
def group(project) -> Interview:
    make_organisation()
    interview = make_interview(project, start=START, type="group")
    for name, language in (("Amina", "nb"), ("Bo", "sv"), ("Cleo", "en")):
        application = make_application(project, first_name=name, last_name="", language=language)
        make_invitation(interview, application, meeting_status="accepted")
    return interview


def address(interview: Interview, query: str = "") -> str:
    return f"/interviews/{interview.pk}/move/{query}"


def test_starts_with_what_the_calendar_dragged_it_to(open_page, group):
    page = open_page(address(group, "?start=2026-03-17T13:30&duration=60&next=/calendar/%3Fview=week"))

    assert page.fields["date"] == ["2026-03-17"]
    assert page.fields["time"][0].startswith("13:30")
    assert page.fields["duration"] == ["60"]
    assert page.press("save") == 302
    assert page.response["Location"] == "/calendar/?view=week"
    moved = Interview.objects.get()
    assert (moved.start, moved.duration) == (datetime(2026, 3, 17, 12, 30, tzinfo=UTC), 60)


@pytest.mark.parametrize(
    "query", ["?start=yesterday&duration=many", "?start=2026-99-99T00:00&duration=99999"]
)
def test_what_cannot_be_read_of_the_address_changes_nothing(open_page, group, query):
    assert open_page(address(group, query)).fields["date"] == ["2026-03-16"]


def test_leads_nowhere_else(open_page, group):
    page = open_page(address(group, "?start=2026-03-17T13:30&next=https://evil.example/"))
    page.press("save")
    assert page.response["Location"] == f"/interviews/{group.pk}/"


def test_those_who_are_ticked_are_told_in_their_language_and_asked_anew(open_page, group):
    amina, bo, _cleo = Invitation.objects.order_by("application__sort_name")
    page = open_page(address(group))

    status = page.press(
        "save",
        date="2026-03-18",
        told=[str(amina.pk), str(bo.pk)],
        **{"texts-sv-content": "Hej {first-name}, ny tid: {interviewtime} {confirmlink}"},
    )

    assert status == 302
    letters = Message.objects.filter(kind="moved").order_by("language")
    assert [(each.language, each.recipient_name.strip()) for each in letters] == [
        ("nb", "Amina"),
        ("sv", "Bo"),
    ]
    assert ["text", "Hej "] in letters[1].content
    assert letters[0].own_words is None
    statuses = Invitation.objects.order_by("application__sort_name").values_list("meeting_status", flat=True)
    assert list(statuses) == ["awaiting"] * 3


def test_nobody_is_told_with_no_email(open_page, group):
    page = open_page(address(group))
    assert page.press("save", date="2026-03-18", action="none") == 302
    assert not Message.objects.exists()
    assert set(Invitation.objects.values_list("meeting_status", flat=True)) == {"awaiting"}
    said = open_page(page.response["Location"]).text
    assert "Disse kjenner bare det gamle tidspunktet" in said
    assert "Et svar på det gamle tidspunktet gjelder ikke lenger." in said
    assert "3 kandidater har ikke svart ennå" in open_page("/follow-up/").text


def test_another_place_at_the_same_time_has_words_of_its_own(open_page, group):
    page = open_page(address(group))
    assert page.press("preview", place="Storgata 5") == 200
    assert page.fields["occasion"] == ["changed"]
    assert "Endring i intervjuet" in str(page.fields["texts-nb-subject"])
    assert page.press("save") == 302
    assert "Endring i intervjuet" in Message.objects.get(language="nb").subject
    assert Interview.objects.get().place == "Storgata 5"


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"date": "2026-03-01"}, "date", "passert"),
        ({"date": "2026-03-02", "time": "09:00"}, "time", "passert"),
        ({"date": "2026-03-29", "time": "02:30"}, "time", "finnes ikke"),
        ({"date": "2026-10-25", "time": "02:30"}, "time", "to ganger"),
        ({"duration": "0"}, "duration", "mellom 1 minutt og 12 timer"),
        ({"place": ""}, "place", "hvor"),
        ({"texts-nb-content": "Hei {fornavn}"}, "texts-nb-content", "{fornavn}"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(open_page, group, typed, field, sentence):
    page = open_page(address(group))
    assert page.press("save", **typed) == 422
    assert sentence in page.error_beside(field)
    interview = Interview.objects.get()
    assert (interview.start, interview.version) == (START, 1)


def test_who_is_taken_is_said_and_can_be_booked_anyway_with_the_right(open_page, group, owner):
    owner.may_overbook = True
    owner.save()
    make_interview(group.project, start=START + timedelta(days=1))
    page = open_page(address(group))
    assert page.press("preview", date="2026-03-17") == 200
    assert "Opptatt" in page.text
    assert page.press("save") == 422
    key = page.soup.select_one("[name=books_anyway]")["value"]
    assert page.press("save", books_anyway=key) == 302
    assert Interview.objects.get(pk=group.pk).start == START + timedelta(days=1)


def test_a_page_that_has_been_open_meanwhile_moves_nothing_before_it_is_said(open_page, group, owner):
    page = open_page(address(group))
    reschedule(
        interview=group,
        seen_version=1,
        to=Terms(start=START + timedelta(days=3), duration=45, place=group.place, interviewers=(owner,)),
        by=owner,
        now=START - timedelta(days=10),
    )
    assert page.press("save", date="2026-03-18") == 409
    assert "Noe er endret" in page.text
    assert Interview.objects.get().start == START + timedelta(days=3)
    assert page.press("save") == 302
    assert Interview.objects.get().start == datetime(2026, 3, 18, 8, tzinfo=UTC)


def test_another_room_is_another_place(open_page, group, project):
    room = Room.objects.create(name="Fjorden", address="Kaigata 2")
    page = open_page(address(group))
    assert page.press("save", room=str(room.pk)) == 302
    interview = Interview.objects.get()
    assert (interview.room, interview.place) == (room, "Kaigata 2, Fjorden")


def test_who_may_not_send_email_is_offered_to_tell_nobody(open_page, group, owner):
    owner.may_send_email = False
    owner.save()
    page = open_page(address(group))
    assert page.fields["action"] == ["none"]
    assert page.press("save", action="send", date="2026-03-18") == 422


def test_an_interviewer_without_access_sees_the_interview_and_moves_nothing(client, group):
    attends = make_user()
    group.interviewers.add(attends)
    client.force_login(attends)
    page = client.get(f"/interviews/{group.pk}/")
    assert page.status_code == 200
    assert b"/applications/" not in page.content
    assert b"/move/" not in page.content
    assert client.post(address(group), {"go": "save"}).status_code == 403
    assert client.get(f"/interviews/{group.pk}/cancel/").status_code == 403


def test_a_reader_sees_the_interview_and_a_stranger_nothing(client, group):
    reader = make_user()
    give_access(reader, group.project, "read")
    client.force_login(reader)
    assert client.get(f"/interviews/{group.pk}/").status_code == 200
    assert client.get(address(group)).status_code == 403
    client.force_login(make_user())
    assert client.get(f"/interviews/{group.pk}/").status_code == 404
    assert client.get(address(group)).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "failed"])
def test_a_letter_that_is_sent_with_no_email_too_is_named_before_and_afterwards(open_page, project, state):
    make_organisation()
    send_invitations(project, [make_application(project, first_name="Dina", last_name="")])
    Message.objects.filter(kind="invitation.interview_1").update(state=state)
    interview = Interview.objects.get()
    page = open_page(address(interview))

    assert page.press("preview", action="none", duration="60") == 200
    preview = page.soup.select_one("#preview").get_text(" ", strip=True)
    assert "Det sendes ingen e-post" not in preview
    assert "De sendes uansett" in preview
    assert "Innkalling: intervju 1 (Dina)" in preview

    assert page.press("save") == 302
    assert Message.objects.filter(kind="invitation.interview_1", state="waiting").exists()
    said = open_page(page.response["Location"]).text
    assert "Ingen kandidat får beskjed" not in said
    assert "De sendes uansett" in said
    assert "Innkalling: intervju 1 (Dina)" in said


def test_where_all_letters_have_left_no_email_means_none(open_page, project):
    make_organisation()
    send_invitations(project, [make_application(project, first_name="Dina", last_name="")])
    Message.objects.filter(kind="invitation.interview_1").update(state="sent")
    page = open_page(address(Interview.objects.get()))
    page.press("preview", action="none", duration="60")
    assert "Det sendes ingen e-post" in page.text
    page.press("save")
    assert "Ingen kandidat får beskjed" in open_page(page.response["Location"]).text


def test_who_gets_the_news_that_waits_is_not_said_to_know_the_old_time_only(open_page, group):
    page = open_page(address(group))
    page.press("save", date="2026-03-18")
    page = open_page(address(group))
    page.press("save", date="2026-03-19", action="none")
    said = open_page(page.response["Location"]).text
    assert "De sendes uansett" in said
    assert "bare det gamle tidspunktet" not in said


def in_another_project(interview: Interview, title: str, **fields) -> Interview:
    """An interview, a day after `interview`, to which its first candidate is invited elsewhere."""
    candidate = interview.invitations.order_by("application__sort_name")[0].application.candidate
    other = make_interview(make_project(title=title), start=interview.start + timedelta(days=1))
    make_invitation(other, make_application(other.project, candidate=candidate), **fields)
    return other


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_candidate_who_is_invited_elsewhere_then_is_said_before_anything_is_saved(
    open_page, group, owner, is_seen
):
    other = in_another_project(group, "Hemmelig stilling")
    if is_seen:
        give_access(owner, other.project, "read")
    sentence = "Amina er invitert til" if is_seen else "Amina har en annen avtale med oss"

    page = open_page(address(group))
    assert sentence not in page.text
    assert page.press("save", date="2026-03-17") == 422
    assert sentence in page.error_beside("time")
    assert ("Hemmelig stilling" in page.text) is is_seen
    assert Interview.objects.get(pk=group.pk).start == START
    assert page.press("save") == 302
    assert Interview.objects.get(pk=group.pk).start == START + timedelta(days=1)


def test_who_has_seen_the_warning_beside_the_form_saves_at_once(open_page, group):
    in_another_project(group, "Annen stilling")
    page = open_page(address(group))
    page.press("preview", date="2026-03-17")
    assert "har en annen avtale med oss" in page.text
    assert page.press("save") == 302


def test_a_warning_that_is_another_by_now_has_to_be_seen_too(open_page, group):
    in_another_project(group, "Annen stilling")
    page = open_page(address(group))
    page.press("preview", date="2026-03-17")
    bo = group.invitations.order_by("application__sort_name")[1].application.candidate
    other = make_interview(make_project(), start=START + timedelta(days=1))
    make_invitation(other, make_application(other.project, candidate=bo))
    assert page.press("save") == 422
    assert "Bo har en annen avtale" in page.error_beside("time")


def test_who_has_said_no_to_the_other_interview_can_be_met(open_page, group):
    in_another_project(group, "Annen stilling", meeting_status="not_accepted")
    assert open_page(address(group)).press("save", date="2026-03-17") == 302


def test_a_reminder_for_which_it_is_too_late_is_said_and_returns_when_there_is_time_again(open_page, project):
    make_organisation()
    letters = make_letters(reminder="email", reminder_days=2)
    send_invitations(project, [make_application(project, first_name="Dina", last_name="")], letters=letters)
    interview = Interview.objects.get()
    sentence = "Disse påminnelsene sendes ikke"
    page = open_page(address(interview))
    assert sentence not in page.text

    page.press("preview", date="2026-03-03")
    assert sentence in page.text
    assert "Påminnelse i e-post (Dina)" in page.text
    assert page.press("save") == 302
    assert sentence in open_page(page.response["Location"]).text
    assert not Message.objects.filter(kind="reminder.email", state="waiting").exists()

    page = open_page(address(interview))
    assert page.press("save", date="2026-03-20") == 302
    assert sentence not in open_page(page.response["Location"]).text
    assert Message.objects.filter(kind="reminder.email", state="waiting").exists()


def test_where_only_interviewers_change_nobody_is_said_to_be_asked_anew(open_page, group, project):
    page = open_page(address(group))
    assert "De blir bedt om å svare på nytt." in page.text
    other = make_user(first_name="Per", last_name="Vik")
    give_access(other, project, "normal")

    assert page.press("preview", interviewers=[str(other.pk)]) == 200

    assert "De blir bedt om å svare på nytt." not in page.text
    assert "ingen blir bedt om å svare på nytt" in page.text
    assert page.fields["occasion"] == ["people"]
    assert page.press("save") == 302
    letters = dict(Message.objects.filter(kind="moved").values_list("language", "subject"))
    assert letters["nb"].startswith("Endring i hvem du møter")
    assert letters["sv"].startswith("Ändring av vilka du träffar")
    assert letters["en"].startswith("A change in whom you will meet")
    said = "".join(text for _kind, text, *_tag in Message.objects.get(language="nb", kind="moved").content)
    assert "Du trenger ikke å svare på nytt" in said
    assert "Gi oss beskjed om det passer" not in said
    assert set(Invitation.objects.values_list("meeting_status", flat=True)) == {"accepted"}


def test_news_of_a_new_time_that_waits_asks_for_an_answer_though_an_interviewer_changes(
    open_page, group, project
):
    open_page(address(group)).press("save", date="2026-03-18")
    other = make_user()
    give_access(other, project, "normal")
    page = open_page(address(group))
    page.press("preview", interviewers=[str(other.pk)])
    assert page.fields["occasion"] == ["changed"]


def test_shows_what_the_candidates_wish(open_page, group):
    amina, *_others = group.invitations.order_by("application__sort_name")
    amina.wishes = "Helst etter kl. 12"
    amina.save()
    text = open_page(address(group)).text
    assert "Amina skriver Helst etter kl. 12" in text
    assert "Bo skriver" not in text


@pytest.mark.undo_window
def test_a_page_that_was_open_when_send_was_undone_says_what_has_become_of_the_interview(open_page, project):
    make_organisation(undo_seconds=60)
    sent = send_invitations(project, [make_application(project, first_name="Dina", last_name="")])
    interview, invitation = Interview.objects.get(), Invitation.objects.get()
    page = open_page(address(interview))
    change = open_page(f"/applications/{invitation.application_id}/invitations/{invitation.pk}/")
    undo_dispatch(dispatch=sent.dispatch, by=project.owner, now=wall_clock.now())

    assert page.press("save", date="2026-03-18") == 302
    assert page.response["Location"] == f"/projects/{project.pk}/applications/"
    sentence = "Intervjuet finnes ikke lenger, fordi utsendingen ble angret"
    assert sentence in open_page(page.response["Location"]).text
    for gone in (
        address(interview),
        f"/interviews/{interview.pk}/",
        f"/calendar/interviews/{interview.pk}/move/",
    ):
        assert page.client.get(gone).status_code == 302, gone
        page.client.get(page.response["Location"])
    assert change.press("") == 302
    assert change.response["Location"] == f"/applications/{invitation.application_id}/"
    assert sentence in open_page(change.response["Location"]).text

    page.client.force_login(make_user())
    assert page.client.get(address(interview)).status_code == 404
    assert page.client.get(address(Interview(pk=interview.pk + 99))).status_code == 404
