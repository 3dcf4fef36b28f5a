"""The page of one application (Søknad og CV), and what is changed from it."""

from django.urls import path

from samtale.web.staff.application import anonymise, details, documents, interview, page, progress

urlpatterns = [
    path("<int:application_id>/", page.application, name="application"),
    path("<int:application_id>/personal/", details.personal, name="application-personal"),
    path("<int:application_id>/texts/", details.texts, name="application-texts"),
    path("<int:application_id>/anonymise/", anonymise.anonymise, name="application-anonymise"),
    path("<int:application_id>/status/", progress.status, name="application-status"),
    path("<int:application_id>/notes/", progress.note, name="application-note"),
    path("<int:application_id>/documents/", documents.upload, name="application-documents"),
    path("<int:application_id>/documents/<int:document_id>/", documents.download, name="document"),
    path("<int:application_id>/invitations/<int:invitation_id>/", interview.edit, name="invitation-edit"),
]
