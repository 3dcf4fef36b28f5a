from django.conf import settings
from django.db import models

from samtale.recruiting.models.project import Project


class ImportDraft(models.Model):
    """A file between its upload and the pressing of Import. It is its owner's alone and lasts a day."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_index=True)
    filename = models.CharField(max_length=200)
    headers = models.JSONField(help_text="a list of texts")
    rows = models.JSONField(help_text="a list of [row number, [cell, …]]")
    ignored_sheets = models.JSONField(default=list, help_text="names of sheets that were not read")

    def __str__(self) -> str:
        return self.filename
