from samtale.interviews.models.booking import Booking
from samtale.interviews.models.dispatch import Dispatch
from samtale.interviews.models.interview import Interview
from samtale.interviews.models.interviewer_message import InterviewerMessage
from samtale.interviews.models.invitation import Invitation, InvitationMessage
from samtale.interviews.models.room import Room
from samtale.interviews.models.sent_form import SentForm

__all__ = [
    "Booking",
    "Dispatch",
    "Interview",
    "InterviewerMessage",
    "Invitation",
    "InvitationMessage",
    "Room",
    "SentForm",
]
