from samtale.interviews.models.dispatch import Dispatch
from samtale.interviews.models.interview import Interview
from samtale.interviews.models.invitation import Invitation, InvitationMessage

__all__ = ["Dispatch", "Interview", "Invitation", "InvitationMessage"]
