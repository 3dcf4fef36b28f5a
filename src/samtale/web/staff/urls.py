"""The staff's pages. Each module keeps the addresses of its own pages."""

from django.urls import include, path

from samtale.web.staff import (
    applicants,
    application,
    calendar,
    import_pages,
    interview_pages,
    invite,
    job_pages,
    outbox,
    projects,
    reject,
    session,
    settings_pages,
    start,
)

app_name = "staff"

urlpatterns = [
    path("", include(start.urlpatterns)),
    path("", include(session.urlpatterns)),
    path("projects/", include(projects.urlpatterns)),
    path("projects/<int:project_id>/applications/", include(applicants.urlpatterns)),
    path("projects/<int:project_id>/import/", include(import_pages.urlpatterns)),
    path("projects/<int:project_id>/invite/", include(invite.urlpatterns)),
    path("projects/<int:project_id>/reject/", include(reject.urlpatterns)),
    path("applications/", include(application.urlpatterns)),
    path("calendar/", include(calendar.urlpatterns)),
    path("", include(interview_pages.urlpatterns)),
    path("jobs/", include(job_pages.urlpatterns)),
    path("outbox/", include(outbox.urlpatterns)),
    path("settings/", include(settings_pages.urlpatterns)),
]
