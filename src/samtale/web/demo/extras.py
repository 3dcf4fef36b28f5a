"""What lies beside some of the applications: documents and colleagues' notes."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from itertools import cycle, islice

from django.core.files.base import ContentFile

from samtale.accounts.models import User
from samtale.recruiting.domain.documents import add_document
from samtale.recruiting.domain.notes import add_note
from samtale.recruiting.models import Application
from samtale.web.demo.applicants import Entry
from samtale.web.demo.days import Days
from samtale.web.demo.delivery import Past
from samtale.web.demo.organisation import House
from samtale.web.demo.pdf import one_page
from samtale.web.demo.texts import load
from samtale.web.demo.vacancies import RECRUITER, WITHOUT_SMS, Vacancy

_ONE_WITH_DOCUMENTS_IN = 9
_NOTED, _NOTED_AT = -1, time(14, 20)


def add_documents(found: list[Entry], applications: dict[str, Application]) -> None:
    """Attach a CV, and to every second of them a testimonial, to some applications."""
    for number, entry in enumerate(found[::_ONE_WITH_DOCUMENTS_IN]):
        application, person = applications[entry.person.name], entry.person
        texts = load(person.language)
        files = {
            f"{texts['cv']['heading']} {person.name}.pdf": one_page(person.name, application.cv.splitlines())
        }
        if number % 2:
            heading = texts["testimonial"]["heading"]
            lines = [line.format(name=person.name) for line in texts["testimonial"]["lines"]]
            files[f"{heading}.pdf"] = one_page(heading, lines)
        for name, content in files.items():
            add_document(
                application=application,
                file=ContentFile(content),
                name=name,
                by=person.name,
                now=entry.at,
            )


def schedule_notes(
    vacancy: Vacancy, applications: dict[str, Application], *, house: House, days: Days, past: Past
) -> None:
    """Let colleagues take turns in writing a note about each of those the plans name, until the notes end."""
    at = days.at(days.workday(_NOTED), _NOTED_AT)
    writers = cycle((house.users[RECRUITER], house.users[WITHOUT_SMS]))
    names = islice(_names(vacancy), 0, None, 2)
    for name, text, writer in zip(names, load("nb")["notes"] * 3, writers, strict=False):
        past.at(at, partial(_note, applications[name], text, writer))


def _note(application: Application, text: str, writer: User, now: datetime) -> None:
    add_note(application=application, text=text, by=writer, now=now)


def _names(vacancy: Vacancy) -> Iterator[str]:
    yield from dict.fromkeys(part.name for plan in reversed(vacancy.plans) for part in plan.parts)
