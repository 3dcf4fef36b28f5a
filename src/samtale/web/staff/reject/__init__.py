"""Rejecting applicants, reached from the list and from one application."""

from django.urls import path

from samtale.web.staff.reject import pages

urlpatterns = [
    path("", pages.reject, name="reject"),
    path("preview/", pages.preview, name="reject-preview"),
]
