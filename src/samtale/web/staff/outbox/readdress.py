"""The right address for a message that failed."""

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.outbox.domain.queue import NoLongerTrue
from samtale.outbox.models.message import State
from samtale.recruiting.domain.apply import CandidateEmailTaken
from samtale.recruiting.domain.readdress import readdress as correct
from samtale.web.staff.access import EDIT_CANDIDATE, StaffRequest, require
from samtale.web.staff.application.details import name_left_behind
from samtale.web.staff.forms.message import AddressForm
from samtale.web.staff.outbox.bulk import AGAIN, tell
from samtale.web.staff.outbox.message import other_failed, page
from samtale.web.staff.outbox.one import candidate_of, message_to_decide_on


@require_POST
def readdress(request: StaffRequest, message_id: int) -> HttpResponse:
    """Correct the candidate's address and send the message again, with the other failed ones if chosen."""
    found = message_to_decide_on(request, message_id)
    candidate = candidate_of(found)
    if candidate is None:
        raise PermissionDenied
    require(request.user, EDIT_CANDIDATE, candidate)
    if found.state != State.FAILED:
        notices.info(request, _("The message need not be sent again."))
        return redirect("staff:message", found.pk)
    others = list(other_failed(request, found, candidate).values_list("pk", flat=True))
    form = AddressForm(request.POST, message=found, others=len(others))
    if not form.is_valid():
        return page(request, found, address_form=form, status=422)
    try:
        done = correct(
            message=found,
            candidate_id=candidate.pk,
            address=form.cleaned_data["address"],
            also=others if form.cleaned_data.get("all_failed") else (),
            by=request.user,
            now=clock.now(),
        )
    except CandidateEmailTaken:
        form.add_error("address", _("Another candidate has this e-mail address."))
        return page(request, found, address_form=form, status=422)
    except NoLongerTrue as refusal:
        sentence = _("The message cannot be sent again. %(reason)s")
        notices.error(request, sentence % {"reason": _(refusal.reason)})
        return redirect("staff:message", found.pk)
    notices.success(request, _("The address is corrected."))
    tell(request, AGAIN, done.outcome)
    name_left_behind(request, done.left_behind)
    return redirect("staff:message", found.pk)
