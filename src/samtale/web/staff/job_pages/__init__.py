"""Long work: how far it is, what has come of it, and how to stop it."""

from django.urls import path

from samtale.web.staff.job_pages import page

urlpatterns = [
    path("<int:job_id>/", page.job, name="job"),
    path("<int:job_id>/stop/", page.stop_job, name="job-stop"),
    path("<int:job_id>/file/", page.file, name="job-file"),
]
