"""Puts what one Send was made of back into the two steps, so that nothing typed is lost by undoing it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.http import QueryDict

from samtale.accounts.models import Organisation
from samtale.interviews.models import Dispatch, Interview
from samtale.interviews.models.interview import InterviewType
from samtale.web.staff.forms.letters import NO_EMAIL, SEND


def posted_again(dispatch: Dispatch) -> QueryDict:
    """Return what the form of step 2 would send: the dispatch as it was typed, under a new key."""
    interviews = list(
        dispatch.interviews.prefetch_related("invitations__application", "interviewers").order_by(
            "start", "pk"
        )
    )
    first = interviews[0]
    organisation = Organisation.current()
    start = first.start.astimezone(first.zone)
    is_of_organisation = dispatch.sender_address == organisation.sender_email
    data = QueryDict(mutable=True)
    data.update(
        {
            "send_key": str(uuid.uuid4()),
            "applications": ",".join(str(pk) for pk in _by_name(interviews)),
            "type": first.type,
            "round": first.round,
            "date": f"{start:%Y-%m-%d}",
            "time": f"{start:%H:%M}",
            "duration": str(first.duration),
            "place": first.place,
            "video_link": first.video_link,
            "room": str(first.room_id or ""),
            "seats": str(first.seats or ""),
            "action": SEND if dispatch.sends_email else NO_EMAIL,
            "sender": "organisation" if is_of_organisation else "user",
            "reminder": dispatch.reminder,
            "reminder_days": str(dispatch.reminder_days or ""),
            "texts_round": first.round,
        }
    )
    data.setlist("interviewers", [str(user.pk) for user in first.interviewers.all()])
    if dispatch.includes_link:
        data["includes_link"] = "on"
    for language, texts in dispatch.wording.items():
        for name, text in texts.items():
            data[f"texts-{language}-{name}"] = text
    if first.type != InterviewType.GROUP and len(interviews) > 1:
        _add_times(data, interviews)
    return data


def _add_times(data: QueryDict, interviews: Sequence[Interview]) -> None:
    """Add each applicant's time. As nobody knows which were proposed, they all count as such."""
    for interview in interviews:
        local: datetime = interview.start.astimezone(interview.zone)
        for invitation in interview.invitations.all():
            prefix = f"slot-{invitation.application_id}"
            data[f"{prefix}-date"], data[f"{prefix}-time"] = f"{local:%Y-%m-%d}", f"{local:%H:%M}"
            data[f"{prefix}-proposed"] = f"{local:%Y-%m-%dT%H:%M}"
    followed = (str(data.get(name, "")) for name in ("date", "time", "duration", "pause", "day_end"))
    data["slots_for"] = "|".join([*followed, *(str(pk) for pk in _by_name(interviews))])


def _by_name(interviews: Sequence[Interview]) -> list[int]:
    """Return the applicants in the order in which step 1 lists them."""
    applications = [each.application for interview in interviews for each in interview.invitations.all()]
    return [each.pk for each in sorted(applications, key=lambda found: (found.sort_name, found.pk))]
