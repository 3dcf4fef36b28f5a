from django.db import models
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """A part of the organisation that recruits."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    directions = models.TextField(_("How to find us"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
