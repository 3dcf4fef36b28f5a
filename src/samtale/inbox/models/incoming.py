from django.db import models


class IncomingMail(models.Model):
    """That a letter was taken, so that it is not taken again. Nothing of what it says.

    `about` stands for the mark it was addressed to, and is no way back to it.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken"  # all that it says is with us
        LEFT = "left"  # it is for a person to read, and stays where it is

    digest = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=64)
    outcome = models.CharField(max_length=5, choices=Outcome)
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about", "taken_at"]), models.Index(fields=["taken_at"])]

    def __str__(self) -> str:
        return f"{self.outcome} {self.taken_at:%Y-%m-%d %H:%M}"
