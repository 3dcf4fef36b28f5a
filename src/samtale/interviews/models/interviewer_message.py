from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Organisation
from samtale.interviews.models.interview import Interview
from samtale.outbox.models import Message


class InterviewerMessage(models.Model):
    """What a letter to an interviewer says, of which version of the interview."""

    class Purpose(models.TextChoices):
        INVITATION = "invitation", _("Invitation for the interviewer")
        CHANGE = "change", _("Change for the interviewer")
        CANCELLATION = "cancellation", _("Cancellation for the interviewer")

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="about_interview"
    )
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="interviewer_messages")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    interview_version = models.PositiveIntegerField()

    organisation: Organisation | None = None  # whoever delivers many asks for it once

    class Meta:
        indexes = [models.Index(fields=["interview", "user"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.interview_id} v{self.interview_version}"
