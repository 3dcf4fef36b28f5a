from django.conf import settings
from django.db import models

from samtale.interviews.models.interview import Interview
from samtale.interviews.models.room import Room


class Booking(models.Model):
    """That an interviewer, or a room, is taken by an interview from `start` to `end` (UTC).

    There is one for each interviewer and for the room of every interview that stands; a cancelled one has
    none. Nobody is in two at once, unless somebody booked them `knowingly`: on PostgreSQL that is a
    constraint of the table, beside the look that `domain.bookings` takes on every database.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="bookings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="bookings"
    )
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="bookings")
    start = models.DateTimeField()
    end = models.DateTimeField()
    knowingly = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, room__isnull=False) | models.Q(user__isnull=False, room=None),
                name="books_a_person_or_a_room",
            ),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="booking_has_length"),
            models.UniqueConstraint(fields=["interview", "user"], name="person_booked_once"),
            models.UniqueConstraint(fields=["interview", "room"], name="room_booked_once"),
        ]
        indexes = [models.Index(fields=["user", "start"]), models.Index(fields=["room", "start"])]

    def __str__(self) -> str:
        return f"{self.user or self.room} {self.start:%Y-%m-%d %H:%M}"
