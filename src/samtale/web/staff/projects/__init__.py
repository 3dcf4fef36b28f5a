"""Recruitment projects: the overview, one project's page (Søknadshåndtering), and its editing."""

from django.urls import path

from samtale.web.staff.projects import edit, overview, page

urlpatterns = [
    path("", overview.projects, name="projects"),
    path("new/", edit.project_new, name="project-new"),
    path("<int:project_id>/", page.project, name="project"),
    path("<int:project_id>/edit/", edit.project_edit, name="project-edit"),
    path("<int:project_id>/complete/", page.complete, name="project-complete"),
    path("<int:project_id>/reopen/", page.reopen, name="project-reopen"),
]
