from django.db import models

from samtale.interviews.models.dispatch import Dispatch


class SentForm(models.Model):
    """The form of one Send as it was posted, for as long as Send can be undone. Of one that was undone only
    the key is kept.

    A row without a dispatch is such a memory: whatever comes late under its key is not sent.
    """

    send_key = models.UUIDField(primary_key=True)
    dispatch = models.OneToOneField(Dispatch, null=True, on_delete=models.SET_NULL, related_name="form")
    at = models.DateTimeField(db_index=True)
    fields = models.JSONField(default=dict, help_text="each field's name with the list of its values")

    def __str__(self) -> str:
        return str(self.send_key)
