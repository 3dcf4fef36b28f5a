import pytest

from samtale.calendars.checks import calendars_can_be_read
from tests.factories.calendars import make_ics_calendar

pytestmark = pytest.mark.django_db


def test_calendars_that_no_key_opens_are_counted(settings):
    make_ics_calendar("https://calendar.example.org/a.ics")
    assert calendars_can_be_read() == []
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a new key, which is long enough to be one"
    assert [each.id for each in calendars_can_be_read()] == ["samtale.W004"]
    settings.SECRET_KEY_FALLBACKS = [old]
    assert [each.id for each in calendars_can_be_read()] == ["samtale.I001"]
