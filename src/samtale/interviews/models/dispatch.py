import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.recruiting.models import Project


class Reminder(models.TextChoices):
    """Which reminder the candidates get (spec 4)."""

    NONE = "none", _("No reminder")
    EMAIL = "email", _("Send reminder by e-mail")
    SMS = "sms", _("Send reminder by SMS")
    BOTH = "both", _("Send both e-mail and SMS reminder")


class Dispatch(models.Model):
    """One press of Send: what was chosen and written in the two steps of inviting.

    `send_key` is made when step 1 is first shown, so a second Send of the same form finds this row.
    `wording` keeps the texts per language with their tags, from which a reminder is written anew
    when its interview moves: {language: {"subject", "content", "signature", "reminder_subject",
    "reminder_content", "reminder_signature", "reminder_sms"}}.
    """

    send_key = models.UUIDField(default=uuid.uuid4, unique=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="dispatches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    sends_email = models.BooleanField()
    sender_name = models.CharField(max_length=200)
    sender_address = models.EmailField()
    includes_link = models.BooleanField()
    reminder = models.CharField(max_length=10, choices=Reminder, default=Reminder.NONE)
    reminder_days = models.PositiveSmallIntegerField(null=True)
    wording = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "dispatches"

    def __str__(self) -> str:
        return f"{self.project} {self.at:%Y-%m-%d %H:%M}"
