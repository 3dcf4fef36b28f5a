from django.db import models


class Mailbox(models.Model):
    """How far a mailbox on a mail server has been read. The worker looks into it from `due_at` on.

    `last_uid` counts within `uid_validity`, as IMAP has it (RFC 3501, 2.3.1.1).
    """

    name = models.CharField(max_length=500, unique=True, help_text="user@host/folder")
    uid_validity = models.PositiveBigIntegerField(null=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, help_text="when it was last read to its end")
    stuck = models.JSONField(
        default=list, help_text="UIDs of the letters on which Samtale itself failed; looked at again later"
    )
    look_again_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    words = models.CharField(max_length=300, default="", help_text="what the server said last")
    due_at = models.DateTimeField()
    owner = models.CharField(max_length=100, default="")
    lease_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.name
