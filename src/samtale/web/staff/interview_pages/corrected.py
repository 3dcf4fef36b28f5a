"""Says what a corrected outcome has made of the applications."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samtale.interviews.domain.outcome import Applications
from samtale.recruiting.models import Application
from samtale.web.staff.names import some


def tell_corrected(request: HttpRequest, applications: Applications) -> None:
    """Say whose status is what it was before, and who counts as interviewed without having come."""
    if applications.taken_back:
        sentence = _("The status for the project is what it was before: %(names)s.")
        messages.info(request, sentence % {"names": _names(applications.taken_back)})
    if applications.still_interviewed:
        sentence = _("Still with the status “Interviewed”: %(names)s. Change it if that is not right.")
        messages.warning(request, sentence % {"names": _names(applications.still_interviewed)})


def _names(applications: Sequence[Application]) -> str:
    return some([each.candidate.name for each in applications])
