"""The organisation's own wording of a kind (Responsmailer, spec 8)."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtale.accounts.models import Department
from samtale.core import audit
from samtale.core.audit import Actor
from samtale.core.text import one_line
from samtale.outbox.domain.render import has_tag, problems
from samtale.outbox.kinds import MessageKind, Wording
from samtale.outbox.models import MessageTemplate


class UnusableWording(Exception):
    """The texts hold tags that their kind does not have, or lack one that it needs: `sentences`."""

    def __init__(self, sentences: dict[str, list[str]]) -> None:
        super().__init__(sentences)
        self.sentences = sentences


def wording_problems(kind: MessageKind, wording: Wording) -> dict[str, list[str]]:
    """Return what is wrong with the texts: sentences by field. Texts among `defaults` go by their names."""
    texts = {"subject": wording.subject, "content": wording.content, "signature": wording.signature}
    texts |= {name: value for name, value in wording.defaults.items() if isinstance(value, str)}
    found = {name: list(_problems(kind, name, text)) for name, text in texts.items()}
    return {name: sentences for name, sentences in found.items() if sentences}


@transaction.atomic
def save_template(
    *,
    kind: MessageKind,
    language: str,
    department: Department | None,
    wording: Wording,
    by: Actor,
    now: datetime,
) -> MessageTemplate:
    """Make `wording` the one that letters of this kind start from, in one department or, with none, in all.

    Letters that are written already keep their texts.

    Raises:
        UnusableWording: see `wording_problems`.
    """
    if found := wording_problems(kind, wording):
        raise UnusableWording(found)
    template, _created = MessageTemplate.objects.update_or_create(
        kind=kind.slug,
        language=language,
        department=department,
        defaults={
            "subject": one_line(wording.subject),
            "content": wording.content,
            "signature": wording.signature,
            "defaults": dict(wording.defaults),
        },
    )
    audit.record("template.saved", subject=template, by=by, now=now, kind=kind.slug, language=language)
    return template


@transaction.atomic
def reset_template(
    *, kind: MessageKind, language: str, department: Department | None, by: Actor, now: datetime
) -> None:
    """Forget the own wording: a department's gives way to the organisation's, that to the shipped one."""
    templates = MessageTemplate.objects.filter(kind=kind.slug, language=language, department=department)
    for template in templates.select_for_update():
        audit.record("template.reset", subject=template, by=by, now=now, kind=kind.slug, language=language)
        template.delete()


def _problems(kind: MessageKind, name: str, text: str) -> Iterator[str]:
    """A link cannot stand in a subject: nobody could follow it there."""
    tags = [tag for tag in kind.tags if not (tag.is_link and name.endswith("subject"))]
    yield from (problem.sentence() for problem in problems(text, tags=tags))
    if name == "content":
        for tag in sorted(kind.required):
            if not has_tag(text, tag):
                yield _("The tag {%(tag)s} must be there.") % {"tag": tag}
