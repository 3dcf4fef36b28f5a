import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samtale.outbox.models import Message
from samtale.recruiting.models.application import Application
from samtale.recruiting.models.project import Project


class RejectionType(models.TextChoices):
    """How far the applicant had come. Each has a letter of its own (spec 8)."""

    APPLICATION = "application", _("After the application")
    INFORMATION = "information", _("After the information meeting")
    INTERVIEW_1 = "interview_1", _("After interview 1")
    INTERVIEW_2 = "interview_2", _("After interview 2")
    INTERVIEW_3 = "interview_3", _("After interview 3")


class RejectionReason(models.TextChoices):
    """Why, for the employer's own records. The applicant never reads it."""

    OTHERS_STRONGER = "others_stronger", _("Other applicants are stronger")
    QUALIFICATIONS = "qualifications", _("Does not meet the requirements")
    EXPERIENCE = "experience", _("Too little experience")
    SUITABILITY = "suitability", _("Personal suitability")
    INCOMPLETE = "incomplete", _("Incomplete application")
    FILLED = "filled", _("The position is filled")
    WITHDRAWN_VACANCY = "withdrawn_vacancy", _("The position will not be filled")
    OTHER = "other", _("Other reason")


class RejectionDispatch(models.Model):
    """One press of Reject: what was chosen and written, for one applicant or for thousands.

    `send_key` is made when the form is first shown, so a second press of it finds this row. `wording` keeps
    the texts with their tags: {language: {"subject", "content", "signature"}}; empty without e-mail.
    """

    send_key = models.UUIDField(default=uuid.uuid4, unique=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="rejection_dispatches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    type = models.CharField(_("Type"), max_length=12, choices=RejectionType)
    reason = models.CharField(pgettext_lazy("rejection", "Reason"), max_length=20, choices=RejectionReason)
    note = models.CharField(_("Comment"), max_length=300, blank=True)
    sends_email = models.BooleanField()
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.EmailField(blank=True)
    due_at = models.DateTimeField(null=True, help_text="when the letters leave")
    wording = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "rejection dispatches"

    def __str__(self) -> str:
        return f"{self.project} {self.at:%Y-%m-%d %H:%M}"


class Rejection(models.Model):
    """That an application was rejected by a dispatch, once however often it is repeated, and the letter."""

    dispatch = models.ForeignKey(RejectionDispatch, on_delete=models.CASCADE, related_name="rejections")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="rejections")
    message = models.OneToOneField(
        Message, null=True, on_delete=models.SET_NULL, related_name="about_rejection"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispatch", "application"], name="rejected_once")]

    def __str__(self) -> str:
        return f"{self.application} {self.dispatch}"
