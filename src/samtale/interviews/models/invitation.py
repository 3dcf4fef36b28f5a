import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samtale.accounts.models import Organisation
from samtale.interviews.models.interview import Interview
from samtale.outbox.models import Message
from samtale.recruiting.models import Application


class MeetingStatus(models.TextChoices):
    """What the candidate has said (spec 5)."""

    AWAITING = "awaiting", _("Awaiting response")
    ACCEPTED = "accepted", pgettext_lazy("meeting status", "Accepted")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("meeting status", "Not accepted")
    NEW_TIME = "new_time", _("Contact for new time")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class Outcome(models.TextChoices):
    """Whether the candidate came, once the interview is over."""

    UNKNOWN = "", _("Not recorded")
    ATTENDED = "attended", pgettext_lazy("outcome", "Came")
    NO_SHOW = "no_show", pgettext_lazy("outcome", "Did not come")


class Invitation(models.Model):
    """One candidate's part in an interview. Carries the meeting status.

    The candidate's link is signed from `public_id` and `link_version` and stored nowhere.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="invitations")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="invitations")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    link_version = models.PositiveIntegerField(
        default=1, help_text="rises when older links must stop working"
    )
    meeting_status = models.CharField(
        _("Meeting status"), max_length=12, choices=MeetingStatus, default=MeetingStatus.AWAITING
    )
    wishes = models.TextField(_("Message from the candidate"), blank=True)
    answered_at = models.DateTimeField(null=True)
    status_at = models.DateTimeField(
        null=True, help_text="when the meeting status was last said by the candidate, or set by a colleague"
    )
    cancelled_at = models.DateTimeField(
        null=True, help_text="when this candidate's part was called off, and not the interview"
    )
    outcome = models.CharField(
        _("Outcome"), max_length=10, choices=Outcome, default=Outcome.UNKNOWN, blank=True
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "application"], name="invited_once")]
        indexes = [
            models.Index(fields=["application", "-created_at"]),
            models.Index(fields=["meeting_status"]),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.interview}"


class InvitationMessage(models.Model):
    """What a message says about an invitation, and to which version of the interview it belongs.

    The constraint is the promise that a reminder exists once per invitation, channel and version.
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        REMINDER_EMAIL = "reminder_email", _("Reminder by e-mail")
        REMINDER_SMS = "reminder_sms", _("Reminder by SMS")
        MOVED = "moved", _("New time for the interview")
        CANCELLATION = "cancellation", _("Interview cancelled")
        FREE = "free", _("E-mail to the candidate")
        ANSWER_REMINDER = "answer_reminder", _("Request to answer")
        ANSWER_NOTICE = "answer_notice", _("Answer from a candidate")
        ANSWER_NOT_TAKEN = "answer_not_taken", _("Notice that an answer was not recorded")

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="about_invitation"
    )
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="messages")
    purpose = models.CharField(max_length=20, choices=Purpose)
    interview_version = models.PositiveIntegerField()
    dropped = models.BooleanField(
        default=False, help_text="a reminder that ended with the candidate's answer and returns with a yes"
    )

    organisation: Organisation | None = None  # whoever delivers many asks for it once
    has_seat: bool | None = None  # so is this

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "purpose", "interview_version"],
                condition=models.Q(purpose__in=["reminder_email", "reminder_sms"]),
                name="one_reminder_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.invitation_id} v{self.interview_version}"
