"""What a process keeps in memory for as long as it lives, though it may never need it."""

import json
import subprocess
import sys
from typing import Any

from tests.integration.serving.conftest import Installation

_LOAD = """
import json, sys
import django
django.setup()
from django.db import connection
from django.urls import get_resolver
import samtale.outbox.worker
assert get_resolver().url_patterns
with connection.cursor() as cursor:
    cursor.execute("PRAGMA cache_size")
    print(json.dumps([sorted(sys.modules), cursor.fetchone()[0]]))
"""
_START_WEB = """
import gc, json
import django
django.setup()
from samtale.serving.gunicorn_settings import on_starting
on_starting(None)
print(json.dumps([gc.get_freeze_count(), len(gc.get_objects())]))
"""
_SQLITE_DEFAULT = -2000  # KiB, as a negative number


def run(installation: Installation, program: str) -> Any:
    """Run `program` on SQLite in a process of its own, and return the JSON that it prints."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "samtale.settings",
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"sqlite:///{installation.folder}/samtale.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=installation.folder,
        env=installation.environment | settings,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_what_few_ever_use_is_not_loaded_at_the_start(installation: Installation):
    modules, _size = run(installation, _LOAD)

    assert "samtale.recruiting.domain.export" in modules
    assert {"psycopg", "openpyxl"}.isdisjoint(modules)


def test_each_threads_cache_is_no_larger_than_sqlites_own(installation: Installation):
    _modules, size = run(installation, _LOAD)

    assert _SQLITE_DEFAULT <= size < 0


def test_no_request_waits_for_garbage_to_be_looked_for_in_all_that_was_loaded(installation: Installation):
    frozen, others = run(installation, _START_WEB)

    assert frozen > 100_000
    assert others < frozen / 100
