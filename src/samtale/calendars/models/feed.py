from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Feed(models.Model):
    """A private address from which a user's calendar program fetches interviews.

    It is found by the digest of its token; the token itself is kept sealed, so that its owner can see the
    address again when they set up the next device.
    """

    class Scope(models.TextChoices):
        OWN = "own", _("Interviews I attend")
        ALL = "all", _("All interviews I may see")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    label = models.CharField(pgettext_lazy("of a calendar", "Name"), max_length=100)
    scope = models.CharField(_("Shows"), max_length=3, choices=Scope, default=Scope.OWN)
    with_names = models.BooleanField(_("Show the applicants' names"), default=True)
    digest = models.CharField(max_length=64, unique=True)
    sealed_token = models.TextField()
    created_at = models.DateTimeField(help_text="when it got its present address")

    class Meta:
        ordering = ["label", "pk"]

    def __str__(self) -> str:
        return self.label
