import json
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from samtale.outbox.models.message import State
from samtale.outbox.transports.errors import TransportDownError, TransportError
from samtale.outbox.transports.sms import Sms, transport
from tests.factories.accounts import make_organisation
from tests.factories.outbox import answer_address, make_content, make_sms
from tests.integration.outbox.conftest import fresh

pytestmark = pytest.mark.django_db


class Gateway:
    """A gateway whose mood stands in its address: `?fine`, `?down`, `?refuses`, `?busy` or `?silent`."""

    def __init__(self, url: str) -> None:
        self.mood = url.partition("?")[2]

    def open(self) -> None:
        if self.mood == "down":
            raise TransportDownError("no gateway here")

    def send(self, parcel: Sms) -> str:
        if self.mood == "refuses":
            raise TransportError("not a number", permanent=True)
        if self.mood == "busy":
            raise TransportError("too many", permanent=False)
        if self.mood == "silent":
            raise TransportError("no answer", permanent=False, may_have_left=True)
        return f"id-of-{parcel.reference}"

    def close(self) -> None:
        pass


def mood(settings, name: str) -> None:
    settings.SMS_URL = f"{__name__}.Gateway?{name}"


def test_a_text_message_becomes_a_file(settings, tmp_path, deliver):
    settings.SMS_URL = f"file://{tmp_path}/sms"
    make_organisation(sms_sender="Bergen")
    message = make_sms(content=make_content("Hei {name}! Svar: {confirmlink}"))

    deliver()

    [file] = (tmp_path / "sms").iterdir()
    assert json.loads(file.read_text()) == {
        "sender": "Bergen",
        "recipient": "+4791234567",
        "text": f"Hei Amina Hassan! Svar: {answer_address(message, 'confirmlink')}",
        "reference": str(message.public_id),
        "receipt_url": "",
        "receipt_token": "",
    }
    assert (fresh(message).state, fresh(message).provider_id) == (State.SENT, file.name)


def test_without_a_sender_of_its_own_the_organisation_is_named(settings, tmp_path, deliver):
    settings.SMS_URL = f"file://{tmp_path}"
    make_organisation(name="Bergen kommune, helse", sms_sender="")
    make_sms()

    deliver()

    [file] = tmp_path.iterdir()
    assert len(json.loads(file.read_text())["sender"]) <= 11


def test_the_console_shows_it(settings, capsys, deliver):
    settings.SMS_URL = "console:"
    make_sms(content=make_content("Hei {name}"))

    deliver()

    assert "→ +4791234567: Hei Amina Hassan" in capsys.readouterr().out


def test_the_gateways_reference_is_kept(settings, deliver):
    mood(settings, "fine")
    message = make_sms()

    deliver()

    assert fresh(message).provider_id == f"id-of-{message.public_id}"


@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("refuses", State.FAILED, "not a number"),
        ("busy", State.WAITING, "too many"),
        ("silent", State.UNKNOWN, "no answer"),
        ("down", State.WAITING, "no gateway here"),
    ],
)
def test_what_a_gateway_may_do(settings, deliver, wall, name, state, reason):
    mood(settings, name)
    message = make_sms()

    deliver()

    assert (fresh(message).state, fresh(message).reason) == (state, reason)
    assert fresh(message).tries == (name != "down")


def test_a_message_of_which_nobody_knows_is_not_sent_again(settings, deliver, wall):
    mood(settings, "silent")
    make_sms()
    deliver()
    wall.now += timedelta(days=2)

    assert deliver().handled == 0


@pytest.mark.parametrize(
    "url", ["", "smsgateway", "ftp://x", "no.such.module.Gateway", "samtale.core.clock.Nothing"]
)
def test_an_address_that_leads_nowhere_is_an_error_of_configuration(url: str):
    with pytest.raises(ImproperlyConfigured, match="SMS_URL"):
        transport(url)
