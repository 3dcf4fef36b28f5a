"""The product's settings for a worker in a process of its own, with the kinds that only tests know."""

from samtale.settings import *  # noqa: F403
from samtale.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.integration.outbox.process_app"]
EMAIL_TIMEOUT = 5
