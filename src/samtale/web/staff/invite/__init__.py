"""Inviter til intervju: the two steps between ticking applicants and Send (spec 2)."""

from django.urls import path
from django.views.decorators.http import require_POST

from samtale.web.staff.invite.pages import begin, check, invite, preview, slots
from samtale.web.staff.invite.undo import undo

__all__ = ["begin"]

urlpatterns = [
    path("", invite, name="invite"),
    path("slots/", slots, name="invite-slots"),
    path("checks/", check, name="invite-checks"),
    path("preview/", preview, name="invite-preview"),
    path("undo/<int:dispatch_id>/", require_POST(undo), name="invite-undo"),
]
