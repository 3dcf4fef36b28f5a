"""Who applies in the demo. E-mail addresses are of domains kept for examples (RFC 2606)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from samtale.web.demo.texts import load

DOMAINS = ("example.org", "example.com", "example.net")
STREETS = (
    "Damsgårdsveien", "Nye Sandviksveien", "Haukelandsbakken", "Strandgaten", "Fjøsangerveien",
    "Åsamyrane", "Lagunevegen", "Nattlandsveien", "Øvregaten", "Kalfarveien",
)  # fmt: skip
POSTCODES = ("5005", "5014", "5035", "5058", "5073", "5094", "5116", "5146", "5160", "5239")

_MOST_NAMESAKES = 3
_TWO_FIRST_NAMES = {"Inger Lise Haugland", "Nils Petter Rong", "Per Inge Hordvik"}

_PLAIN = str.maketrans(
    {"æ": "ae", "ä": "a", "ø": "o", "ö": "o", "å": "a", "é": "e", "ó": "o", "’": "", " ": "."}
)


@dataclass(frozen=True)
class Person:
    """One applicant. `mobile` is empty for those who gave none."""

    first_name: str
    last_name: str
    email: str
    mobile: str
    language: str
    address: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Census:
    """Makes people, no two of the same name."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._people: dict[str, Person] = {}
        self._first_names: Counter[str] = Counter()

    def known(self, name: str, *, language: str, has_mobile: bool) -> Person:
        """Return the person with just this name, the same one each time."""
        if name not in self._people:
            first, last = name.split(" ", 1) if name not in _TWO_FIRST_NAMES else name.rsplit(" ", 1)
            self._people[name] = self._person(first, last, language, has_mobile)
        return self._people[name]

    def others(self, languages: Iterable[str], *, one_without_mobile_in: int) -> Iterator[Person]:
        """Return a person for each of `languages`; about one in so many has no mobile number."""
        for language in languages:
            first, last = self._new_name(language)
            has_mobile = self._chance.randrange(one_without_mobile_in) > 0
            yield self.known(f"{first} {last}", language=language, has_mobile=has_mobile)

    def _new_name(self, language: str) -> tuple[str, str]:
        groups = load("names")[language]
        weights = [group["weight"] for group in groups]
        while True:
            (group,) = self._chance.choices(groups, weights)
            first, last = (self._chance.choice(group[part].split()) for part in ("first", "last"))
            if f"{first} {last}" not in self._people and self._first_names[first] < _MOST_NAMESAKES:
                self._first_names[first] += 1
                return first, last

    def _person(self, first: str, last: str, language: str, has_mobile: bool) -> Person:
        number = len(self._people) + 1
        local = f"{first}.{last}".lower().translate(_PLAIN)
        # Sweden sets 070-1740605 to 699 aside for fiction; Norway has no such row of mobile numbers.
        mobile = f"+4670174{number % 95 + 605:04}" if language == "sv" else f"+474000{number:04}"
        return Person(
            first_name=first,
            last_name=last,
            email=f"{local}@{self._chance.choice(DOMAINS)}",
            mobile=mobile if has_mobile else "",
            language=language,
            address=f"{self._chance.choice(STREETS)} {self._chance.randint(1, 98)}, "
            f"{self._chance.choice(POSTCODES)} Bergen",
        )
