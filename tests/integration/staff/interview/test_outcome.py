"""The pages that record how interviews went, and the list of what is to be followed up."""

from datetime import timedelta

import pytest

from samtale.core import clock as wall_clock
from samtale.interviews.models import Interview, Invitation
from samtale.outbox.models import Message
from samtale.recruiting.domain.progress import set_status
from tests.factories.accounts import make_organisation, make_user
from tests.factories.interviews import make_interview, make_invitation
from tests.factories.recruiting import give_access, make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def held(project) -> Interview:
    make_organisation()
    interview = make_interview(project, start=wall_clock.now() - timedelta(hours=2), type="group")
    for _ in range(2):
        make_invitation(interview, make_application(project, status="invited"))
    return interview


def test_each_candidate_has_their_own_outcome(open_page, held):
    _first, second = Invitation.objects.order_by("application__sort_name", "pk")
    page = open_page(f"/interviews/{held.pk}/outcome/?next=/follow-up/")
    assert page.press("", **{f"result-{second.pk}": "no_show"}) == 302
    assert page.response["Location"] == "/follow-up/"
    found = Invitation.objects.order_by("application__sort_name", "pk")
    assert [each.outcome for each in found] == ["attended", "no_show"]


def test_who_had_said_no_is_shown_so_and_not_taken_for_having_come(open_page, held):
    first, second = Invitation.objects.order_by("application__sort_name", "pk")
    Invitation.objects.filter(pk=first.pk).update(meeting_status="not_accepted")
    page = open_page(f"/interviews/{held.pk}/outcome/")
    assert page.fields[f"result-{first.pk}"] == [""]
    assert page.fields[f"result-{second.pk}"] == ["held"]
    assert "Ikke akseptert" in page.error_beside(f"result-{first.pk}")
    assert "Venter svar" in page.error_beside(f"result-{second.pk}")
    assert page.press("") == 302
    outcomes = Invitation.objects.order_by("application__sort_name", "pk").values_list(
        "outcome", "application__status"
    )
    assert list(outcomes) == [("", "invited"), ("attended", "interviewed")]
    assert open_page(page.address).fields[f"result-{first.pk}"] == [""]


def test_of_nobody_there_is_nothing_to_record(open_page, held):
    page = open_page(f"/interviews/{held.pk}/outcome/")
    names = {f"result-{each.pk}": "" for each in Invitation.objects.all()}
    assert page.press("", **names) == 422
    assert "Velg hvordan intervjuet gikk" in page.error_beside(
        next(iter(page.response.context["form"].names))
    )
    assert Interview.objects.get().state == "planned"


def test_a_corrected_outcome_says_what_becomes_of_the_status(open_page, held, clock):
    first, second = Invitation.objects.order_by("application__sort_name", "pk")
    address = f"/interviews/{held.pk}/outcome/?next=/follow-up/"
    open_page(address).press("")
    clock.forward(minutes=1)
    set_by_hand = {"applications": [second.application], "by": held.project.owner, "now": wall_clock.now()}
    for status in ("panel_review", "interviewed"):
        set_status(status=status, **set_by_hand)
    names = {f"result-{each.pk}": "no_show" for each in (first, second)}
    assert open_page(address).press("", **names) == 302
    said = open_page("/follow-up/").text
    assert f"tilbake til den forrige: {first.application.candidate.name}." in said
    assert f"fortsatt statusen «Intervjuet»: {second.application.candidate.name}." in said


def test_of_two_pages_the_second_is_shown_what_the_first_recorded(open_page, held):
    first, second = Invitation.objects.order_by("application__sort_name", "pk")
    names = [each.application.candidate.name for each in (first, second)]
    ours, theirs = (open_page(f"/interviews/{held.pk}/outcome/") for _ in range(2))
    theirs.press("", **{f"result-{first.pk}": "no_show", "moves_on_to": "under_review"})
    Invitation.objects.filter(pk=first.pk).update(meeting_status="not_accepted")

    assert ours.press("", **{f"result-{second.pk}": "no_show", "moves_on_to": ""}) == 409

    [alert] = ours.soup.select(".ds-alert:has(h2)")
    said = alert.get_text(" ", strip=True)
    assert f"{names[0]}: Utfallet er nå «Kandidaten møtte ikke»." in said
    assert f"{names[1]}: Utfallet er nå «Gjennomført»." in said
    assert f"{names[0]}: Møtestatusen er nå «Ikke akseptert»." in said
    # What was chosen is kept; what was not touched is as it has become.
    assert ours.fields[f"result-{first.pk}"] == ["no_show"]
    assert ours.fields[f"result-{second.pk}"] == ["no_show"]
    assert ours.fields["moves_on_to"] == [""]
    assert [each.outcome for each in Invitation.objects.order_by("application__sort_name", "pk")] == [
        "no_show",
        "attended",
    ]
    assert ours.press("") == 302
    assert set(Invitation.objects.values_list("outcome", flat=True)) == {"no_show"}


def test_who_was_called_off_meanwhile_is_named(open_page, held):
    first, _second = Invitation.objects.order_by("application__sort_name", "pk")
    page = open_page(f"/interviews/{held.pk}/outcome/")
    Invitation.objects.filter(pk=first.pk).update(cancelled_at=wall_clock.now())
    assert page.press("") == 409
    assert f"{first.application.candidate.name} er ikke lenger innkalt til intervjuet." in page.text
    assert page.press("", stamp="forged") == 409
    assert "Sammenlign med hvordan" in page.text
    assert Interview.objects.get().state == "planned"
    Interview.objects.update(start=wall_clock.now() + timedelta(days=1), version=2)
    assert page.press("") == 302
    assert "når intervjuet har begynt" in open_page(f"/interviews/{held.pk}/").text


def test_of_many_those_that_were_recorded_meanwhile_are_left(open_page, held):
    other = make_interview(held.project, start=held.start)
    make_invitation(other)
    page = open_page(f"/interviews/outcome/?interview={held.pk}&interview={other.pk}&next=/follow-up/")
    open_page(f"/interviews/{held.pk}/outcome/").press("", moves_on_to="")
    assert page.press("", result="no_show") == 302
    said = open_page("/follow-up/").text
    assert "Det er endret etter at du åpnet siden. Se på det på nytt. (02.03. 08:00)" in said
    assert set(held.invitations.values_list("outcome", flat=True)) == {"attended"}
    assert other.invitations.get().outcome == "no_show"


def test_what_the_table_forbids_is_said_beside_the_field(open_page, held):
    page = open_page(f"/interviews/{held.pk}/outcome/")
    page.press("")
    first, second = Invitation.objects.order_by("application__sort_name", "pk")
    page = open_page(f"/interviews/{held.pk}/outcome/")
    names = {f"result-{each.pk}": "cancelled" for each in (first, second)}
    assert page.press("", **names) == 422
    assert "kan ikke endres til «Avlyst»" in page.error_beside(f"result-{first.pk}")
    assert Interview.objects.get().state == "held"


def test_there_is_nothing_to_record_before_it_starts(client, owner, project):
    interview = make_interview(project)
    make_invitation(interview)
    client.force_login(owner)
    page = client.get(f"/interviews/{interview.pk}/outcome/", follow=True)
    assert "når intervjuet har begynt" in page.content.decode()


def test_what_was_called_off_beforehand_leads_to_no_form(open_page, held):
    Interview.objects.update(state="cancelled")
    page = open_page(f"/interviews/{held.pk}/outcome/")
    assert page.response.status_code == 302
    said = open_page(page.response["Location"])
    assert "avlyst før det begynte" in said.text
    assert "Rett utfallet" not in said.text


def test_where_nobody_is_invited_any_longer_that_is_the_reason(open_page, held):
    Invitation.objects.update(meeting_status="not_relevant")
    assert open_page(f"/interviews/{held.pk}/outcome/").response.status_code == 302
    assert "Ingen var innkalt til intervjuet lenger" in open_page("/follow-up/").text
    page = open_page(f"/interviews/outcome/?interview={held.pk}&next=/follow-up/")
    assert page.press("") == 302
    said = open_page("/follow-up/").text
    assert "Ingen kandidater var ventet til intervjuet. (02.03. 08:00)" in said


def test_a_list_names_many_and_others_are_passed_over(client, owner, held):
    elsewhere = make_interview(start=held.start)
    make_invitation(elsewhere)
    coming = make_interview(held.project)
    make_invitation(coming)
    ids = [held.pk, elsewhere.pk, coming.pk]
    client.force_login(owner)
    page = client.post("/interviews/outcome/", {"interview": ids, "next": "/calendar/?view=list"})
    assert page.status_code == 200
    assert [each.pk for each in page.context["interviews"]] == [held.pk, coming.pk]
    chosen = {"result": "held", "moves_on_to": "interviewed", "stamp": page.context["form"]["stamp"].value()}
    done = client.post("/interviews/outcome/", {"interview": ids, "next": "/calendar/?view=list", **chosen})
    assert done["Location"] == "/calendar/?view=list"
    states = Interview.objects.order_by("pk").values_list("pk", "state")
    assert dict(states) == {held.pk: "held", elsewhere.pk: "planned", coming.pk: "planned"}
    assert set(held.invitations.values_list("application__status", flat=True)) == {"interviewed"}


def test_a_reader_records_nothing(client, held):
    reader = make_user()
    give_access(reader, held.project, "read")
    client.force_login(reader)
    data = {"interview": held.pk, "result": "held", "moves_on_to": ""}
    assert client.post("/interviews/outcome/", data).status_code == 302
    assert client.get(f"/interviews/{held.pk}/outcome/").status_code == 403
    assert Interview.objects.get().state == "planned"


@pytest.mark.parametrize("path", ["", "outcome/", "move/", "cancel/"])
def test_the_pages_ask_as_little_of_many_as_of_few(
    client, owner, project, path, django_assert_max_num_queries
):
    make_organisation()
    start = wall_clock.now() + timedelta(hours=-2 if path == "outcome/" else 48)
    interview = make_interview(project, start=start, type="group")
    for _ in range(30):
        make_invitation(interview, make_application(project))
    client.force_login(owner)
    with django_assert_max_num_queries(26):
        assert client.get(f"/interviews/{interview.pk}/{path}").status_code == 200


def test_the_list_asks_as_little_of_many_as_of_few(client, owner, project, django_assert_max_num_queries):
    make_organisation()
    for number in range(30):
        status = "new_time" if number % 2 else "awaiting"
        make_invitation(make_interview(project), make_application(project), meeting_status=status)
    client.force_login(owner)
    with django_assert_max_num_queries(20):
        assert client.get("/follow-up/").status_code == 200


def test_a_form_that_is_pressed_twice_asks_once(open_page, project, client):
    make_organisation()
    invitation = make_invitation(make_interview(project), make_application(project))
    page = open_page("/follow-up/")
    key = page.soup.select_one("[name=send_key]")["value"]
    for _ in range(2):
        client.post("/follow-up/remind/", {"send_key": key, "invitation": invitation.pk})
    assert Message.objects.filter(kind="answer.reminder").count() == 1
    assert "purret" in open_page("/follow-up/").text
