"""Puts together what one applicant writes, from sentences of the language they write in."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from samtale.web.demo.people import Person
from samtale.web.demo.texts import load

_SHORTEST_CAREER, _LONGEST_CAREER, _STUDIES = 3, 19, 3  # years


@dataclass(frozen=True)
class Papers:
    """An application: the letter and the CV."""

    letter: str
    cv: str


def papers(person: Person, *, position: str, trade: str, year: int, chance: Random) -> Papers:
    """Return what `person` writes about a `position` in `trade`, in the year `year`.

    `position` is Norwegian; those who write another language have a word of their own for it.
    """
    years = chance.randint(_SHORTEST_CAREER, _LONGEST_CAREER)
    texts = load(person.language)
    about = texts["trades"][trade]
    workplaces = chance.sample(about["workplaces"], 2)
    values = {
        "position": about.get("position", position),
        "years": years,
        "workplace": workplaces[0],
        "name": person.name,
    }
    choices = (
        texts["openings"],
        about["backgrounds"],
        texts["motivations"],
        texts["practicals"],
        texts["closings"],
    )
    letter = "\n\n".join(chance.choice(several) for several in choices).format(**values)
    return Papers(letter, _cv(texts, about, workplaces, year=year, years=years, chance=chance))


def _cv(
    texts: Mapping[str, Any],
    about: Mapping[str, Any],
    workplaces: list[str],
    *,
    year: int,
    years: int,
    chance: Random,
) -> str:
    words = texts["cv"]
    began, changed = year - years, year - years // 2
    first, second = (f"{chance.choice(about['titles'])}, {workplace}" for workplace in workplaces)
    lines = [
        words["experience"],
        f"{changed}–{words['present']}  {first}",
        f"{began}–{changed}  {second}",
        "",
        words["education"],
        f"{began - _STUDIES}–{began}  {chance.choice(about['degrees'])}",
        "",
        words["other"],
        *chance.sample(texts["others"], 2),
    ]
    return "\n".join(lines)
