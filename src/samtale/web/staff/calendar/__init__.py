"""The recruitment calendar (spec 10)."""

from django.urls import path

from samtale.web.staff.calendar import details, events, new, page, ticked

urlpatterns = [
    path("", page.calendar, name="calendar"),
    path("events/", events.events, name="calendar-events"),
    path("new/", new.new, name="calendar-new"),
    path("ticked/", ticked.ticked, name="calendar-ticked"),
    path("email/", ticked.email, name="calendar-email"),
    path("interviews/<int:interview_id>/", details.interview, name="calendar-interview"),
    path("interviews/<int:interview_id>/move/", details.move, name="calendar-move"),
]
