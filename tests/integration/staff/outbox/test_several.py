"""What is done with ticked messages or a whole selection, and the filters that make one."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.outbox.models import Message
from samtale.outbox.models.message import State
from samtale.recruiting.models import Correspondence, Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_user
from tests.factories.outbox import make_message
from tests.factories.recruiting import give_access, make_application, make_project
from tests.integration.staff.outbox.test_outbox import NOON, message, names, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def do(client: Client, action: str, *messages: Message, query: str = "", **more: str) -> str:
    values = {"action": action, "message": [str(each.pk) for each in messages]} | more
    response = client.post(f"/outbox/several/{query}", values, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").get_text(" ")


def states() -> dict[str, str]:
    return dict(Message.objects.order_by("pk").values_list("recipient_name", "state"))


def test_is_done_with_those_ticked_and_said_of_the_others(
    client: Client, owner: User, project: Project
) -> None:
    late = message(project, "Amina", state=State.SENT)
    waiting, other = message(project, "Ola"), message(project, "Per")
    client.force_login(owner)

    said = do(client, "stop", late, waiting)

    assert "1 melding er stoppet." in said
    assert "Ikke utført for 1 melding: Amina. Den er sendt eller er i ferd med å bli sendt." in said
    assert states() == {"Amina": "sent", "Ola": "cancelled", "Per": "waiting"}
    assert other.pk


def test_a_whole_selection_is_what_its_address_finds(client: Client, owner: User, project: Project) -> None:
    batch = uuid.uuid4()
    for name in ("Amina", "Ola"):
        message(project, name, state=State.FAILED, batch=batch)
    message(project, "Per", state=State.FAILED)
    client.force_login(owner)

    said = do(client, "dismiss", query=f"?batch={batch}", all="1")

    assert "2 meldinger er avvist." in said
    assert states() == {"Amina": "cancelled", "Ola": "cancelled", "Per": "failed"}


def test_without_a_filter_nobody_means_everything(client: Client, owner: User, project: Project) -> None:
    message(project, "Amina")
    client.force_login(owner)
    assert "Ingen meldinger er valgt." in do(client, "stop", all="1")
    assert states() == {"Amina": "waiting"}


@pytest.mark.parametrize("query", ["?state=nonsense", "?since=i+morgen", "?batch=1"])
def test_a_filter_that_is_none_selects_nothing(
    client: Client, owner: User, project: Project, query: str
) -> None:
    message(project, "Amina")
    client.force_login(owner)
    do(client, "stop", query=query, all="1")
    assert states() == {"Amina": "waiting"}


def test_others_ids_are_passed_over(client: Client, owner: User, project: Project) -> None:
    mine, foreign = message(project, "Min"), message(make_project(), "Fremmed")
    of_nobody = message(None, "Ingens")
    read_only = make_project()
    give_access(owner, read_only, ProjectAccess.Level.READ)
    seen = message(read_only, "Lest")
    client.force_login(owner)

    said = do(client, "stop", mine, foreign, of_nobody, seen)
    do(client, "stop", query="?channel=email", all="1")

    assert "1 melding er stoppet." in said
    assert "Fremmed" not in said
    assert states() == {"Min": "cancelled", "Fremmed": "waiting", "Ingens": "waiting", "Lest": "waiting"}


@pytest.mark.parametrize("values", [{"action": "nonsense"}, {"action": ""}, {}])
def test_nothing_chosen_does_nothing(
    client: Client, owner: User, project: Project, values: dict[str, str]
) -> None:
    made = message(project, "Amina")
    client.force_login(owner)
    ids = [made.pk, "x", "²", "9" * 30]
    response = client.post("/outbox/several/", values | {"message": ids}, follow=True)
    assert "Velg hva som skal skje" in response.content.decode()
    assert states() == {"Amina": "waiting"}


def test_only_what_one_may_decide_about_has_a_box(client: Client, owner: User, project: Project) -> None:
    mine = message(project, "Min")
    read_only = make_project()
    give_access(owner, read_only, ProjectAccess.Level.READ)
    message(read_only, "Lest")

    boxes = page(client, owner).select("tbody input[type=checkbox]")

    assert [box["value"] for box in boxes] == [str(mine.pk)]
    reader = make_user()
    give_access(reader, read_only, ProjectAccess.Level.READ)
    assert not page(client, reader).select("input[type=checkbox]")


class TestFilters:
    def test_days_are_those_of_the_organisation(self, client: Client, owner: User, project: Project) -> None:
        for name, hour in (("Før", 22), ("Etter", 23)):  # 23:00 and midnight in Oslo
            message(project, name, due_at=NOON.replace(hour=hour))

        assert names(page(client, owner, since="2026-03-03")) == ["Etter"]
        assert names(page(client, owner, until="2026-03-02")) == ["Før"]
        soup = page(client, owner, since="2026-03-03", until="2026-03-02")
        assert "Siste dag er før den første." in soup.get_text()
        assert not names(soup)

    def test_attention_is_failed_or_unknown(self, client: Client, owner: User, project: Project) -> None:
        for state in State:
            message(project, state, state=state)
        assert set(names(page(client, owner, state="attention"))) == {"failed", "unknown"}

    def test_one_candidate_is_a_chip_that_can_be_taken_away(
        self, client: Client, owner: User, project: Project
    ) -> None:
        application = make_application(project, first_name="Amina", last_name="Hassan")
        theirs, _other = message(project, "Amina"), message(project, "Ola")
        Correspondence.objects.filter(message=theirs).update(application=application)

        soup = page(client, owner, candidate=str(application.candidate_id), state="waiting")

        assert names(soup) == ["Amina"]
        chip = soup.select_one("main a[href='?state=waiting']")
        assert chip
        assert "Til Amina Hassan" in chip.get_text()
        hidden = soup.select_one("form[method=get] input[name=candidate]")
        assert hidden
        assert hidden["value"] == str(application.candidate_id)
        application_page = page(client, owner, f"/applications/{application.pk}/")
        assert application_page.select(f"a[href='/outbox/?candidate={application.candidate_id}']")

    def test_a_candidate_one_may_not_see_is_not_named(self, client: Client, owner: User) -> None:
        hidden = make_application(make_project(), first_name="Hemmelig")
        soup = page(client, owner, candidate=str(hidden.candidate_id))
        assert "Hemmelig" not in soup.get_text()
        assert not names(soup)

    def test_how_the_others_of_a_send_stand_is_on_the_message(
        self, client: Client, owner: User, project: Project
    ) -> None:
        batch = uuid.uuid4()
        made = [message(project, "N", state=state, batch=batch) for state in ("sent", "sent", "failed")]
        message(make_project(), "Fremmed", state="failed", batch=batch)

        soup = page(client, owner, f"/outbox/{made[0].pk}/")

        links = {link["href"]: link.get_text() for link in soup.select(f"a[href*='{batch}']")}
        assert links[f"/outbox/?batch={batch}&state=sent"] == "2 meldinger"
        assert links[f"/outbox/?batch={batch}&state=failed"] == "1 melding"


def test_one_page_of_a_selection_offers_all_of_it(
    client: Client, owner: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samtale.web.staff.outbox.listing.PER_PAGE", 2)
    for name in ("A", "B", "C"):
        message(project, name, state=State.FAILED)
    assert "Velg alle 3" in page(client, owner, state="failed").get_text()
    assert "Velg alle" not in page(client, owner).get_text()


def test_the_list_costs_the_same_however_many_projects(client: Client, owner: User) -> None:
    client.force_login(owner)

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/outbox/?state=waiting")
        return len(captured)

    message(make_project(owner=owner), "Første")
    questions()  # what is asked once a process
    first = questions()
    for number in range(30):
        message(make_project(owner=owner), f"N{number}")
    assert questions() == first


def test_the_start_page_says_what_needs_attention_to_those_who_may_decide(
    client: Client, owner: User, project: Project
) -> None:
    for state in (State.FAILED, State.UNKNOWN, State.UNKNOWN):
        message(project, "Amina", state=state)

    soup = page(client, owner, "/")

    assert soup.select("main a[href='/outbox/?state=failed']")[0].get_text() == "1 melding kunne ikke sendes"
    assert soup.select("main a[href='/outbox/?state=unknown']")[0].get_text() == (
        "Ingen vet om 2 meldinger kom fram"
    )
    reader = make_user()
    give_access(reader, project, ProjectAccess.Level.READ)
    assert not page(client, reader, "/").select("main a[href^='/outbox/?state']")


@pytest.mark.parametrize(("state", "proposed"), [("", "again"), ("waiting", "stop"), ("failed", "again")])
def test_what_fits_the_list_is_proposed(client: Client, state: str, proposed: str) -> None:
    user = make_administrator()
    client.force_login(user)
    make_message(state=state or "sent")
    page = BeautifulSoup(client.get("/outbox/", {"state": state}).content, "html.parser")
    chosen = page.select_one("select[name=action] option[selected]")
    assert chosen["value"] == proposed
