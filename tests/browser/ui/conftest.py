import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _gallery_for_anyone(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.browser.ui.urls"
