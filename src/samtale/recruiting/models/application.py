from django.db import models
from django.utils.translation import gettext_lazy as _

from samtale.core.text import SORT_KEY_LENGTH, folded, sort_key
from samtale.recruiting.models.candidate import Candidate
from samtale.recruiting.models.project import Project

KEPT = models.Q(deleted_at=None)
# Together with SORT_KEY_LENGTH it must fit in one entry of an index: 2,700 bytes on PostgreSQL.
SEARCH_LENGTH = 440


class Application(models.Model):
    """One candidate in one project. Carries the status for the project (spec 6).

    `sort_name` and `search_text` repeat what lists are sorted and searched by, so that neither
    needs the candidate and page 200 of 10,000 applicants is as quick as page 1. They are kept by
    `take_name_of`. The indexes hold only what lists show, applications that are not deleted;
    `deleted_at` stands in them so that SQLite need not look the rows up to know that, and
    `search_text` in the first so that a search reads the index only and not every letter and CV.
    """

    class Status(models.TextChoices):
        NEW = "new", _("New")
        UNDER_REVIEW = "under_review", _("Under review")
        INVITED = "invited", _("Invited to interview")
        INTERVIEWED = "interviewed", _("Interviewed")
        PANEL_REVIEW = "panel_review", _("Panel review")
        OFFERED = "offered", _("Received job offer")
        HIRED = "hired", _("Hired")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        SAVED = "saved", _("Saved")
        TRANSFERRED = "transferred", _("Transferred")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="applications")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(_("Status for the project"), max_length=20, choices=Status, default=Status.NEW)
    sort_name = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    search_text = models.CharField(max_length=SEARCH_LENGTH, editable=False)
    applied_at = models.DateTimeField(_("Applied"))
    letter = models.TextField(_("Application"), blank=True)
    cv = models.TextField(_("CV"), blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "candidate"], name="application_once")]
        indexes = [
            models.Index(
                fields=["project", "sort_name", "id", "deleted_at", "search_text"],
                name="application_by_name",
                condition=KEPT,
            ),
            models.Index(
                fields=["project", "status", "sort_name", "id", "deleted_at"],
                name="application_by_status",
                condition=KEPT,
            ),
            models.Index(
                fields=["project", "-applied_at", "-id", "deleted_at"],
                name="application_newest",
                condition=KEPT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} / {self.project}"

    def take_name_of(self, candidate: Candidate) -> None:
        """Repeat the candidate's name and address in the columns lists use. Does not save."""
        self.sort_name = sort_key(candidate.name)
        self.search_text = folded(f"{candidate.name} {candidate.email}")[:SEARCH_LENGTH]
