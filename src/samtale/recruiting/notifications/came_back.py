"""The notice that a message to a candidate came back."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samtale.accounts.models import User
from samtale.outbox.domain.queries.messages import CAME_BACK
from samtale.outbox.kinds import MessageKind, Wording, register
from samtale.outbox.models import Message
from samtale.outbox.tags import Tag
from samtale.recruiting.rules import reads

BOUNCE = "came_back"
APPLICATION_LINK = Tag("application-link", _("Link to the application"), is_link=True)
OUTBOX_LINK = Tag("outbox-link", _("Link to the messages that came back"), is_link=True)
NUMBER = Tag("number", _("How many messages came back"))
_TAGS = (
    Tag("name", _("The candidate's full name")),
    Tag("vacancy", _("The title of the vacancy")),
    Tag("recipient", _("The address or number")),
    Tag("words", _("The provider's words")),
    NUMBER,
    APPLICATION_LINK,
    OUTBOX_LINK,
)
# By language: of one message that came back, of one reported as unwanted, and of several.
CAME_BACK_ONE: Mapping[str, Wording] = {
    "nb": Wording(
        "Melding til {name} kom i retur – {vacancy}",
        "En melding til {name} ({vacancy}) kom i retur. Den ble sendt til {recipient}.\n\n"
        "Svaret vi fikk: {words}\n\n"
        "Rett adressen eller nummeret under personalia, og send meldingen på nytt.\n\n{application-link}",
    ),
    "en": Wording(
        "Message to {name} came back – {vacancy}",
        "A message to {name} ({vacancy}) came back. It was sent to {recipient}.\n\n"
        "The answer we got: {words}\n\n"
        "Correct the address or number under personal details, and send it again.\n\n{application-link}",
    ),
}
UNWANTED_ONE: Mapping[str, Wording] = {
    "nb": Wording(
        "E-post til {name} ble meldt som uønsket – {vacancy}",
        "E-posten til {name} ({vacancy}) kom fram til {recipient}, men ble meldt som uønsket (søppelpost). "
        "Ta gjerne kontakt på en annen måte før du sender mer.\n\n{application-link}",
    ),
    "en": Wording(
        "E-mail to {name} was reported as unwanted – {vacancy}",
        "The e-mail to {name} ({vacancy}) reached {recipient}, but was reported as unwanted (spam). "
        "Please get in touch in some other way before you send more.\n\n{application-link}",
    ),
}
SEVERAL: Mapping[str, Wording] = {
    "nb": Wording(
        "{number} meldinger kom i retur – {vacancy}",
        "{number} meldinger i rekrutteringen {vacancy} kom i retur eller ble meldt som uønsket. "
        "I utboksen ser du hvilke, og kan rette adressene og sende på nytt.\n\n{outbox-link}",
    ),
    "en": Wording(
        "{number} messages came back – {vacancy}",
        "{number} messages in the recruitment {vacancy} came back or were reported as unwanted. "
        "The outbox shows which, and there you can correct the addresses and send again.\n\n{outbox-link}",
    ),
}
LINK_LABELS = {
    "nb": {APPLICATION_LINK.name: "Åpne søknaden", OUTBOX_LINK.name: "Åpne utboksen"},
    "en": {APPLICATION_LINK.name: "Open the application", OUTBOX_LINK.name: "Open the outbox"},
}


def came_back_page(project_id: int) -> str:
    """Return the whole address of the outbox, narrowed to what came back in the project."""
    return f"{settings.SITE_URL}{reverse('staff:outbox')}?state={CAME_BACK}&project={project_id}"


def _address(message: Message, tag: str) -> str:
    about = message.correspondence
    if tag == APPLICATION_LINK.name and about.application_id:
        return settings.SITE_URL + reverse("staff:application", args=[about.application_id])
    return came_back_page(about.project_id)


def _may_know(message: Message, now: datetime) -> str:
    reader = User.objects.filter(email=message.recipient_address).first()
    try:
        may = reader is not None and reads(reader, message.correspondence.project)
    except ObjectDoesNotExist:
        may = False
    return "" if may else gettext_noop("The recipient may no longer see the project.")


register(
    MessageKind(
        slug=BOUNCE,
        label=_("Message that came back"),
        channel="email",
        tags=_TAGS,
        defaults=CAME_BACK_ONE,
        link_address=_address,
        is_still_true=_may_know,
        is_template=False,
        to_staff=True,
    )
)
