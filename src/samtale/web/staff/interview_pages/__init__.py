"""The page of one interview, what is done with it from there, and the list of what is to be followed up."""

from django.urls import path

from samtale.web.staff.interview_pages import cancel, follow_up, move, outcome, outcomes, page, seats

urlpatterns = [
    path("interviews/<int:interview_id>/", page.interview, name="interview"),
    path("interviews/<int:interview_id>/move/", move.move, name="interview-move"),
    path("interviews/<int:interview_id>/seats/", seats.seats, name="interview-seats"),
    path("interviews/<int:interview_id>/outcome/", outcome.outcome, name="interview-outcome"),
    path("interviews/outcome/", outcomes.outcomes, name="interview-outcome-bulk"),
    path("follow-up/", follow_up.follow_up, name="follow-up"),
    path("follow-up/remind/", follow_up.remind, name="follow-up-remind"),
    path("interviews/<int:interview_id>/cancel/", cancel.cancel, name="interview-cancel"),
]
