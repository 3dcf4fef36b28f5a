"""The product's settings, apart from what the machine's environment or `.env` says.

`TEST_DATABASE_URL` runs the tests on another database than a fresh SQLite file.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="samtale-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ |= {
    "SAMTALE_DATA": str(_folder),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_folder}/tests.sqlite3",
    "DEBUG": "false",
    "SECRET_KEY": "for-the-tests-only-" * 3,
    "SECRET_KEY_FALLBACKS": "",
    "SITE_URL": "https://samtale.example.org",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "EMAIL_URL": f"file://{_folder}/mail",
    "SMS_URL": f"file://{_folder}/sms",
    "DEFAULT_FROM_EMAIL": "Samtale <samtale@example.org>",
    "LANGUAGE_CODE": "nb",
    "TIME_ZONE": "Europe/Oslo",
    "PHONE_REGION": "NO",
    "BEHIND_PROXY": "false",
    "SECURE_COOKIES": "false",
    "SECURE_HSTS_SECONDS": "0",
    "METRICS_TOKEN": "",
    "CALENDAR_ALLOWED_HOSTS": "",
    "INBOX_URL": "",
    "INBOX_ADDRESS": "",
    "LOG_LEVEL": "WARNING",
    # Playwright keeps an event loop in the thread of the tests, which Django takes for async code.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}

from samtale.settings import *  # noqa: E402, F403
from samtale.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402
from tests.tripwires import UndefinedVariable  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests, and those with threads, use several connections.
    DATABASES["default"]["TEST"] = {"NAME": _folder / "tests.sqlite3"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
(_folder / "static").mkdir()
