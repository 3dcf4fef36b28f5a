from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.core.text import folded
from samtale.recruiting.models.application import Application


class Note(models.Model):
    """What a colleague wrote about an application, for colleagues only."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(_("Note"))
    search_text = models.TextField(editable=False, help_text="`text` as searches see it")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.text[:60]

    def save(self, **kwargs: Any) -> None:
        self.search_text = folded(self.text)
        super().save(**kwargs)
