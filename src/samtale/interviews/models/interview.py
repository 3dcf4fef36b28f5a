from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samtale.interviews.models.dispatch import Dispatch
from samtale.interviews.models.room import Room
from samtale.recruiting.models import Project


class InterviewType(models.TextChoices):
    """How one meets."""

    PHONE = "phone", _("Phone interview")
    IN_PERSON = "in_person", _("In-person interview")
    GROUP = "group", _("Group interview")
    VIDEO = "video", _("Video interview")


AT_A_PLACE = (InterviewType.IN_PERSON, InterviewType.GROUP)
# The longest address, a comma, a space and the longest name of a room: Room.place must fit.
PLACE_LENGTH = 300 + 2 + 100


class Round(models.TextChoices):
    """Which step of the recruitment. Called activity in the calendar."""

    INFORMATION = "information", _("Information meeting")
    FIRST = "interview_1", _("Interview 1")
    SECOND = "interview_2", _("Interview 2")
    THIRD = "interview_3", _("Interview 3")


class Interview(models.Model):
    """One meeting. `start` is an instant; `time_zone` is the wall clock it was agreed on."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("interview", "Planned")
        CANCELLED = "cancelled", pgettext_lazy("interview", "Cancelled")
        HELD = "held", pgettext_lazy("interview", "Held")
        MISSED = "missed", pgettext_lazy("interview", "We did not come")

    dispatch = models.ForeignKey(Dispatch, on_delete=models.CASCADE, related_name="interviews")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="interviews")
    type = models.CharField(_("Interview type"), max_length=10, choices=InterviewType)
    round = models.CharField(_("Round"), max_length=12, choices=Round)
    start = models.DateTimeField(_("Start"))
    time_zone = models.CharField(max_length=64)
    duration = models.PositiveSmallIntegerField(_("Duration"), help_text="minutes")
    place = models.CharField(_("Place"), max_length=PLACE_LENGTH, blank=True)
    video_link = models.URLField(_("Video link"), max_length=500, blank=True)
    room = models.ForeignKey(
        Room,
        verbose_name=_("Room"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
    )
    seats = models.PositiveSmallIntegerField(
        _("Seats"),
        null=True,
        blank=True,
        help_text="how many may say yes to a group interview; None: any number",
    )
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    version = models.PositiveIntegerField(
        default=1, help_text="rises when what its letters say of it changes: time, length, place"
    )
    terms_version = models.PositiveIntegerField(
        default=1,
        help_text="the version with which time, length or place last changed: who knows it or a later one "
        "knows when and where",
    )
    interviewers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="interviews")

    class Meta:
        indexes = [models.Index(fields=["start", "id"]), models.Index(fields=["project", "start"])]

    def __str__(self) -> str:
        return f"{self.get_round_display()} {self.start:%Y-%m-%d %H:%M}"

    @property
    def end(self) -> datetime:
        """The instant it ends."""
        return self.start + timedelta(minutes=self.duration)

    @property
    def is_at_a_place(self) -> bool:
        """Whether the candidate has to go somewhere."""
        return self.type in AT_A_PLACE

    @property
    def meeting_place(self) -> str:
        """The place; where none was named and one has to go somewhere, the room's, or else the department's
        address."""
        if self.place or not self.is_at_a_place:
            return self.place
        return self.room.place if self.room else self.project.department.address

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_start(self) -> datetime:
        """The start on the wall clock of the interview's own zone."""
        return self.start.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        """The end on the wall clock of the interview's own zone."""
        return self.end.astimezone(self.zone)
