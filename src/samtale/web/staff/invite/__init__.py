"""Inviter til intervju: the two steps between ticking applicants and Send (spec 2)."""

from django.urls import path

from samtale.web.staff.invite.pages import begin, invite, preview, slots

__all__ = ["begin"]

urlpatterns = [
    path("", invite, name="invite"),
    path("slots/", slots, name="invite-slots"),
    path("preview/", preview, name="invite-preview"),
]
