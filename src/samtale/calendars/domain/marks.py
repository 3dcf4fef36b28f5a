"""Notes whose interviews have changed, for the worker that copies them."""

from collections.abc import Collection

from samtale.calendars.models import Mark, OutsideCalendar


def mark_changed(user_ids: Collection[int]) -> None:
    """Let the calendars of these users be written anew. Call it inside the transaction of a change.

    One query for most, who have no such calendar. It locks nothing that a worker holds.
    """
    if not user_ids:
        return
    receiving = OutsideCalendar.objects.filter(user__in=list(user_ids), receives_interviews=True)
    found = receiving.order_by("pk").values_list("pk", flat=True)
    Mark.objects.bulk_create([Mark(calendar_id=pk) for pk in found], batch_size=500)
