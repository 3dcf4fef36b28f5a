from samtale.outbox.models.message import Delivery, Message
from samtale.outbox.models.pace import Allowance, SlowDomain
from samtale.outbox.models.template import MessageTemplate

__all__ = ["Allowance", "Delivery", "Message", "MessageTemplate", "SlowDomain"]
