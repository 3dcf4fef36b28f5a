from django.db import models

from samtale.outbox.models import Message
from samtale.recruiting.models.application import Application
from samtale.recruiting.models.project import Project


class Correspondence(models.Model):
    """Which project, and where it is about one, which application a message belongs to.

    The outbox knows letters and not projects; who may see a letter is decided through this row.
    """

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="correspondence"
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="correspondence")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.CASCADE, related_name="correspondence"
    )

    def __str__(self) -> str:
        return f"{self.message_id} in {self.project_id}"
