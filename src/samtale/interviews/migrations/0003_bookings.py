"""Books the interviewers of the interviews there are, and lets PostgreSQL refuse two at once."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db import migrations

# A range of one number stands for equality, so that no extension is needed.
_EXCLUDE = """
ALTER TABLE interviews_booking ADD CONSTRAINT {name} EXCLUDE USING gist (
    int8range({column}, {column}, '[]') WITH &&,
    tstzrange(start, "end") WITH &&
) WHERE ({column} IS NOT NULL AND NOT knowingly)
"""
_CONSTRAINTS = {"nobody_in_two_interviews": "user_id", "no_room_with_two_interviews": "room_id"}


def add_constraints(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, column in _CONSTRAINTS.items():
            schema_editor.execute(_EXCLUDE.format(name=name, column=column))


def remove_constraints(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in _CONSTRAINTS:
            schema_editor.execute(f"ALTER TABLE interviews_booking DROP CONSTRAINT {name}")


def book_what_is_planned(apps: Any, schema_editor: Any) -> None:
    """Book everyone who attends an interview that is not cancelled. Who is in two at once already was
    booked so by somebody who had been warned."""
    booking_model = apps.get_model("interviews", "Booking")
    attendance = apps.get_model("interviews", "Interview").interviewers.through
    rows = (
        attendance.objects.exclude(interview__state="cancelled")
        .order_by("interview__start", "interview_id", "user_id")
        .values_list("user_id", "interview_id", "interview__start", "interview__duration")
    )
    busy_until: dict[int, Any] = defaultdict(lambda: None)
    bookings = []
    for user_id, interview_id, start, minutes in rows.iterator(chunk_size=2000):
        end = start + timedelta(minutes=max(minutes, 1))
        until = busy_until[user_id]
        knowingly = until is not None and start < until
        bookings.append(
            booking_model(
                interview_id=interview_id, user_id=user_id, start=start, end=end, knowingly=knowingly
            )
        )
        busy_until[user_id] = max(end, until or end)
    booking_model.objects.bulk_create(bookings, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("interviews", "0002_recruitment_calendar")]

    operations = [
        migrations.RunPython(add_constraints, remove_constraints),
        migrations.RunPython(book_what_is_planned, migrations.RunPython.noop),
    ]
