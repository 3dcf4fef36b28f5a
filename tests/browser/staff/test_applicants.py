"""The list of applicants in a real browser: narrowed, ticked across pages, on a desk and in a hand."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from samtale.accounts.models import User
from samtale.recruiting.models import Application, Project
from tests.browsers import DESKTOP, PHONE, axe, log_in
from tests.factories.accounts import make_administrator
from tests.factories.recruiting import make_application, make_applications, make_project

pytestmark = pytest.mark.parametrize("viewport", [DESKTOP, PHONE])


@pytest.fixture
def project(transactional_db: None) -> Project:
    project = make_project(owner=make_administrator())
    make_applications(project, 30)
    make_application(project, first_name="Åse", last_name="Ødegård", email="aase@example.org")
    return project


@pytest.fixture
def listed(page: Page, live_server: LiveServer, project: Project) -> Page:
    log_in(page, User.objects.get(pk=project.owner_id))
    page.goto(f"{live_server.url}/projects/{project.pk}/applications/")
    return page


def test_search_and_filter(listed: Page) -> None:
    listed.get_by_label("Finn søkere").fill("øde")
    listed.keyboard.press("Enter")
    expect(listed.get_by_role("link", name="Åse Ødegård")).to_be_visible()
    expect(listed.locator("tbody tr")).to_have_count(1)
    listed.get_by_label("Status", exact=True).select_option(label="Avslag (0)")
    expect(listed.get_by_text("Ingen søkere passer til søket.")).to_be_visible()
    axe(listed)


def test_everybody_withdraws_after_one_question(listed: Page) -> None:
    listed.get_by_label("Velg alle på denne siden").check()
    expect(listed.get_by_text("25 valgt")).to_be_visible()
    listed.get_by_role("button", name="Velg alle 31").click()
    expect(listed.get_by_text("31 valgt")).to_be_visible()
    axe(listed)
    listed.get_by_label("Videre fremdrift").select_option(label="Trukket seg")
    listed.get_by_role("button", name="Utfør").click()
    expect(listed.get_by_role("heading", name="Gi 31 søkere statusen «Trukket seg»?")).to_be_visible()
    axe(listed)
    listed.get_by_role("button", name="Trukket seg").click()
    expect(listed.get_by_text("31 søkere har nå statusen «Trukket seg».")).to_be_visible()
    assert set(Application.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_nothing_ticked_is_said(listed: Page) -> None:
    listed.get_by_role("button", name="Utfør").click()
    expect(listed.get_by_text(re.compile("Ingen søkere er valgt"))).to_be_visible()
