"""Long work that somebody ordered, and the parts it is cut into."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of long work. The worker does a part of it at a time, and the page shows how far it is.

    `project_id` is a plain number: this floor does not know what a project is.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")

    ACTIVE = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, help_text="what all parts share")
    result = models.JSONField(default=dict, help_text="what has come of the parts that are done")
    project_id = models.BigIntegerField(default=0, help_text="0: it belongs to none")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    words = models.TextField(default="", help_text="why it failed, for whoever ordered it, in their language")
    stop_requested = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0, help_text="of the part at hand, that came to nothing")
    owner = models.CharField(max_length=100, default="")
    lease_until = models.DateTimeField(null=True)
    file = models.CharField(max_length=300, default="", help_text="name of the result in the storage")

    class Meta:
        indexes = (
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "running"]), name="job_active"),
            models.Index(fields=["finished_at"], condition=~Q(file=""), name="job_with_file"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE


class JobPart(models.Model):
    """What one step of a job does. `size` is how many of the job's total it holds.

    It goes when it is done, or keeps what came of it in `data` until the job is finished.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    data = models.JSONField()
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["job", "number"], name="job_part_once"),)

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"
