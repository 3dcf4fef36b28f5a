"""Utboks: the list of messages."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samtale.accounts.models import User
from samtale.outbox.models import Message
from samtale.outbox.models.message import Channel, State
from samtale.recruiting.models import Correspondence, Project, ProjectAccess
from tests.factories.accounts import make_administrator, make_user
from tests.factories.recruiting import give_access, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.fixture
def project(owner: User) -> Project:
    return make_project(owner=owner, title="Vaktmester")


def message(project: Project | None, name: str, **fields: object) -> Message:
    due_at = fields.pop("due_at", NOON)
    values = {
        "kind": "reminder.email",
        "channel": Channel.EMAIL,
        "language": "nb",
        "recipient_name": name,
        "recipient_address": f"{name.split(maxsplit=1)[0].lower()}@example.org",
        "content": [["text", "Hei"]],
        "created_at": NOON,
        "due_at": due_at,
        "try_at": due_at,
    } | fields
    made = Message.objects.create(**values)
    if project:
        Correspondence.objects.create(message=made, project=project)
    return made


def page(client: Client, user: User, address: str = "/outbox/", **filters: str) -> BeautifulSoup:
    client.force_login(user)
    response = client.get(address, filters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [link.get_text(strip=True) for link in soup.select("tbody a")]


def test_shows_recipient_kind_channel_time_and_state(client: Client, owner: User, project: Project) -> None:
    sent = message(project, "Amina Hassan", state=State.SENT, finished_at=NOON + timedelta(minutes=5))

    row = page(client, owner).select_one("tbody tr")

    assert row
    shown = row.get_text(" ", strip=True)
    for expected in ("amina@example.org", "E-post", "Vaktmester", "2. mar 2026", "12:05", "Sendt"):
        assert expected in shown
    link, tag = row.select_one("a"), row.select_one(".ds-tag")
    assert link
    assert link["href"] == f"/outbox/{sent.pk}/"
    assert tag
    assert tag["data-color"] == "success"


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words_and_a_colour(
    client: Client, owner: User, project: Project, state: State
) -> None:
    message(project, "Amina", state=state)

    tag = page(client, owner).select_one("tbody .ds-tag")

    assert tag
    assert tag.get_text(strip=True) == str(state.label)
    assert tag["data-color"]


def test_newest_first(client: Client, owner: User, project: Project) -> None:
    for name, hours in (("Middle", 1), ("Newest", 2), ("Oldest", 0)):
        message(project, name, due_at=NOON + timedelta(hours=hours))

    assert names(page(client, owner)) == ["Newest", "Middle", "Oldest"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"state": "failed"}, ["Åse Berg"]),
        ({"channel": "sms"}, ["Bo"]),
        ({"kind": "reminder.sms"}, ["Bo"]),
        ({"search": "åse"}, ["Åse Berg"]),
        ({"search": "ÅSE"}, ["Åse Berg"]),
        ({"search": "bo@EXAMPLE"}, ["Bo"]),
        ({"search": "%"}, []),
        ({"search": "nobody"}, []),
        ({"state": "nonsense"}, []),
        ({"project": "999999"}, []),
        ({}, ["Åse Berg", "Bo"]),
    ],
)
def test_filters(
    client: Client, owner: User, project: Project, filters: dict[str, str], found: list[str]
) -> None:
    message(project, "Bo", channel=Channel.SMS, kind="reminder.sms")
    message(project, "Åse Berg", state=State.FAILED)

    assert names(page(client, owner, **filters)) == found


def test_filters_by_project(client: Client, owner: User, project: Project) -> None:
    other = make_project(owner=owner)
    message(project, "First")
    message(other, "Second")

    assert names(page(client, owner, project=str(other.pk))) == ["Second"]


def test_says_when_there_is_nothing(client: Client, owner: User) -> None:
    assert "Ingen meldinger ennå." in page(client, owner).get_text()
    assert "Ingen meldinger passer med disse filtrene." in page(client, owner, search="x").get_text()


class TestPages:
    @pytest.fixture(autouse=True)
    def _messages(self, project: Project) -> None:
        made = Message.objects.bulk_create(
            Message(
                kind="reminder.email",
                channel=Channel.EMAIL,
                language="nb",
                recipient_name=f"Number {number:03}",
                recipient_address="x@example.org",
                content=[],
                created_at=NOON,
                # Several fall due at once, as reminders do.
                due_at=NOON + timedelta(hours=number // 40),
                try_at=NOON,
            )
            for number in range(120)
        )
        Correspondence.objects.bulk_create(Correspondence(message=each, project=project) for each in made)

    def test_follow_each_other_without_gap_or_repetition(self, client: Client, owner: User) -> None:
        expected = [f"Number {number:03}" for number in reversed(range(120))]
        soup, seen = page(client, owner), []
        forward = [soup]
        while link := soup.select_one('a[rel="next"]'):
            soup = page(client, owner, f"/outbox/{link['href']}")
            forward.append(soup)
        for each in forward:
            seen += names(each)
        assert seen == expected

        back = [names(soup)]
        while link := soup.select_one('a[rel="prev"]'):
            soup = page(client, owner, f"/outbox/{link['href']}")
            back.insert(0, names(soup))
        assert [name for each in back for name in each] == expected

    def test_a_message_that_arrives_meanwhile_shifts_nothing(
        self, client: Client, owner: User, project: Project
    ) -> None:
        link = page(client, owner).select_one('a[rel="next"]')
        assert link
        message(project, "Late arrival", due_at=NOON + timedelta(days=9))

        assert names(page(client, owner, f"/outbox/{link['href']}"))[0] == "Number 069"

    @pytest.mark.parametrize(
        "place",
        [
            "x",
            "2026-03-02_1",
            "_",
            "2026-03-02T11:00:00+00:00_x",
            "9" * 400,
            "0001-01-01T00:00:00+14:00_1",
            "9999-12-31T23:59:59-14:00_1",
        ],
    )
    @pytest.mark.parametrize("way", ["after", "before"])
    def test_a_place_that_is_none_is_the_newest_page(
        self, client: Client, owner: User, way: str, place: str
    ) -> None:
        assert names(page(client, owner, **{way: place}))[0] == "Number 119"

    @pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59.999999+00:00"])
    @pytest.mark.parametrize("way", ["after", "before"])
    def test_a_place_beyond_all_messages_is_one(
        self, client: Client, owner: User, way: str, moment: str
    ) -> None:
        assert page(client, owner, **{way: f"{moment}_{'9' * 40}"})

    def test_a_deep_page_takes_as_many_queries_as_the_first(self, client: Client, owner: User) -> None:
        link = page(client, owner).select_one('a[rel="next"]')
        assert link
        with CaptureQueriesContext(connection) as first:
            client.get("/outbox/")
        with CaptureQueriesContext(connection) as second:
            client.get(f"/outbox/{link['href']}")

        assert len(second) == len(first)


class TestRights:
    def test_only_messages_of_projects_one_may_see(
        self, client: Client, owner: User, project: Project
    ) -> None:
        message(project, "Amina")
        message(make_project(), "Somebody else's")
        message(None, "Nobody's")

        assert names(page(client, owner)) == ["Amina"]

    def test_administrators_see_all(self, client: Client, project: Project) -> None:
        message(project, "Amina")
        message(None, "New user")

        assert names(page(client, make_administrator())) == ["New user", "Amina"]

    def test_access_taken_away_counts_at_once(self, client: Client, project: Project) -> None:
        message(project, "Amina")
        reader = make_user()
        give_access(reader, project, ProjectAccess.Level.READ)
        assert names(page(client, reader)) == ["Amina"]

        give_access(reader, project, ProjectAccess.Level.NONE)

        assert not names(page(client, reader))


def test_a_hostile_recipient_is_only_text(client: Client, owner: User, project: Project) -> None:
    message(project, "<script>alert(1)</script>", recipient_address="<b>@example.org")

    soup = page(client, owner)

    assert names(soup) == ["<script>alert(1)</script>"]
    assert not soup.select("tbody script, tbody b")


def test_as_many_queries_for_thirty_messages_as_for_one(
    client: Client, owner: User, project: Project
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/outbox/").status_code == 200
        return len(captured)

    client.force_login(owner)
    message(project, "Amina")
    client.get("/outbox/")
    one = queries()
    for number in range(29):
        message(make_project(owner=owner), f"Number {number}")

    assert queries() == one
    assert one <= 9
