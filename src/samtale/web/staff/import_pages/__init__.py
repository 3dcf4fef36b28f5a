"""Import of applicants: choose a file, look at what it would do, import it."""

from django.urls import path

from samtale.web.staff.import_pages import preview, upload

urlpatterns = [
    path("", upload.upload, name="import"),
    path("template/", upload.template, name="import-template"),
    path("<int:draft_id>/", preview.preview, name="import-preview"),
    path("<int:draft_id>/discard/", preview.discard, name="import-discard"),
]
