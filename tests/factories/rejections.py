"""The plan of a rejection, and a press of Reject."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from samtale.core import clock
from samtale.outbox.kinds import Wording
from samtale.recruiting.domain.reject import Carried, RejectionPlan, reject
from samtale.recruiting.models import Application, Project

TEXTS = Wording("Svar – {vacancy}", "Hei {first-name},\n\nDessverre.", "Hilsen {sender-name}")


def make_rejection_plan(**fields: Any) -> RejectionPlan:
    fields = {
        "type": "application",
        "reason": "others_stronger",
        "sender_name": "Kari Lunde",
        "sender_address": "kari.lunde@example.org",
        "texts": dict.fromkeys(("nb", "en", "sv"), TEXTS),
    } | fields
    return RejectionPlan(**fields)


def reject_applications(
    project: Project,
    applications: Sequence[Application],
    *,
    now: datetime | None = None,
    send_key: uuid.UUID | None = None,
    **plan: Any,
) -> Carried:
    return reject(
        project=project,
        applications=applications,
        plan=make_rejection_plan(**plan),
        send_key=send_key or uuid.uuid4(),
        by=project.owner,
        now=now or clock.now(),
    )
