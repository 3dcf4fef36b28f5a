"""Each applicant's own time in step 1: proposed, or changed by hand and then kept.

With every time travels the one that had been proposed, so that what a person changed can be told apart. With
all of them travels `slots_for`, what the proposals followed from. When that changes they are made anew,
around the times that were changed by hand; those stay with their applicant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from django.http import QueryDict

from samtale.interviews.domain.slots import consecutive
from samtale.recruiting.models import Application
from samtale.web.staff.forms.appointment import AppointmentForm, SlotForm

_FOLLOWED = ("date", "time", "duration", "pause", "day_end")
_NEEDED = frozenset({*_FOLLOWED, "start"})


@dataclass(frozen=True)
class Typed:
    """What stands in the fields of one applicant's time. `proposed` is such as 2026-03-16T09:55."""

    date: str = ""
    time: str = ""
    proposed: str = ""

    @classmethod
    def of(cls, application: Application, data: QueryDict) -> "Typed":
        """Return what was posted for `application`."""
        return cls(
            **{name: data.get(f"{_prefix(application)}-{name}", "") for name in ("date", "time", "proposed")}
        )

    @classmethod
    def proposing(cls, start: datetime) -> "Typed":
        """Return `start`, on the wall clock, as a proposal that nobody has changed yet."""
        day, clock = f"{start:%Y-%m-%d}", f"{start:%H:%M}"
        return cls(day, clock, f"{day}T{clock}")

    @property
    def has_own_date(self) -> bool:
        return self.date not in ("", self.proposed.partition("T")[0])

    @property
    def is_by_hand(self) -> bool:
        """Whether a person changed it. What was emptied was not: that asks for a new proposal."""
        return self.has_own_date or self.time not in ("", self.proposed.partition("T")[2])

    def on_the_day_of(self, start: datetime) -> "Typed":
        """Return the same time on the day of `start`, which nobody has chosen by hand either."""
        day = f"{start:%Y-%m-%d}"
        return replace(self, date=day, proposed=f"{day}T{self.proposed.partition('T')[2]}")


class Timetable:
    """The times of all applicants, for what is chosen in `form`."""

    def __init__(self, form: AppointmentForm, applications: Sequence[Application], data: QueryDict) -> None:
        self.form, self.applications, self.data = form, applications, data

    @cached_property
    def key(self) -> str:
        """What the proposals follow from."""
        return "|".join(
            [*(self.data.get(name, "") for name in _FOLLOWED), *(str(each.pk) for each in self.applications)]
        )

    @property
    def posted_key(self) -> str:
        """What the posted times follow from; "" where none were."""
        return self.data.get("slots_for", "")

    @property
    def is_current(self) -> bool:
        """Whether the posted times belong to what is chosen now."""
        return self.posted_key == self.key

    @property
    def is_as_posted(self) -> bool:
        """Whether the times stay: they are current, or what is chosen now is no ground for others."""
        return bool(self.posted_key) and (self.is_current or not self._can_propose)

    @property
    def follows(self) -> str:
        """What the times in `rows` follow from."""
        return self.posted_key if self.is_as_posted else self.key

    @cached_property
    def rows(self) -> list[tuple[Application, SlotForm]]:
        """Every applicant with a time, if there are several; none as long as there is nothing to go by."""
        if len(self.applications) < 2:
            return []
        if self.is_as_posted:
            return [(each, self._slot(each, Typed.of(each, self.data))) for each in self.applications]
        return self._proposed() if self._can_propose else []

    @property
    def kept(self) -> list[Application]:
        """Those whose times were changed by hand, and stay while the others are proposed anew."""
        return [] if self.is_as_posted or not self.rows else list(self._by_hand)

    @cached_property
    def _by_hand(self) -> dict[Application, Typed]:
        posted = {each: Typed.of(each, self.data) for each in self.applications}
        return {each: typed for each, typed in posted.items() if typed.is_by_hand}

    @property
    def _can_propose(self) -> bool:
        self.form.is_valid()
        return self.form.is_bound and self.form.cleaned_data.keys() >= _NEEDED

    def _proposed(self) -> list[tuple[Application, SlotForm]]:
        chosen = self.form.cleaned_data
        follow = partial(
            consecutive,
            chosen["start"],
            minutes=chosen["duration"],
            pause=chosen["pause"] or 0,
            zone=self.form.zone,
            day_end=chosen["day_end"],
        )
        alone = dict(zip(self.applications, follow(count=len(self.applications)), strict=True))
        slots = {
            each: self._slot(each, self._moved_along(typed, alone[each]))
            for each, typed in self._by_hand.items()
        }
        taken = [slot.cleaned_data["start"] for slot in slots.values() if slot.is_valid()]
        others = [each for each in self.applications if each not in slots]
        for each, start in zip(others, follow(count=len(others), taken=taken), strict=True):
            slots[each] = self._slot(each, Typed.proposing(start.astimezone(self.form.zone)))
        return [(each, slots[each]) for each in self.applications]

    def _moved_along(self, typed: Typed, proposed: datetime) -> Typed:
        """Return a time changed by hand, on the new day if it was only the time of day that was changed."""
        is_another_day = self.posted_key.partition("|")[0] != self.data.get("date", "")
        if is_another_day and not typed.has_own_date:
            return typed.on_the_day_of(proposed.astimezone(self.form.zone))
        return typed

    def _slot(self, application: Application, typed: Typed) -> SlotForm:
        prefix = _prefix(application)
        return SlotForm(
            {f"{prefix}-{name}": value for name, value in vars(typed).items()},
            prefix=prefix,
            about=application.candidate.name,
            zone=self.form.zone,
            now=self.form.now,
        )


def _prefix(application: Application) -> str:
    return f"slot-{application.pk}"
