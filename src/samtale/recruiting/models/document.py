import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.recruiting.models.application import Application


def storage_path(document: "Document", filename: str) -> str:
    """Store under a name of our own: what the applicant called the file is only shown."""
    return f"applications/{document.application_id}/{uuid.uuid4().hex}"


class Document(models.Model):
    """A file that belongs to an application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("Name"), max_length=200)
    file = models.FileField(_("File"), upload_to=storage_path)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name
