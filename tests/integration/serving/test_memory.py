"""What a process keeps in memory for as long as it lives, though it may never need it."""

import json
import subprocess
import sys

import pytest

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
_SQLITE_DEFAULT = -2000  # KiB, as a negative number


@pytest.fixture
def loaded(installation: Installation) -> tuple[list[str], int]:
    """Load all pages and the worker on SQLite. The modules that are there then, and the size of the cache."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "samtale.settings",
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"sqlite:///{installation.folder}/samtale.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "-c", _LOAD],
        cwd=installation.folder,
        env=installation.environment | settings,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    modules, size = json.loads(done.stdout)
    return modules, size


def test_what_few_ever_use_is_not_loaded_at_the_start(loaded):
    modules, _size = loaded

    assert "samtale.recruiting.domain.export" in modules
    assert {"psycopg", "openpyxl"}.isdisjoint(modules)


def test_each_threads_cache_is_no_larger_than_sqlites_own(loaded):
    _modules, size = loaded

    assert _SQLITE_DEFAULT <= size < 0
