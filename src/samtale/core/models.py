"""What has happened, in order. Rows are only ever added."""

from django.db import models


class AuditEntry(models.Model):
    """One act by one person, or by the system or a candidate where `actor_id` is empty."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"])]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"
