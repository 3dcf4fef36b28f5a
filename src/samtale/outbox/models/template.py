from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Department


class MessageTemplate(models.Model):
    """The organisation's own wording of one kind in one language, for all departments or one.

    Where there is no row, the wording that Samtale ships for the kind is used.
    `defaults` holds what the kind itself defines, such as an invitation's reminder.
    """

    kind = models.CharField(_("Kind"), max_length=60)
    language = models.CharField(_("Language"), max_length=5)
    department = models.ForeignKey(
        Department, verbose_name=_("Department"), null=True, blank=True, on_delete=models.CASCADE
    )
    subject = models.CharField(_("Subject"), max_length=300, blank=True)
    content = models.TextField(_("Content"))
    signature = models.TextField(_("Signature"), blank=True)
    defaults = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "department"], name="template_once_a_department"
            ),
            models.UniqueConstraint(
                fields=["kind", "language"], condition=models.Q(department=None), name="template_once_for_all"
            ),
        ]
        ordering = ["kind", "language"]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"
