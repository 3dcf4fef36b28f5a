"""The product's settings in production, with two pages more to measure against."""

from samtale.settings import *  # noqa: F403
from samtale.settings import INSTALLED_APPS

INSTALLED_APPS = ["scripts.bench", *INSTALLED_APPS]
ROOT_URLCONF = "scripts.bench.urls"
