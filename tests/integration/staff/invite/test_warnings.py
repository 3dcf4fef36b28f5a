"""Whom step 1 warns of."""

import pytest

from tests.factories.recruiting import make_application, make_applications

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_where_nobody_can_be_invited_the_heading_counts_nobody(flow, project):
    flow = flow(make_application(project, status="withdrawn"))
    assert flow.page.h1.get_text(strip=True) == "Inviter til intervju"
    assert "Ingen av søkerne kan inviteres." in flow.text


def test_who_has_come_further_is_pointed_out(flow, project):
    names = {"offered": "Ada", "panel_review": "Bo", "under_review": "Cai"}
    flow = flow(
        *(make_application(project, status=s, first_name=n, last_name="Vik") for s, n in names.items())
    )
    [warning] = flow.page.select("main .ds-alert[data-color=warning]")
    assert "Disse er kommet lenger" in warning.p.text
    assert [line.text for line in warning.select("li")] == [
        "Ada Vik (Mottatt jobbtilbud)",
        "Bo Vik (Rangering)",
    ]
    assert not warning.select("details")


def test_a_long_warning_is_folded(flow, project):
    flow = flow(*make_applications(project, 11, status="withdrawn"), make_application(project))
    [warning] = flow.page.select("main .ds-alert[data-color=warning]")
    assert warning.details.summary.text == "Vis 11 navn"
    assert len(warning.details.select("li")) == 11
