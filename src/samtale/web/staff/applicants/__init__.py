"""The list of a project's applicants, and what is done from it."""

from django.urls import path

from samtale.web.staff.applicants import add, export, listing, progress

urlpatterns = [
    path("", listing.applications, name="applications"),
    path("new/", add.application_new, name="application-new"),
    path("export/", export.export, name="export"),
    path("progress/", progress.progress, name="progress"),
]
