from django.conf import settings
from django.db import models

from samtale.calendars.models.outside import OutsideCalendar


class BusyBlock(models.Model):
    """That a user is taken from `start` to `end` (UTC) by something outside Samtale. Nothing else is known of
    it: neither what it is nor who is there. `source` is the calendar it was read from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="busy_blocks")
    source = models.ForeignKey(
        OutsideCalendar, null=True, on_delete=models.CASCADE, related_name="busy_blocks"
    )
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="busy_has_length")
        ]
        indexes = [models.Index(fields=["user", "start"])]

    def __str__(self) -> str:
        return f"{self.user} {self.start:%Y-%m-%d %H:%M}"
