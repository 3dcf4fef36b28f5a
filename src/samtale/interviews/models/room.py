from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Department


class Room(models.Model):
    """Where one meets. `address` is what candidates read as the place; `capacity` counts everybody."""

    name = models.CharField(_("Room"), max_length=100)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(_("Seats"), null=True, blank=True)
    department = models.ForeignKey(
        Department,
        verbose_name=_("Department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rooms",
    )
    is_active = models.BooleanField(_("Can be booked"), default=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "department"], name="one_room_a_name"),
            # SQLite holds all that have no department for different ones.
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(department=None), name="one_shared_room_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """What a candidate has to know to find it."""
        return ", ".join(filter(None, [self.address, self.name]))
