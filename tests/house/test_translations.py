"""Every text is translated: into nb for all, into sv where candidates read it."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from scripts import messages

LANGUAGES = ("nb", "sv")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{[\w.-]*\}")
APPS = messages.apps()


def _catalogue(app: Path, language: str) -> Catalog:
    path = messages.catalogue_path(app, language)
    return messages.load(path) if path.exists() else Catalog(locale=language)


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _forms(text: object) -> list[str]:
    return list(text) if isinstance(text, tuple | list) else [str(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_message_in_the_code_is_translated(app: Path, language: str):
    wanted = messages.wanted(messages.extract(app), language)
    done = {_key(m) for m in messages.messages(_catalogue(app, language)) if messages.is_translated(m)}

    missing = [
        f"{place}:{line} {message.id!r}"
        for message in messages.messages(wanted)
        if _key(message) not in done
        for place, line in message.locations[:1]
    ]
    assert not missing, f"not in the {language} catalogue (`make messages` adds them):\n" + "\n".join(missing)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_translation_is_a_guess_or_left_over(app: Path, language: str):
    catalogue = _catalogue(app, language)
    used = {_key(message) for message in messages.messages(messages.extract(app))}

    assert [m.id for m in messages.messages(catalogue) if m.fuzzy] == []
    assert [m.id for m in messages.messages(catalogue) if _key(m) not in used] == []
    assert not catalogue.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_a_translation_has_the_placeholders_of_its_message(app: Path, language: str):
    for message in messages.messages(_catalogue(app, language)):
        if not messages.is_translated(message):
            continue
        allowed = {name for form in _forms(message.id) for name in PLACEHOLDER.findall(form)}
        most = _forms(message.id)[-1]
        for form in _forms(message.string):
            found = set(PLACEHOLDER.findall(form))
            assert found <= allowed, f"{message.id!r} became {form!r}"
        assert set(PLACEHOLDER.findall(_forms(message.string)[-1])) == set(PLACEHOLDER.findall(most)), (
            message.id
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_reads_the_same_in_every_app(language: str):
    """Django merges the apps' catalogues into one, so the second translation would never be seen."""
    translations: dict[tuple[str | None, str], dict[str, str]] = defaultdict(dict)
    for app in APPS:
        for message in messages.messages(_catalogue(app, language)):
            if messages.is_translated(message):
                translations[_key(message)][app.name] = str(message.string)

    differing = [
        f"{name!r}: {by_app}" for (_, name), by_app in translations.items() if len(set(by_app.values())) > 1
    ]
    assert not differing, "give a context (pgettext), or make them equal:\n" + "\n".join(differing)
