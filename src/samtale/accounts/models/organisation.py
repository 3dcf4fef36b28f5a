from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def default_time_zone() -> str:
    return settings.TIME_ZONE


class Organisation(models.Model):
    """The employer. There is one row."""

    name = models.CharField(_("Name"), max_length=200)
    sender_email = models.EmailField(_("Sender address"))
    sms_sender = models.CharField(_("SMS sender"), max_length=11, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=64, default=default_time_zone)
    undo_seconds = models.PositiveSmallIntegerField(
        _("Seconds to undo"), default=30, validators=[MaxValueValidator(300)]
    )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Organisation":
        """Return the organisation; an unsaved one with plain values before any was set up."""
        # In no order, since there is one. Every page asks this, and writing an order is a third of the work.
        for organisation in cls.objects.all()[:1]:
            return organisation
        return cls(name="Samtale", sender_email="samtale@localhost")
