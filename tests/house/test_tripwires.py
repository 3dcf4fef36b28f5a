"""The tripwires do trip."""

import socket
import warnings
from datetime import datetime

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.template import engines

from tests.conftest import Clock
from tests.tripwires import ForeignConnection, UndefinedTemplateVariable


def test_a_template_with_an_undefined_variable_fails():
    template = engines["django"].from_string("{{ person.name }}")

    with pytest.raises(UndefinedTemplateVariable, match=r"person\.name"):
        template.render({})


def test_another_machine_cannot_be_reached():
    with socket.socket() as connection, pytest.raises(ForeignConnection):
        connection.connect(("192.0.2.1", 80))


def test_a_warning_is_an_error():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_rows_without_an_order_come_in_none():
    ids = list(ContentType.objects.values_list("pk", flat=True))

    assert len(ids) > 5
    assert ids != sorted(ids)
    assert list(ContentType.objects.order_by("pk").values_list("pk", flat=True)) == sorted(ids)


def test_a_time_without_a_zone_is_refused(clock: Clock):
    with pytest.raises(AssertionError, match="aware"):
        clock.move_to(datetime(2026, 3, 2))  # noqa: DTZ001
    with pytest.raises(RuntimeError), time_machine.travel(datetime(2026, 3, 2)):  # noqa: DTZ001
        pass
