"""Messages from which the person has been taken out, see `scrub`."""

from django.utils.translation import gettext_noop

from samtale.outbox.models import Delivery, Message

ANONYMISED = gettext_noop("The candidate has been anonymised.")


def is_scrubbed(message: Message) -> bool:
    """Say whether `message` belonged to somebody of whom nothing is known any more."""
    return not message.recipient_address


def forget_words(message: Message) -> None:
    """Take back what was just written about `message` in a server's words, which may quote an address, if
    the message was scrubbed while a worker held it. Call it after that, in the same transaction."""
    one = Message.objects.filter(pk=message.pk, recipient_address="")
    if one.update(reason="", provider_id=""):
        Delivery.objects.filter(message=message).update(detail="")
