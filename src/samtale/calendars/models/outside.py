from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutsideCalendar(models.Model):
    """A calendar of a user's on another server. The worker looks at it from `due_at` on.

    `sealed_access` holds its address, user name and password (`core.sealed`): the address of a published
    calendar is a key as well. `host` is what of it may be shown.
    """

    class Kind(models.TextChoices):
        ICS = "ics", _("Published calendar (ICS address)")
        CALDAV = "caldav", _("CalDAV calendar")

    class Problem(models.TextChoices):
        """Why the last try came to nothing."""

        UNREACHABLE = "unreachable", _("The server cannot be reached.")
        NOT_ALLOWED = "not_allowed", _("Samtale may not go to this address.")
        REFUSED = "refused", _("The server does not accept the user name and password.")
        GONE = "gone", _("There is no calendar at this address any longer.")
        FAILED = "failed", _("The server answered with an error.")
        NOT_A_CALENDAR = "not_a_calendar", _("What is at this address is not a calendar.")
        TOO_LARGE = "too_large", _("The calendar is too large.")
        TOO_SLOW = "too_slow", _("The server takes too long.")
        TOO_MUCH = "too_much", _("The calendar has series that repeat too often, or takes too long to read.")
        READ_ONLY = "read_only", _("The server does not let Samtale write to the calendar.")
        SEALED = "sealed", _("The address and password can no longer be read. Enter them again.")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outside_calendars"
    )
    kind = models.CharField(max_length=6, choices=Kind)
    label = models.CharField(pgettext_lazy("of a calendar", "Name"), max_length=100)
    host = models.CharField(max_length=253)
    sealed_access = models.TextField()
    counts_as_busy = models.BooleanField(_("I am busy when something is in this calendar"), default=True)
    receives_interviews = models.BooleanField(_("Write my interviews to this calendar"), default=False)
    with_names = models.BooleanField(_("Show the applicants' names"), default=True)
    created_at = models.DateTimeField()
    is_leaving = models.BooleanField(
        default=False, help_text="disconnected; goes when the interviews that are still ahead are taken out"
    )

    etag = models.CharField(max_length=500, default="", help_text="of what was last read")
    last_modified = models.CharField(max_length=100, default="")
    read_at = models.DateTimeField(null=True, help_text="when it was last read from beginning to end")
    refreshed_at = models.DateTimeField(null=True, help_text="when all was last well")
    failed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, choices=Problem, default="")
    failures = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    due_at = models.DateTimeField()
    owner = models.CharField(max_length=100, default="")
    lease_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="caldav") | Q(receives_interviews=False), name="writes_by_caldav_only"
            )
        ]
        indexes = [models.Index(fields=["due_at"])]

    def __str__(self) -> str:
        return self.label


class Mark(models.Model):
    """That something about the interviews of a calendar's user has changed since they were last written.

    Rows are only added by the verbs that change interviews, so that these wait for no worker, and taken away
    by the worker that has seen them.
    """

    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="marks")

    def __str__(self) -> str:
        return f"{self.calendar_id}"


class Copy(models.Model):
    """An interview as it was last written to a calendar: under which `name`, and with which `etag`.

    `digest` is of what was written, so that what has not changed is not written again. The copy of an
    interview whose `end` is past is left where it is.
    """

    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="copies")
    uid = models.CharField(max_length=300)
    name = models.CharField(max_length=300)
    etag = models.CharField(max_length=500, default="")
    digest = models.CharField(max_length=64)
    end = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "uid"], name="copied_once")]
        verbose_name_plural = "copies"

    def __str__(self) -> str:
        return self.uid
