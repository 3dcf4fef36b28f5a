from samtale.outbox.models.message import Delivery, Message
from samtale.outbox.models.template import MessageTemplate

__all__ = ["Delivery", "Message", "MessageTemplate"]
