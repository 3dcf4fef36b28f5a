"""Month, week and day: what the calendar's script starts from."""

import json
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samtale.accounts.models import Organisation
from samtale.interviews.models.interview import Round
from samtale.web.staff.calendar.looks import LOOKS, OWN
from samtale.web.staff.calendar.visit import Visit
from samtale.web.staff.forms.calendar import Narrowing


def grid(visit: Visit) -> dict[str, Any]:
    """Return what the template of month, week and day shows."""
    return {
        "showing": visit.showing,
        "filters": visit.filters,
        "looks": LOOKS,
        "own": OWN,
        "zone": visit.zone.key,
        "names_zone": bool(visit.user.time_zone) and visit.zone.key != Organisation.current().time_zone,
        "may_invite": visit.may("may_invite"),
        "settings": json.dumps(_settings(visit), ensure_ascii=False),
    }


def _settings(visit: Visit) -> dict[str, Any]:
    # In these addresses the script puts an interview's id in the place of the 0.
    return {
        "view": visit.showing.view,
        # A filter that cannot be lets nothing through, which is not the same as that there is nothing.
        "isRefused": bool(visit.filters.errors.keys() & Narrowing.base_fields.keys()),
        "isChosen": visit.showing.is_chosen,
        "date": visit.showing.day.isoformat(),
        "zone": visit.zone.key,
        "language": get_language(),
        "icons": static("ui/build/icons.svg"),
        "calendar": reverse("staff:calendar"),
        "events": reverse("staff:calendar-events"),
        "interview": reverse("staff:calendar-interview", args=[0]),
        "move": reverse("staff:calendar-move", args=[0]),
        "create": reverse("staff:calendar-new") if visit.may("may_invite") else "",
        "looks": {look.name: {"label": str(look.label), "icon": look.icon} for look in LOOKS},
        "own": str(OWN.label),
        "activities": {value: str(label) for value, label in Round.choices},
        "words": {
            "week": _("Week"),
            "failed": _("The interviews could not be fetched. Check the connection and try again."),
            "refused": _(
                "Nothing is shown, since a filter cannot be used. Choose another one under “Filters”."
            ),
            "moved": _("{title}: {when}. Confirm the new time on the next page."),
            "created": _("New interview: {when}."),
            "shown": _("{count} interviews shown, {title}"),
            "one": _("1 interview shown, {title}"),
            "none": _("No interviews, {title}"),
            "hidden": _("{count} of {number} interviews have no room here."),
            "more": _("Show {count} more interviews"),
            "oneMore": _("Show 1 more interview"),
            "close": _("Close"),
            "time": _("Time"),
        },
    }
