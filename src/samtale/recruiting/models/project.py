from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.accounts.models import Department
from samtale.core.text import folded


class Project(models.Model):
    """A recruitment project: one vacancy being filled."""

    title = models.CharField(_("Title"), max_length=200)
    reference = models.CharField(_("Reference"), max_length=40, unique=True)
    position = models.CharField(_("Position"), max_length=200, blank=True)
    department = models.ForeignKey(Department, verbose_name=_("Department"), on_delete=models.PROTECT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Project owner"),
        on_delete=models.PROTECT,
        related_name="owned",
    )
    deadline = models.DateField(_("Application deadline"))
    description = models.TextField(_("Description"), blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    search_text = models.CharField(max_length=500, editable=False, help_text="title, reference and position")
    team = models.ManyToManyField(settings.AUTH_USER_MODEL, through="ProjectAccess", related_name="projects")

    class Meta:
        ordering = ["deadline", "title", "pk"]
        indexes = [models.Index(fields=["completed_at", "deadline"])]

    def __str__(self) -> str:
        return self.title

    def save(self, **kwargs: Any) -> None:
        self.search_text = folded(f"{self.title} {self.reference} {self.position}")[:500]
        super().save(**kwargs)

    @property
    def is_completed(self) -> bool:
        return self.completed_at is not None


class ProjectAccess(models.Model):
    """What one user may do in one project."""

    class Level(models.TextChoices):
        NONE = "none", _("No access")
        READ = "read", _("Read only")
        NORMAL = "normal", _("Normal access")
        FULL = "full", _("Full access")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accesses")
    level = models.CharField(_("Access"), max_length=10, choices=Level, default=Level.NORMAL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="access_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.level}"
