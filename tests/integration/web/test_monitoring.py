"""A worker that stands still is seen: by the check, by /healthz and /metrics, and in the outbox."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from samtale.core import clock as wall_clock
from samtale.core import configuration
from samtale.core.owners import new_owner
from samtale.outbox.domain import claims
from samtale.outbox.domain.queries.health import queues, standing_still
from samtale.outbox.domain.queries.totals import totals
from samtale.outbox.models import Delivery, Message
from samtale.outbox.worker import Worker
from tests.factories.accounts import make_administrator
from tests.factories.outbox import make_message, make_sms
from tests.mail_server import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def late(**fields):
    return make_message(due_at=wall_clock.now() - timedelta(minutes=6), **fields)


def tried(message, outcome: str, at=None) -> None:
    Delivery.objects.create(message=message, at=at or wall_clock.now(), outcome=outcome)


def health(**headers) -> tuple[int, dict]:
    response = Client().get("/healthz", headers=headers)
    return response.status_code, response.json()


def figures(**request) -> dict[tuple[str, ...], float]:
    response = Client(headers=request.pop("headers", None)).get("/metrics", **request)
    assert response.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def check() -> str:
    said = StringIO()
    try:
        call_command("check", deploy=True, stdout=said, stderr=said)
    except SystemCheckError as error:  # the tests' own settings are not those of a deployment
        said.write(str(error))
    return said.getvalue()


def test_all_is_well_while_nothing_waits_too_long(clock):
    make_message(due_at=wall_clock.now() - timedelta(minutes=4))
    make_message(due_at=wall_clock.now() + timedelta(days=3))

    status, answer = health()

    assert (status, answer["status"]) == (200, "ok")
    assert answer["outbox"]["email"] == {"due": 1, "oldest_due_seconds": 240}
    assert "W001" not in check()
    client = Client()
    client.force_login(make_administrator(language="nb"))
    assert "for lenge" not in client.get("/outbox/").content.decode()


def test_a_worker_that_stands_still_is_seen_everywhere(clock):
    late()
    late()

    assert health()[0] == 503
    assert health()[1]["status"] == "delivery stands still"
    said = check()
    assert "samtale.W001" in said
    assert "2" in said
    assert "samtale worker" in said
    client = Client()
    client.force_login(make_administrator(language="nb"))
    for page in ("/outbox/", "/"):
        text = client.get(page).content.decode()
        assert "2 meldinger har ventet for lenge" in text
        assert "ser ikke ut til å være i gang" in text


@pytest.mark.django_db(transaction=True)
def test_the_words_of_a_server_that_is_down_are_told(clock, settings):
    for name, value in configuration.email(f"smtp://127.0.0.1:{free_port()}").items():
        setattr(settings, name, value)
    late(kind="account.password", recipient_address=make_administrator().email, content=[["text", "Hei"]])
    Worker(clock=wall_clock.now).drain()

    assert "refused" in check()
    client = Client()
    client.force_login(make_administrator(language="nb"))
    assert "refused" in client.get("/outbox/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_banner_goes_when_the_letters_have_left(clock, smtp_server):
    late(kind="account.password", recipient_address=make_administrator().email, content=[["text", "Hei"]])
    assert health()[0] == 503
    Worker(clock=wall_clock.now).drain()

    assert health()[0] == 200


def test_figures_are_those_of_the_database(clock):
    late()
    make_sms(due_at=wall_clock.now() - timedelta(seconds=30))
    for state, number in (("sent", 3), ("failed", 2), ("unknown", 1)):
        for _ in range(number):
            tried(make_message(state=state), {"sent": "sent", "failed": "refused"}.get(state, "unsure"))

    found = figures()

    assert found["samtale_outbox_due", "email"] == found["samtale_outbox_due", "sms"] == 1
    assert found["samtale_outbox_oldest_due_seconds", "email"] == 360
    assert found["samtale_outbox_oldest_due_seconds", "sms"] == 30
    assert found["samtale_messages_sent_total", "email"] == 3
    assert found["samtale_messages_failed_total", "email"] == 2
    assert found["samtale_messages", "email", "failed"] == 2
    assert found["samtale_messages", "email", "unknown"] == 1
    assert found["samtale_messages", "sms", "waiting"] == 1
    assert found["samtale_messages_sent_total", "sms"] == 0
    assert any(name == "samtale_build_info" for name, *_ in found)


def test_what_was_sent_stays_counted_when_it_comes_back(clock):
    message = make_message(state="sent")
    tried(message, "sent")
    before = figures()
    Message.objects.update(state="failed")
    tried(message, "bounced")
    after = figures()

    assert (
        before["samtale_messages_sent_total", "email"] == after["samtale_messages_sent_total", "email"] == 1
    )
    assert after["samtale_messages_failed_total", "email"] == 1


def test_old_tries_are_counted_once_and_remembered(clock, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("samtale.outbox.domain.queries.totals._WORTH_REMEMBERING", 3)
    long_ago, now = wall_clock.now() - timedelta(hours=1), wall_clock.now()
    for _ in range(5):
        tried(make_message(), "sent", at=long_ago)
    tried(make_sms(), "refused", at=long_ago)
    tried(make_message(), "sent", at=now)

    expected = {("email", "sent"): 6, ("email", "failed"): 0, ("sms", "sent"): 0, ("sms", "failed"): 1}
    with django_assert_num_queries(3):
        assert totals(now=now) == expected
    with django_assert_num_queries(2):
        assert totals(now=now) == expected
    with CaptureQueriesContext(connection) as asked:
        assert totals(now=now + timedelta(hours=1)) == expected
    old = Delivery.objects.filter(at=long_ago).order_by("pk").last()
    assert old
    assert all(f'"outbox_delivery"."id" > {old.pk}' in query["sql"] for query in asked.captured_queries)


def test_figures_hold_no_names_and_cost_nine_queries(clock, django_assert_num_queries):
    late()
    with django_assert_num_queries(9):
        text = Client().get("/metrics").content.decode()
    assert "amina" not in text.lower()


def test_figures_are_for_this_machine_or_whoever_has_the_token(clock, settings):
    assert Client().get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert Client().get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    settings.METRICS_TOKEN = "figures-please"
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", headers={"Authorization": "Bearer figures-pleasE"}).status_code == 404
    assert figures(headers={"Authorization": "Bearer figures-please"}, REMOTE_ADDR="203.0.113.9")


def test_what_a_dead_worker_holds_is_seen_and_a_living_one_takes_it_up(clock):
    message = make_sms(due_at=wall_clock.now() - timedelta(minutes=1))
    taken = claims.claim(now=wall_clock.now(), owner=new_owner(), limit=9, channel="sms")
    assert [one.pk for one in taken] == [message.pk]

    assert health()[0] == 200  # it is in somebody's hand
    clock.forward(minutes=6)
    status, answer = health()

    assert (status, answer["outbox"]["sms"]) == (503, {"due": 1, "oldest_due_seconds": 420})
    assert "samtale.W001" in check()
    assert claims.recover(wall_clock.now()) == 1
    assert [queue.due for queue in queues(now=wall_clock.now())] == [0, 1]


def test_pages_are_served_while_delivery_stands_still(clock):
    late()

    assert Client().get("/healthz").status_code == 503
    response = Client().get("/healthz/web")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def test_a_database_that_is_away_is_said_and_not_waited_for():
    def refuse(*arguments):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        status, answer = health()
        web = Client().get("/healthz/web")
        said = check()

    assert (status, answer) == (503, {"status": "database away"})
    assert (web.status_code, web.json()) == (status, answer)
    assert "samtale.W002" in said


def test_what_waits_for_later_costs_nothing(clock, django_assert_num_queries):
    for _ in range(50):
        make_message(due_at=wall_clock.now() + timedelta(days=3))
    with django_assert_num_queries(2):
        assert [queue.due for queue in queues(now=wall_clock.now())] == [0, 0]
    with django_assert_num_queries(2):
        assert standing_still(now=wall_clock.now()) == []


@pytest.mark.django_db(transaction=True)
def test_every_question_is_answered_from_an_index(clock):
    """On a table like any that has been in use: what is done is of the past, what waits of the future."""
    now = wall_clock.now()
    for state, at in (("sent", now - timedelta(days=3)), ("waiting", now + timedelta(days=3))):
        Message.objects.bulk_create(
            Message(
                channel="email",
                state=state,
                created_at=now,
                due_at=at,
                try_at=at,
                content=[["text", "x" * 900]],
            )
            for _ in range(1500)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE outbox_message")
    with CaptureQueriesContext(connection) as asked:
        assert standing_still(now=now) == []
        assert [queue.due for queue in queues(now=now)] == [0, 0]
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        for query in [query for query in asked.captured_queries if "SELECT" in query["sql"]]:
            cursor.execute(f"{explain} {query['sql']}")
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            assert "message_waiting" in plan or "message_leased" in plan, plan
            assert "Seq Scan" not in plan, plan
