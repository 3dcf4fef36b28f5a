"""Calling off an interview, or one candidate's part in it."""

from datetime import UTC, datetime, timedelta

import pytest

from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from tests.factories.accounts import make_organisation
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
START = datetime(2026, 3, 16, 8, tzinfo=UTC)


@pytest.fixture
def group(project) -> Interview:
    make_organisation()
    interview = make_interview(project, start=START, type="group")
    for name in ("Amina", "Bo"):
        make_invitation(interview, make_application(project, first_name=name, last_name=""))
    return interview


def address(interview: Interview, invitation: Invitation | None = None) -> str:
    return f"/interviews/{interview.pk}/cancel/" + (f"?invitation={invitation.pk}" if invitation else "")


def test_asks_first(open_page, group):
    page = open_page(address(group))
    assert "avlyses for alle 2 kandidatene" in page.text
    assert page.press("preview", reason="Sykdom") == 200
    assert "Begrunnelse: Sykdom" in page.text
    assert Interview.objects.get().state == "planned"


@pytest.mark.parametrize(("action", "letters"), [("send", 2), ("none", 0)])
def test_ends_the_interview_and_tells_if_asked_to(open_page, group, action, letters):
    page = open_page(address(group))
    assert page.press("cancel", reason="Sykdom", action=action) == 302
    assert Interview.objects.get().state == "cancelled"
    assert Message.objects.filter(kind="cancellation").count() == letters


def test_the_words_are_those_that_were_written(open_page, group):
    page = open_page(address(group))
    page.press("cancel", reason="Sykdom", **{"texts-nb-content": "Hei {first-name}. {reason}!"})
    letter = Message.objects.order_by("pk")[0]
    assert [segment[1] for segment in letter.content[:5]] == [
        "Hei ",
        "Amina",
        ". ",
        "Sykdom",
        "!\n\n" + "Vennlig hilsen\n",
    ]


def test_a_reason_that_is_not_there_cannot_be_said(open_page, group):
    page = open_page(address(group))
    assert page.press("cancel", **{"texts-nb-content": "Fordi: {reason}"}) == 422
    assert "{reason}" in page.error_beside("texts-nb-content")
    assert Interview.objects.get().state == "planned"


def test_one_leaves_and_the_interview_goes_on(open_page, group):
    amina, bo = Invitation.objects.order_by("application__sort_name")
    page = open_page(address(group, amina))
    assert "holdes som planlagt med én annen kandidat" in page.text
    assert page.press("cancel", reason="Feil gruppe") == 302
    amina.refresh_from_db()
    assert amina.cancelled_at
    assert Interview.objects.get().state == "planned"
    [letter] = Message.objects.all()
    assert letter.recipient_name.strip() == "Amina"
    assert "Intervjuavtalen din mandag 16. mars 2026 er avlyst" in letter.subject
    assert "Intervjuet mandag" not in "".join(segment[1] for segment in letter.content)
    # The last one takes the interview along.
    page = open_page(address(group, bo))
    assert page.press("cancel") == 302
    assert Interview.objects.get().state == "cancelled"
    assert "Intervjuet mandag 16. mars 2026 er avlyst" in Message.objects.order_by("-pk")[0].subject


def test_who_is_no_longer_relevant_is_not_counted(open_page, group):
    for name in ("Cai", "Dag"):
        application = make_application(group.project, first_name=name)
        make_invitation(group, application, meeting_status="not_relevant")
    assert "avlyses for alle 2 kandidatene" in open_page(address(group)).text
    amina, bo, cai, _dag = Invitation.objects.order_by("application__sort_name")
    assert "med én annen kandidat" in open_page(address(group, amina)).text
    assert "med 2 andre kandidater" in open_page(address(group, cai)).text
    links = [str(each["href"]) for each in open_page(f"/interviews/{group.pk}/").soup.select("a[href]")]
    alone = [link for link in links if "/cancel/?invitation=" in link]
    assert alone == [address(group, amina), address(group, bo)]


def test_where_the_others_are_not_relevant_it_says_that_all_of_it_is_cancelled(open_page, group):
    amina, bo = Invitation.objects.order_by("application__sort_name")
    Invitation.objects.filter(pk=bo.pk).update(meeting_status="not_relevant")
    page = open_page(address(group, amina))
    assert "Avlys intervjuet" in page.soup.h1.text
    assert "Ingen andre enn Amina er innkalt lenger, så hele intervjuet avlyses" in page.text
    assert "Intervjuet mandag 16. mars 2026" in page.text  # the letter
    assert page.press("cancel") == 302
    assert Interview.objects.get().state == "cancelled"
    assert "Intervjuet er avlyst." in open_page(f"/interviews/{group.pk}/").text


def test_who_leaves_just_after_the_last_other_takes_the_interview_along(open_page, group):
    amina, bo = Invitation.objects.order_by("application__sort_name")
    page = open_page(address(group, amina))
    Invitation.objects.filter(pk=bo.pk).update(meeting_status="not_relevant")
    assert page.press("cancel") == 302
    assert "Intervjuet er avlyst." in open_page(f"/interviews/{group.pk}/").text
    [letter] = Message.objects.filter(kind="cancellation")
    assert "Intervjuet mandag 16. mars 2026 er avlyst" in letter.subject


def test_an_interview_to_which_nobody_is_invited_any_longer_can_be_cancelled(open_page, group):
    Invitation.objects.update(meeting_status="not_relevant")
    page = open_page(address(group))
    assert "Ingen er innkalt til intervjuet lenger" in page.text
    assert page.press("cancel") == 302
    assert Interview.objects.get().state == "cancelled"
    assert not Message.objects.exists()


def test_one_that_is_not_invited_is_not_found(client, owner, group):
    client.force_login(owner)
    assert client.get(f"/interviews/{group.pk}/cancel/?invitation=999999").status_code == 404


def test_one_that_has_begun_can_no_longer_be_called_off(client, owner, project):
    invitation = make_invitation(make_interview(project, start=START - timedelta(days=14)))
    client.force_login(owner)
    response = client.post(address(invitation.interview), {"go": "cancel", "version": 1}, follow=True)
    assert "har begynt" in response.content.decode()
    assert Interview.objects.get().state == "planned"


def test_one_that_was_moved_meanwhile_is_asked_about_again(open_page, group):
    page = open_page(address(group))
    Interview.objects.update(version=2, start=START + timedelta(days=1))
    assert page.press("cancel", reason="Ikke svart") == 409
    assert page.fields["reason"] == ["Ikke svart"]
    assert Interview.objects.get().state == "planned"
    assert page.press("cancel") == 302
    assert Interview.objects.get().state == "cancelled"


def test_who_may_not_send_email_tells_nobody(open_page, group, owner):
    owner.may_send_email = False
    owner.save()
    page = open_page(address(group))
    assert page.press("cancel", action="send") == 422
    assert page.press("cancel", action="none") == 302
    assert not Message.objects.exists()
