"""Finds the wording to start a letter from: the department's, the organisation's or the shipped one."""

from collections.abc import Collection

from django.db.models import Q

from samtale.accounts.models import Department
from samtale.outbox import kinds
from samtale.outbox.kinds import Wording
from samtale.outbox.models import MessageTemplate


def wording_for(kind_slug: str, *, language: str, department: Department | None = None) -> Wording:
    """Return the wording of one kind in one language: the department's own, else the
    organisation's own, else the one shipped in that language, else the one shipped in nb or en.

    Raises:
        kinds.UnknownKind: no kind is called `kind_slug`.
    """
    return wordings_for(kind_slug, languages=[language], department=department)[language]


def wordings_for(
    kind_slug: str, *, languages: Collection[str], department: Department | None = None
) -> dict[str, Wording]:
    """Return `wording_for` each of `languages`, with one query."""
    found = wordings_for_kinds([kind_slug], languages=languages, department=department)
    return {language: wording for (_slug, language), wording in found.items()}


def wordings_for_kinds(
    kind_slugs: Collection[str], *, languages: Collection[str], department: Department | None = None
) -> dict[tuple[str, str], Wording]:
    """Return `wording_for` each of the kinds and languages, by (kind, language), with one query."""
    own = _own_wordings(kind_slugs, languages, department)
    return {
        (slug, language): _wording(slug, language, own.get((slug, language)))
        for slug in kind_slugs
        for language in languages
    }


def _own_wordings(
    slugs: Collection[str], languages: Collection[str], department: Department | None
) -> dict[tuple[str, str], MessageTemplate]:
    rows = MessageTemplate.objects.filter(kind__in=slugs, language__in=languages)
    rows = rows.filter(Q(department=None) | Q(department=department) if department else Q(department=None))
    # The department's own rows come last, and so win.
    return {
        (row.kind, row.language): row for row in sorted(rows, key=lambda row: row.department_id is not None)
    }


def _wording(slug: str, language: str, own: MessageTemplate | None) -> Wording:
    shipped = kinds.get(slug).shipped(language)
    if own is None:
        return shipped
    return Wording(own.subject, own.content, own.signature, {**shipped.defaults, **own.defaults})
