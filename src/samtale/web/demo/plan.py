"""What the demo's interviews are and what came of them, as tables. Days are weekdays from today."""

from dataclasses import dataclass, field
from datetime import time

from samtale.interviews.domain.answer import Choice
from samtale.interviews.models.dispatch import Reminder
from samtale.interviews.models.interview import InterviewType, Round
from samtale.recruiting.models import Application

Status = Application.Status
COMING, NOT_COMING, NEW_TIME, WITHDRAW = Choice.COMING, Choice.NOT_COMING, Choice.NEW_TIME, Choice.WITHDRAW


@dataclass(frozen=True)
class Part:
    """One candidate in a plan: the answer they gave, if any, and what they wrote with it."""

    name: str
    choice: Choice | None = COMING
    wishes: str = ""


@dataclass(frozen=True)
class Plan:
    """One Send: invited on the day `sent`, to meet on the day `day` from `clock` on."""

    sent: int
    day: int
    clock: time
    type: InterviewType
    round: Round
    parts: tuple[Part, ...]
    minutes: int = 45
    pause: int = 15
    place: str = ""
    video_link: str = ""
    reminder: Reminder = Reminder.EMAIL
    reminder_days: int = 2
    with_colleague: bool = True
    cancelled: tuple[int, str] | None = field(default=None)  # the day, and the reason


@dataclass(frozen=True)
class Move:
    """On the day `day` the applications of `names` got `status`."""

    day: int
    status: Status
    names: tuple[str, ...]
    reason: str = ""


ROOM = "Rådhuset, møterom 4B"
CANTEEN = "Rådhuset, kantinen i 1. etasje"
VIDEO = "https://video.example.org/bergen/rekruttering"
LANGUAGES = {
    "David Okafor": "en",
    "Grace Santos": "en",
    "Daniel Mensah": "en",
    "Elin Sjöberg": "sv",
    "Malin Öberg": "sv",
}
WITHOUT_MOBILE = frozenset({"Cecilie Dahl", "Torunn Espeland", "Berit Hopland"})
# Their mail servers say that there is no such mailbox, so the outbox has something to show.
UNREACHABLE = frozenset({"Torunn Espeland", "Rolf Steinsvik"})

NURSES_PLANS = (
    Plan(
        sent=-18, day=-13, clock=time(15), minutes=60, type=InterviewType.GROUP, round=Round.INFORMATION,
        place=CANTEEN,
        parts=(
            Part("Hilde Tjelta"), Part("Yonas Berhane"), Part("Mona Grimstad"), Part("Ragna Ytrehus"),
            Part("Samira Karimi"), Part("Pål Henriksbø"), Part("Wenche Ask"),
            Part("Leif Soltvedt", NOT_COMING),
        ),
    ),
    Plan(
        sent=-11, day=-7, clock=time(9), type=InterviewType.IN_PERSON, round=Round.FIRST, place=ROOM,
        reminder=Reminder.BOTH, reminder_days=1,
        parts=(
            Part("Gunnar Moe"), Part("Hilde Tjelta"), Part("Yonas Berhane"), Part("Mona Grimstad"),
            Part("Ragna Ytrehus"), Part("Samira Karimi"), Part("Pål Henriksbø"),
            Part("Stine Valderhaug", NOT_COMING, "Jeg har takket ja til en annen stilling."),
        ),
    ),
    Plan(
        sent=-8, day=-4, clock=time(12), minutes=30, type=InterviewType.PHONE, round=Round.FIRST,
        reminder_days=1, with_colleague=False,
        parts=(
            Part("Arnfinn Bø"), Part("Ayan Warsame"), Part("Grace Santos"), Part("Malin Öberg"),
            Part("Kjellaug Rise"), Part("Torunn Espeland", None),
        ),
    ),
    Plan(
        sent=-6, day=-2, clock=time(13), minutes=60, type=InterviewType.IN_PERSON, round=Round.SECOND,
        place=ROOM, reminder_days=1,
        parts=(Part("Gunnar Moe"), Part("Hilde Tjelta"), Part("Yonas Berhane")),
    ),
    Plan(
        sent=-5, day=0, clock=time(9), type=InterviewType.VIDEO, round=Round.FIRST, video_link=VIDEO,
        reminder_days=1,
        parts=(Part("Jorid Hammersland"), Part("Ahmed Saeed"), Part("Berit Hopland", None)),
    ),
    Plan(
        sent=-5, day=1, clock=time(14), type=InterviewType.IN_PERSON, round=Round.FIRST, place=ROOM,
        parts=(Part("Turid Kolstad", None),),
        cancelled=(-2, "Intervjueren er blitt syk. Vi tar kontakt om et nytt tidspunkt."),
    ),
    Plan(
        sent=-4, day=5, clock=time(17), minutes=60, type=InterviewType.GROUP, round=Round.INFORMATION,
        place=CANTEEN,
        parts=(
            Part("Vigdis Aarseth"), Part("Daniel Mensah"), Part("Maryam Hosseini"),
            Part("Terje Lothe", NEW_TIME, "Jeg er på kveldsvakt hele uken. Passer en formiddag?"),
            Part("Ruth Kvåle", NOT_COMING, "Jeg rekker dessverre ikke fram til klokken 17."),
            Part("Oddvar Skeie", WITHDRAW, "Jeg har fått ny jobb. Lykke til med rekrutteringen!"),
        ),
    ),
    Plan(
        sent=-3, day=2, clock=time(14), minutes=60, type=InterviewType.IN_PERSON, round=Round.SECOND,
        place=ROOM, reminder=Reminder.BOTH, reminder_days=1,
        parts=(Part("Mona Grimstad"), Part("Ragna Ytrehus")),
    ),
    Plan(
        sent=-2, day=3, clock=time(9), type=InterviewType.IN_PERSON, round=Round.FIRST, place=ROOM,
        reminder=Reminder.BOTH,
        parts=(
            Part("Amina Hassan"), Part("Cecilie Dahl", None),
            Part(
                "David Okafor", NEW_TIME,
                "I am on duty until noon that day. Any time after 13:00 would suit me.",
            ),
            Part("Fatima El Amrani", WITHDRAW), Part("Liv-Berit Tangedal"), Part("Jawad Iqbal"),
        ),
    ),
    Plan(
        sent=-1, day=6, clock=time(10), minutes=30, type=InterviewType.PHONE, round=Round.FIRST,
        reminder_days=3, with_colleague=False,
        parts=(
            Part("Inger Lise Haugland"), Part("Rolf Steinsvik", None),
            Part("Nadia Krasniqi", NEW_TIME, "Kan dere ringe etter klokken 15?"),
        ),
    ),
)  # fmt: skip
NURSES_MOVES = (
    Move(-12, Status.UNDER_REVIEW, ("Wenche Ask", "Leif Soltvedt")),
    Move(
        -6, Status.INTERVIEWED,
        ("Gunnar Moe", "Hilde Tjelta", "Yonas Berhane", "Mona Grimstad", "Ragna Ytrehus", "Samira Karimi",
         "Pål Henriksbø"),
    ),
    Move(-6, Status.REJECTED, ("Stine Valderhaug",), "Har takket ja til en annen stilling"),
    Move(
        -3, Status.INTERVIEWED,
        ("Arnfinn Bø", "Ayan Warsame", "Grace Santos", "Malin Öberg", "Kjellaug Rise"),
    ),
    Move(-3, Status.REJECTED, ("Torunn Espeland",), "Svarte ikke på innkallingen"),
    Move(-2, Status.UNDER_REVIEW, ("Turid Kolstad",)),
    Move(-1, Status.OFFERED, ("Gunnar Moe", "Hilde Tjelta")),
    Move(-1, Status.PANEL_REVIEW, ("Yonas Berhane",)),
)  # fmt: skip
CARERS_PLANS = (
    Plan(
        sent=-4, day=1, clock=time(10), type=InterviewType.IN_PERSON, round=Round.FIRST,
        place="Solheim bofellesskap, fellesstuen", with_colleague=False,
        parts=(Part("Gro Mæland"), Part("Nils Petter Rong", None), Part("Sahra Jama", NOT_COMING)),
    ),
)  # fmt: skip
TEACHERS_PLANS = (
    Plan(
        sent=-9, day=-5, clock=time(9), minutes=60, type=InterviewType.IN_PERSON, round=Round.FIRST,
        place="Bergenhus skole, lærerværelset", reminder=Reminder.NONE, with_colleague=False,
        parts=(Part("Kåre Midtbø"), Part("Ewa Nowak"), Part("Solfrid Lien")),
    ),
    Plan(
        sent=-2, day=4, clock=time(13), minutes=60, type=InterviewType.VIDEO, round=Round.SECOND,
        video_link=VIDEO, with_colleague=False,
        parts=(Part("Kåre Midtbø"), Part("Ewa Nowak", None)),
    ),
)  # fmt: skip
TEACHERS_MOVES = (Move(-4, Status.INTERVIEWED, ("Kåre Midtbø", "Ewa Nowak", "Solfrid Lien")),)
LEADERS_PLANS = (
    Plan(
        sent=-40, day=-34, clock=time(10), minutes=60, type=InterviewType.IN_PERSON, round=Round.FIRST,
        place=ROOM, with_colleague=False,
        parts=(Part("Anne-Grethe Valen"), Part("Per Inge Hordvik")),
    ),
)  # fmt: skip
LEADERS_MOVES = (
    Move(-32, Status.INTERVIEWED, ("Anne-Grethe Valen", "Per Inge Hordvik")),
    Move(-28, Status.OFFERED, ("Anne-Grethe Valen",)),
    Move(-25, Status.HIRED, ("Anne-Grethe Valen",)),
    Move(-24, Status.REJECTED, ("Per Inge Hordvik",), "Stillingen er besatt"),
)
