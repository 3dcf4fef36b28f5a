"""What becomes of a message when a gateway answers badly."""

from datetime import timedelta

import pytest

from samtale.outbox.models.message import State
from tests.factories.outbox import make_sms
from tests.integration.outbox.conftest import fresh
from tests.integration.outbox.sms.gateways import GATEWAYS, KEYS, Server, address

pytestmark = pytest.mark.django_db


@pytest.fixture(params=GATEWAYS)
def through(request: pytest.FixtureRequest, settings, server: Server, tmp_path) -> Server:
    server.key = KEYS[request.param]
    settings.SMS_URL = address(request.param, server.server_port, tmp_path)
    return server


def test_after_a_hang_up_nobody_knows_and_it_does_not_go_again(through: Server, deliver, wall):
    through.mood = "hang up"
    message = make_sms()
    deliver()
    through.mood = 200
    wall.now += timedelta(days=2)
    deliver()

    assert fresh(message).state == State.UNKNOWN
    assert len(through.seen) == 1


def test_a_bad_log_in_stops_the_channel_and_counts_as_no_try(through: Server, deliver):
    through.mood = 401
    messages = [make_sms() for _ in range(5)]
    done = deliver()

    assert "401" in done.down["sms"]
    assert {(fresh(message).state, fresh(message).tries) for message in messages} == {(State.WAITING, 0)}
    assert len(through.seen) == 2  # the second shows that it was not the first one's fault
