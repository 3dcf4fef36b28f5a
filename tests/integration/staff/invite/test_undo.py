"""Undo beside the list of applicants, and back into step 2."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from samtale.interviews.models import Dispatch, Interview
from samtale.outbox.models import Message
from tests.factories.recruiting import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.undo_window]


def undo_form(client, project):
    page = client.get(reverse("staff:applications", args=[project.pk])).content
    return BeautifulSoup(page, "html.parser").select_one("[data-undo] form")


def test_it_leads_back_with_everything_and_can_be_sent_again(client, clock, project, flow):
    steps = flow(make_application(project), make_application(project, language="en"))
    steps.to_step_2(duration="35", place="Rådhuset")
    first = next(name for name in steps.fields if name.startswith("texts-nb-subject"))
    steps.press("send", **{first: "Velkommen, {first-name}"})
    if not Dispatch.objects.exists():
        steps.press("send")  # warnings have been read
    before = list(Interview.objects.order_by("start").values_list("start", "duration", "place"))
    old = Dispatch.objects.get()
    wording = old.wording

    steps.response = client.post(undo_form(client, project)["action"])

    assert not Interview.objects.exists()
    assert steps.fields["send_key"] != str(old.send_key)
    assert steps.fields[first] == "Velkommen, {first-name}"
    steps.press("send")
    if not Dispatch.objects.exists():
        steps.press("send")
    assert list(Interview.objects.order_by("start").values_list("start", "duration", "place")) == before
    assert Dispatch.objects.get().wording == wording


def test_pressed_twice_it_says_so_and_after_the_window_too(client, clock, project, flow):
    flow(make_application(project)).to_step_2(place="Rådhuset").press("send")
    address = undo_form(client, project)["action"]
    clock.forward(seconds=30)
    assert undo_form(client, project) is None
    late = client.post(address, follow=True)
    assert "For sent å angre" in late.content.decode()
    assert Interview.objects.exists()

    clock.forward(seconds=-20)
    client.post(address)
    assert not Interview.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
    assert "angret allerede" in client.post(address, follow=True).content.decode()
