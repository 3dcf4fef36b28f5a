"""Mounts the pages; nothing else."""

from django.urls import include, path

urlpatterns = [
    path("", include("samtale.web.staff.urls")),
    path("feed/", include("samtale.web.feeds")),
    path("a/", include("samtale.web.candidate.urls")),
    path("", include("samtale.web.monitoring")),
    path("hooks/", include("samtale.web.hooks.urls")),
    path("accounts/", include("samtale.web.staff.log_in")),
]

handler500 = "samtale.web.away.server_error"
