"""Records how many interviews went, as lists name them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samtale.core import clock
from samtale.interviews.domain.outcome import Recorded, record_outcomes
from samtale.interviews.domain.queries.agenda import interviews_for, with_people
from samtale.interviews.domain.queries.invited import is_still_invited
from samtale.interviews.domain.seen import SeenOutcome
from samtale.interviews.models import Interview
from samtale.interviews.results import Result
from samtale.web.staff.access import WORK, StaffRequest
from samtale.web.staff.forms.outcome import OutcomesForm, stamps
from samtale.web.staff.interview_pages.corrected import tell_corrected
from samtale.web.staff.interview_pages.links import next_of
from samtale.web.staff.names import some

MOST = 200
_LONGEST_ID = 18  # digits


@require_http_methods(["GET", "HEAD", "POST"])
def outcomes(request: StaffRequest) -> HttpResponse:
    """Show the interviews that were ticked, or record their outcome. Those that the user does not see, or
    may not work with, are passed over."""
    interviews = _chosen(request)
    if not interviews:
        messages.warning(request, _("None of these interviews can have an outcome recorded by you."))
        return _back(request)
    form = OutcomesForm(
        request.POST if "moves_on_to" in request.POST else None,
        initial={"stamp": stamps({each.pk: _as_shown(each) for each in interviews})},
    )
    if not form.is_valid():
        context = {"form": form, "interviews": interviews, "next": next_of(request)}
        status = 422 if form.is_bound else 200
        return render(request, "staff/interview/outcomes.html", context, status=status)
    recorded = record_outcomes(
        interviews=interviews,
        seen=form.seen,
        result=Result(form.cleaned_data["result"]),
        moves_on_to=form.cleaned_data["moves_on_to"],
        by=request.user,
        now=clock.now(),
    )
    _tell(request, recorded)
    return _back(request)


def _chosen(request: StaffRequest) -> list[Interview]:
    given = request.POST.getlist("interview") or request.GET.getlist("interview")
    ids = [int(each) for each in given if each.isdecimal() and len(each) <= _LONGEST_ID][:MOST]
    found: QuerySet[Interview] = interviews_for(request.user).filter(pk__in=ids)
    found = with_people(found.select_related("project__department")).order_by("start", "pk")
    return [each for each in found if request.user.has_perm(WORK, each.project)]


def _as_shown(interview: Interview) -> SeenOutcome:
    return SeenOutcome.of(interview, [each for each in interview.invitations.all() if is_still_invited(each)])


def _tell(request: StaffRequest, recorded: Recorded) -> None:
    if number := len(recorded.done):
        sentence = ngettext(
            "The outcome of %(number)d interview is recorded.",
            "The outcome of %(number)d interviews is recorded.",
            number,
        )
        messages.success(request, sentence % {"number": number})
    tell_corrected(request, recorded.applications)
    reasons: dict[str, list[str]] = {}
    for interview, reason in recorded.refused:
        reasons.setdefault(reason, []).append(f"{interview.local_start:%d.%m. %H:%M}")
    for reason, times in reasons.items():
        messages.warning(request, f"{reason} ({some(times)})")


def _back(request: StaffRequest) -> HttpResponse:
    wanted = next_of(request)
    return HttpResponseRedirect(wanted) if wanted else redirect("staff:calendar")
