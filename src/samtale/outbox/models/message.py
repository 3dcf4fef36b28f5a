import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class State(models.TextChoices):
    """The fate of a message. See the transition table in `outbox.domain.states`."""

    WAITING = "waiting", pgettext_lazy("message", "Waiting")
    CLAIMED = "claimed", _("About to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", pgettext_lazy("message", "Failed")
    UNKNOWN = "unknown", _("Unknown whether it arrived")
    CANCELLED = "cancelled", pgettext_lazy("message", "Cancelled")
    OUTDATED = "outdated", _("Not sent, no longer true")


class Receipt(models.TextChoices):
    """What the provider has said about a message after it left."""

    DELIVERED = "delivered", pgettext_lazy("message", "Delivered")
    BOUNCED = "bounced", _("Came back")  # the address takes nothing
    NOT_TAKEN = "not_taken", _("Not delivered")  # this letter alone: a full mailbox, a spam filter
    COMPLAINED = "complained", _("Reported as unwanted")


class Message(models.Model):
    """One letter to one recipient: the only truth about what is to be sent and was.

    `content` is a list of segments, see `outbox.domain.render`. A link with a secret is a
    segment without its address, which is made when the message leaves and is stored nowhere.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=5)
    recipient_name = models.CharField(max_length=200)
    recipient_address = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    content = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    due_at = models.DateTimeField(help_text="when it is meant to leave")
    try_at = models.DateTimeField(help_text="when the next try may be made")
    expires_at = models.DateTimeField(null=True, help_text="never leaves at or after this instant")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(
        max_length=300, blank=True, help_text="why it was cancelled, or the server's words"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    owner = models.CharField(max_length=80, blank=True, help_text="the worker that holds the claim")
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    may_have_arrived_twice = models.BooleanField(default=False)
    provider_id = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="the provider's name for it"
    )
    receipt = models.CharField(max_length=10, choices=Receipt, blank=True)
    receipt_at = models.DateTimeField(null=True)
    domain = models.CharField(
        max_length=100, blank=True, help_text="what stands behind the @ of the recipient, in small letters"
    )
    batch = models.UUIDField(null=True, db_index=True, help_text="the Send it was part of")
    own_words = models.JSONField(
        null=True,
        help_text="what somebody wrote into this one message by hand, with its tags: subject and content",
    )

    is_trial = False  # claimed as the one message with which a slow domain is tried again

    class Meta:
        indexes = [
            models.Index(
                fields=["try_at", "id"], name="message_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(
                fields=["lease_until"],
                name="message_leased",
                condition=models.Q(lease_until__isnull=False),
            ),
            models.Index(fields=["-due_at", "-id"], name="message_newest"),
            # One state only: SQLite does not see that a list of bound values implies the condition.
            models.Index(
                fields=["-due_at", "-id"], name="message_failed", condition=models.Q(state="failed")
            ),
            models.Index(
                fields=["-due_at", "-id"], name="message_unknown", condition=models.Q(state="unknown")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_address}"

    @property
    def addressee(self) -> str:
        """Return whom it is for, as far as that is known."""
        return self.recipient_name or self.recipient_address or gettext("Anonymised applicant")

    @property
    def why(self) -> str:
        """Return `reason` in the active language where it is ours; a server's words as they are."""
        return gettext(self.reason) if self.reason else ""


class Delivery(models.Model):
    """One try at sending a message and what came of it, or what the provider said of it later."""

    class Outcome(models.TextChoices):
        SENT = "sent", pgettext_lazy("message", "Sent")
        LATER = "later", _("Refused for now, tried again later")
        REFUSED = "refused", pgettext_lazy("message", "Refused")
        UNSURE = "unsure", _("Interrupted, may have arrived")
        DELIVERED = "delivered", pgettext_lazy("message", "Delivered")
        DELAYED = "delayed", _("Delayed on its way")
        BOUNCED = "bounced", _("Came back")
        NOT_TAKEN = "not_taken", _("Not delivered")
        COMPLAINED = "complained", _("Reported as unwanted")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"
