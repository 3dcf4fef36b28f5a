"""The demo's organisation: who works there, and the vacancies they fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samtale.accounts.domain.users import Rights
from samtale.recruiting.models import Application, ProjectAccess
from samtale.web.demo import plan

Status = Application.Status
Level = ProjectAccess.Level

ORGANISATION: dict[str, Any] = {
    "name": "Bergen kommune",
    "sender_email": "jobb@bergen.example",
    "sms_sender": "Bergen",
    "time_zone": "Europe/Oslo",
}
HEALTH, SCHOOLS = "Helse og omsorg", "Barnehage og skole"
DEPARTMENTS = {
    HEALTH: (
        "Rådhuset, Rådhusgaten 10, 5014 Bergen",
        "Ta Bybanen til Byparken og gå fem minutter mot Rådstuplassen. Vi henter deg i skranken i 1. etasje.",
    ),
    SCHOOLS: (
        "Kaigaten 4, 5015 Bergen",
        "Bybanen stopper ved Nonneseter, to minutter unna. Ring på hos Barnehage og skole i 3. etasje.",
    ),
}


@dataclass(frozen=True)
class Colleague:
    """Someone who may log in."""

    email: str
    first_name: str
    last_name: str
    title: str
    rights: Rights
    mobile: str = ""


ADMIN, RECRUITER, WITHOUT_SMS, READER = "admin", "recruiter", "recruiter-nosms", "reader"
COLLEAGUES = {
    ADMIN: Colleague(
        "admin@example.org", "Ingrid", "Haugen", "HR-sjef",
        Rights(
            is_administrator=True, may_send_sms=True, may_offer=True, may_delete=True, may_export=True,
            may_see_other_applications=True,
        ),
    ),
    RECRUITER: Colleague(
        "recruiter@example.org", "Kari", "Lunde", "Avdelingsleder, hjemmetjenesten",
        Rights(may_send_sms=True, may_offer=True, may_export=True, may_see_other_applications=True),
        "+4740009001",
    ),
    WITHOUT_SMS: Colleague(
        "recruiter-nosms@example.org", "Per", "Vik", "Rådgiver, rekruttering", Rights(), "+4740009002"
    ),
    READER: Colleague(
        "reader@example.org", "Nina", "Berg", "Tillitsvalgt",
        Rights(may_send_email=False, may_invite=False, may_reject=False),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Vacancy:
    """One project. `opened`, `deadline` are days from today; `handled`, `completed` weekdays.

    `rest` says how many more applicants there are and what became of them on the day `handled`,
    `languages` what they write, `others` the same for people known by name.
    """

    number: int
    title: str
    position: str
    trade: str
    department: str
    owner: str
    opened: int
    deadline: int
    description: str
    rest: Mapping[Status, int]
    languages: Mapping[str, int]
    others: Mapping[str, Status] = field(default_factory=dict)
    plans: tuple[plan.Plan, ...] = ()
    moves: tuple[plan.Move, ...] = ()
    access: Mapping[str, Level] = field(default_factory=dict)
    handled: int = -3
    completed: int | None = None


NURSES = Vacancy(
    number=114,
    title="Sykepleier, hjemmetjenesten",
    position="sykepleier",
    trade="nurse",
    department=HEALTH,
    owner=RECRUITER,
    opened=-45,
    deadline=9,
    description=(
        "Vi søker sykepleiere til hjemmetjenesten i Bergenhus. Du får faste lister, egen bil og en gruppe på "
        "ti kolleger som deler ansvaret. Turnus med hver tredje helg; 80 til 100 prosent stilling."
    ),
    rest={
        Status.NEW: 60,
        Status.UNDER_REVIEW: 80,
        Status.REJECTED: 30,
        Status.SAVED: 5,
        Status.WITHDRAWN: 2,
    },
    languages={"nb": 150, "en": 16, "sv": 11},
    others={"Bjørn Aasen": Status.NEW, "Elin Sjöberg": Status.UNDER_REVIEW},
    plans=plan.NURSES_PLANS,
    moves=plan.NURSES_MOVES,
    access={WITHOUT_SMS: Level.NORMAL, READER: Level.READ},
)
VACANCIES = (
    NURSES,
    Vacancy(
        number=121,
        title="Vernepleier, Solheim bofellesskap",
        position="vernepleier",
        trade="social",
        department=HEALTH,
        owner=WITHOUT_SMS,
        opened=-30,
        deadline=16,
        description="Fast stilling i et bofellesskap med åtte beboere. Langvakter i helg.",
        rest={Status.NEW: 9, Status.UNDER_REVIEW: 11},
        languages={"nb": 20},
        plans=plan.CARERS_PLANS,
        access={RECRUITER: Level.NORMAL},
    ),
    Vacancy(
        number=97,
        title="Lærer, ungdomstrinnet",
        position="lærer",
        trade="teacher",
        department=SCHOOLS,
        owner=WITHOUT_SMS,
        opened=-50,
        deadline=-16,
        description="Norsk og samfunnsfag på 9. og 10. trinn. Kontaktlæreransvar.",
        rest={Status.NEW: 6, Status.UNDER_REVIEW: 12, Status.REJECTED: 10},
        languages={"nb": 28},
        plans=plan.TEACHERS_PLANS,
        moves=plan.TEACHERS_MOVES,
        access={RECRUITER: Level.FULL},
    ),
    Vacancy(
        number=102,
        title="Pedagogisk leder, Fjellsiden barnehage",
        position="pedagogisk leder",
        trade="kindergarten",
        department=SCHOOLS,
        owner=RECRUITER,
        opened=-40,
        deadline=-7,
        description="Småbarnsavdeling med fjorten barn. Barnehagen arbeider med språk og uteliv.",
        rest={Status.NEW: 4, Status.UNDER_REVIEW: 6, Status.SAVED: 2},
        languages={"nb": 12},
    ),
    Vacancy(
        number=63,
        title="Avdelingsleder, Åsheim sykehjem",
        position="avdelingsleder",
        trade="leader",
        department=HEALTH,
        owner=RECRUITER,
        opened=-110,
        deadline=-75,
        description="Fag-, personal- og økonomiansvar for en langtidsavdeling med 24 plasser.",
        rest={Status.REJECTED: 15},
        languages={"nb": 15},
        others={"Arnfinn Bø": Status.REJECTED},
        plans=plan.LEADERS_PLANS,
        moves=plan.LEADERS_MOVES,
        handled=-24,
        completed=-20,
    ),
)
