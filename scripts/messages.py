"""Translations with Babel, so that no system gettext is needed: `python -m scripts.messages update|compile`.

Each app under src/samtale has its own catalogues, `locale/<language>/LC_MESSAGES/django.po`. The
English text in the code is the message's name, so English itself has none.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "samtale"

# Where candidates read what is written, and Swedish is therefore complete: whole apps, or single files.
CANDIDATE_FACING = (
    "accounts/places.py",
    "accounts/zones.py",
    "web/candidate/",
    "interviews/notifications.py",
    "interviews/tags.py",
    "interviews/domain/ical.py",
    "interviews/domain/answer.py",
    "interviews/domain/confirm_link.py",
    "interviews/domain/mail_answers.py",
    "interviews/domain/not_taken_letters.py",
    "interviews/models/interview.py",
    "interviews/not_taken.py",
    "outbox/domain/mail_frame.py",
    "outbox/templates/",
    "ui/templates/4",
    "ui/templates/5",
    "ui/templates/ui/base.html",
    "ui/templates/ui/components/error_summary.html",
    "ui/templates/ui/error.html",
    "ui/templates/ui/field",
)

METHODS = [
    ("**/node_modules/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "enmerkar.extract.extract_django"),
    ("**/templates/**.txt", "enmerkar.extract.extract_django"),
]
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def apps() -> list[Path]:
    """Return the folders of the apps, each of which keeps its own catalogues."""
    return sorted(path.parent for path in SOURCE.glob("**/apps.py") if "node_modules" not in path.parts)


def extract(app: Path) -> Catalog:
    """Return the messages in the code and templates of one app, with where they stand."""
    found = Catalog(charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        app, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        place = (app / name).relative_to(SOURCE).as_posix()
        found.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return found


def faces_candidates(message: Message) -> bool:
    """Say whether the message stands in a place that candidates read."""
    return any(place.startswith(CANDIDATE_FACING) for place, _line in message.locations)


def catalogue_path(app: Path, language: str) -> Path:
    """Return where the app keeps its catalogue in `language`."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def wanted(found: Catalog, language: str) -> Catalog:
    """Return what of `found` must be translated into `language`: all for nb, for sv what candidates read."""
    if language == "nb":
        return found
    kept = Catalog(charset="utf-8")
    for message in messages(found):
        if faces_candidates(message):
            kept[message.id] = message
    return kept


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Return the messages without the header."""
    return (message for message in catalogue if message.id)


def load(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain="django", abort_invalid=True)


def update() -> None:
    """Bring every app's catalogues up to date: new messages added empty, unused ones dropped."""
    for app in apps():
        found = extract(app)
        for language in ("nb", "sv"):
            path, template = catalogue_path(app, language), wanted(found, language)
            if not len(template):
                continue
            catalogue = load(path) if path.exists() else Catalog(locale=language, charset="utf-8")
            catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(
                    file, catalogue, width=110, omit_header=False, include_lineno=False, sort_output=True
                )
            missing = sum(1 for message in messages(catalogue) if not is_translated(message))
            print(f"{path.relative_to(SOURCE)}: {len(catalogue)} messages, {missing} to translate")


def is_translated(message: Message) -> bool:
    """Say whether every form of the message has a translation."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms)


def compile_catalogues() -> None:
    """Write the .mo file beside every .po file."""
    for app in apps():
        for path in sorted(app.glob("locale/*/LC_MESSAGES/django.po")):
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, load(path))


def main() -> None:
    """Do what the command line asks."""
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["compile"]:
            compile_catalogues()
        case _:
            sys.exit("usage: python -m scripts.messages update|compile")


if __name__ == "__main__":
    main()
