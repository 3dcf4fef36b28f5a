"""What keeps the workers from going too fast, or from waiting for the slowest. They share these rows."""

from django.db import models


class Allowance(models.Model):
    """When the next message of a channel may be claimed, where a rate a minute is set for it."""

    channel = models.CharField(max_length=10, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.channel} from {self.next_at:%H:%M:%S}"


class SlowDomain(models.Model):
    """A domain whose mail takes so long that others would wait for it.

    Until `retry_at` nothing to it is claimed; then one worker at a time tries one message.
    """

    domain = models.CharField(max_length=100, primary_key=True)
    retry_at = models.DateTimeField()
    seconds = models.FloatField(help_text="how long the last message to it took")

    def __str__(self) -> str:
        return f"{self.domain}, {self.seconds:.0f} s"
