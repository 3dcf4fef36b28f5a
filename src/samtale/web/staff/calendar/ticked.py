"""Videre fremdrift in the calendar's list: what is done with ticked candidates (spec 10)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samtale.core import clock
from samtale.interviews.domain.queries.agenda import interviews_for
from samtale.interviews.domain.write import WordsRefused, write
from samtale.interviews.tags import INVITATION_TAGS
from samtale.web.staff.access import StaffRequest
from samtale.web.staff.calendar.letter import LetterDraft
from samtale.web.staff.calendar.visit import Visit

EMAIL, OUTCOME = "email", "outcome"


def actions_for(visit: Visit) -> list[tuple[str, str]]:
    """Return what the reader may do with ticked candidates, each with its words."""
    actions = []
    if visit.may("may_send_email"):
        actions.append((EMAIL, _("Send e-mail")))
    if visit.worked_in:
        actions.append((OUTCOME, _("Record the outcome")))
    return actions


@require_POST
def ticked(request: StaffRequest) -> HttpResponse:
    """Begin what was chosen for the ticked candidates; others' ids are passed over."""
    action = request.POST.get("action")
    if not request.POST.getlist("invitation"):
        messages.error(request, _("Nobody is ticked. Tick the candidates first, and then press Execute."))
        return redirect(_back(request))
    if action == OUTCOME:
        query = [("interview", pk) for pk in _interviews(request)] + [("next", _back(request))]
        return redirect(f"{reverse('staff:interview-outcome-bulk')}?{urlencode(query)}")
    if action == EMAIL:
        return _letter_page(request, LetterDraft(request.user, request.POST, is_new=True))
    messages.error(request, _("Choose what is to happen with the ticked candidates."))
    return redirect(_back(request))


def email(request: StaffRequest) -> HttpResponse:
    """Show the letter as it will be read, or send it, as the pressed button says.

    Whoever comes by the address, after logging in again for instance, is led to the list.
    """
    if request.method != "POST":
        messages.info(request, _("Nothing has been sent. Tick the candidates and begin again."))
        return redirect(_back(request))
    draft = LetterDraft(request.user, request.POST, is_new=False)
    if not draft.invitations:
        return _letter_page(request, draft)
    match request.POST.get("go"):
        case "part":
            return render(request, "staff/calendar/letter_preview.html", {"draft": draft})
        case "send" if draft.is_valid():
            return _send(request, draft)
        case "send":
            return _letter_page(request, draft, status=422)
    return _letter_page(request, draft)


def _send(request: StaffRequest, draft: LetterDraft) -> HttpResponse:
    try:
        written = write(
            send_key=draft.send_key,
            invitations=draft.invitations,
            mail=draft.mail(),
            by=request.user,
            now=clock.now(),
        )
    except WordsRefused as refused:
        draft.show(refused.problems)
        return _letter_page(request, draft, status=422)
    if not written.is_new:
        messages.info(request, _("This e-mail was sent already. Nothing was sent again."))
    elif written.number:
        messages.success(request, _thanks(written.number))
    else:
        messages.warning(request, _("Nobody was written to: none of them can be reached any longer."))
    return redirect(_back(request))


def _letter_page(request: StaffRequest, draft: LetterDraft, *, status: int = 200) -> HttpResponse:
    context = {
        "draft": draft,
        "forms": list(draft.words.values()),
        "tags": INVITATION_TAGS,
        "back": _back(request),
    }
    return render(request, "staff/calendar/letter.html", context, status=status)


def _interviews(request: StaffRequest) -> list[int]:
    """Return the ids of the interviews that the ticked candidates belong to, as far as the user sees them."""
    ids = [int(each) for each in request.POST.getlist("invitation") if each.isdecimal() and len(each) < 19]
    ticked = interviews_for(request.user).filter(invitations__in=ids).order_by("start", "pk")
    return list(dict.fromkeys(ticked.values_list("pk", flat=True)))


def _back(request: StaffRequest) -> str:
    """Return the list as it was shown: an address of the calendar, and no other."""
    calendar = reverse("staff:calendar")
    wanted = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(wanted, None) and wanted.partition("?")[0] == calendar
    return wanted if is_own else f"{calendar}?view=list"


def _thanks(number: int) -> str:
    return ngettext(
        "The e-mail is on its way to %(number)d candidate. Until it leaves it can be stopped in the outbox.",
        "The e-mail is on its way to %(number)d candidates. Until it leaves it can be stopped in the outbox.",
        number,
    ) % {"number": number}
