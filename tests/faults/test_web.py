"""The real web server, while PostgreSQL is away and when it is back."""

import os
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from bs4 import BeautifulSoup, Tag

from scripts.postgres import CLUSTER, Cluster, throw_away
from tests.integration.serving.conftest import Installation
from tests.integration.serving.test_supervisor import family, ready, wait_for

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(not os.environ.get(CLUSTER), reason="needs a PostgreSQL server that may be restarted"),
]
PASSWORD = "et-langt-passord-42"
EMAIL = "kari@example.org"
# The time that a page waits for a connection, and some for a machine under load.
SOON = 3 + 3


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    installation.end()


@pytest.fixture
def cluster(installation: Installation) -> Iterator[Cluster]:
    """A server of this test's own, under a Samtale that has an administrator and is ready."""
    with throw_away() as cluster:
        installation.environment |= {
            "DATABASE_URL": cluster.url,
            "SECRET_KEY": "for-the-tests-only-" * 3,
            "SECURE_COOKIES": "false",
            "SITE_URL": f"http://localhost:{installation.port}",
            "SAMTALE_ADMIN_EMAIL": EMAIL,
            "SAMTALE_ADMIN_FIRST_NAME": "Kari",
            "SAMTALE_ADMIN_LAST_NAME": "Nordmann",
            "SAMTALE_ADMIN_PASSWORD": PASSWORD,
        }
        for command in ("migrate", "createadmin"):
            done = installation.run(command)
            assert done.returncode == 0, done.stdout + done.stderr
        installation.serve(DEBUG="false")
        wait_for(lambda: ready(installation))
        yield cluster
        installation.end()


class Reader:
    """A browser without scripts, logged in."""

    def __init__(self, installation: Installation) -> None:
        self.site = f"http://localhost:{installation.port}"
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = "nb"
        form = self.form("/accounts/login/", "main form")
        page = self.send(form, login=EMAIL, password=PASSWORD)
        assert page.status_code == 200, page.text
        assert "password" not in page.text

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.site + path, timeout=30)

    def form(self, path: str, selector: str) -> Tag:
        return form_of(self.get(path), selector)

    def send(self, form: Tag, **changes: str) -> requests.Response:
        fields = {
            field["name"]: field.get("value", "")
            for field in form.select("input[name]")
            if field.get("type") not in ("checkbox", "radio") or field.has_attr("checked")
        }
        for choice in form.select("select[name]"):
            chosen = choice.select_one("option[selected]")
            if chosen:
                fields[choice["name"]] = chosen["value"]
        return self.session.post(self.site + form["action"], fields | changes, timeout=30)


def form_of(page: requests.Response, selector: str) -> Tag:
    form = BeautifulSoup(page.text, "html.parser").select_one(selector)
    assert form, page.text
    form["action"] = form.get("action") or re.sub(r"^https?://[^/]+", "", page.url)
    return form


def timed_get(reader: Reader, path: str) -> tuple[requests.Response, float]:
    start = time.monotonic()
    return reader.get(path), time.monotonic() - start


def test_pages_say_soon_that_the_database_is_away_and_what_was_typed_is_saved_later(
    installation: Installation, cluster: Cluster
):
    reader = Reader(installation)
    profile = reader.form("/settings/profile/", "main form:has([name=first_name])")
    servers = {process.pid for process in family(installation.started[0].pid)}

    cluster.stop("immediate")
    # Many more readers at once than there are threads.
    paths = ["/", "/projects/", "/outbox/", "/accounts/login/?lang=en"] * 10
    with ThreadPoolExecutor(len(paths)) as readers:
        answers = list(readers.map(lambda path: timed_get(reader, path), paths))
    longest = max(seconds for _page, seconds in answers)
    print(f"the longest of {len(answers)} pages took {longest:.2f} s")
    for page, _seconds in answers:
        assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
        assert page.headers["Cache-Control"] == "no-store"
        assert "Databasen svarer ikke" in page.text or "The database does not answer" in page.text
    assert longest < SOON
    swedish = reader.get("/a/some-key/?lang=sv")
    assert (swedish.status_code, "Databasen svarar inte" in swedish.text) == (503, True)
    healthz = requests.get(f"{reader.site}/healthz", timeout=30)
    assert (healthz.status_code, healthz.json()["status"]) == (503, "database away")

    refused = reader.send(profile, first_name="Åse <b>")
    assert refused.status_code == 503
    assert "Åse &lt;b&gt;" in refused.text
    again = form_of(refused, "main form")
    time.sleep(8)  # long enough for the pool's pauses to have grown, if they did
    still_away = reader.send(again)
    assert still_away.status_code == 503

    cluster.start()
    time.sleep(1)  # for which it is remembered that the database was away
    saved = reader.send(form_of(still_away, "main form"))
    assert saved.status_code == 200, saved.text
    name = reader.form("/settings/profile/", "main form:has([name=first_name])").select_one(
        "[name=first_name]"
    )
    assert name["value"] == "Åse <b>"
    web = {process.pid for process in family(installation.started[0].pid)}
    assert servers == web, "a process was replaced"


def test_after_a_restart_in_a_quiet_moment_no_reader_meets_a_dead_connection(
    installation: Installation, cluster: Cluster
):
    reader = Reader(installation)
    for mode in ("fast", "immediate"):
        with ThreadPoolExecutor(8) as readers:  # so that every pool holds connections
            list(readers.map(reader.get, ["/projects/"] * 24))
        cluster.stop(mode)
        cluster.start()
        with ThreadPoolExecutor(8) as readers:
            pages = list(readers.map(reader.get, ["/projects/"] * 24))
        assert [page.status_code for page in pages] == [200] * 24


def test_a_connection_is_given_up_when_its_server_vanishes(installation: Installation, cluster: Cluster):
    if not sys.platform.startswith("linux"):
        pytest.skip("the option is Linux's")
    asked = (
        "from django.db import connection as c; c.ensure_connection(); "
        "import socket; s = socket.socket(fileno=c.connection.pgconn.socket); "
        "print(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT), "
        "s.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), "
        "s.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)); s.detach()"
    )
    assert installation.run("shell", "-v0", "-c", asked).stdout.split() == ["10000", "1", "10"]
