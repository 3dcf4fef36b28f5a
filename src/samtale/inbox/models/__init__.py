from samtale.inbox.models.incoming import IncomingMail
from samtale.inbox.models.mailbox import Mailbox

__all__ = ["IncomingMail", "Mailbox"]
