"""The pages that both looking and answering lead to."""

from enum import StrEnum, auto
from http import HTTPStatus

from django.http import HttpResponse

from samtale.interviews.domain.answer import Choice, PageState, current_choice
from samtale.interviews.domain.queries.seats import has_seat_for
from samtale.interviews.models import Interview
from samtale.web.candidate.forms import AnswerForm
from samtale.web.candidate.pages import page
from samtale.web.candidate.visit import Visit


class Shown(StrEnum):
    """What a page said beside its form. The form sends it back, for the same page in another language."""

    NOTHING = auto()
    ERRORS = auto()
    MOVED = auto()
    CONFIRM = auto()


def form_page(
    visit: Visit,
    *,
    choice: str | None,
    wishes: str,
    form: AnswerForm | None = None,
    has_moved: bool = False,
    was_full: bool = False,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Return the question. `form` is one with errors. Where others have taken all seats, or had when this
    candidate said yes, there is no yes to choose, and asking for a new time is suggested."""
    is_full = was_full or not has_seat_for(visit.invitation)
    if is_full and choice in (None, "", Choice.COMING):
        choice = Choice.NEW_TIME
    return page(
        "form",
        **visit.context(),
        choices=[pair for pair in Choice.choices if not (is_full and pair[0] == Choice.COMING)],
        is_full=is_full,
        was_full=was_full,
        choice=choice,
        wishes=wishes,
        # Two lists, since a template takes long to find that there is no form to ask.
        choice_errors=form["choice"].errors if form else [],
        wishes_errors=form["wishes"].errors if form else [],
        has_errors=form is not None,
        has_moved=has_moved,
        is_change=current_choice(visit.invitation) is not None,
        shown=Shown.MOVED if has_moved else Shown.ERRORS if form else Shown.NOTHING,
        status=status,
    )


def confirm_page(visit: Visit, *, wishes: str) -> HttpResponse:
    """Return the question whether the candidate really wants to withdraw."""
    return page(
        "confirm",
        **visit.context(),
        choice=Choice.WITHDRAW,
        wishes=wishes,
        shown=Shown.CONFIRM,
    )


def closed_page(visit: Visit, state: PageState, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """Return the page that says why there is nothing to answer."""
    is_over = visit.now >= visit.invitation.interview.end
    has_left = state == PageState.WITHDRAWN and visit.has_left
    # The interview itself goes on with others, or went on.
    is_theirs_alone = visit.invitation.interview.state != Interview.State.CANCELLED
    return page(
        "closed",
        **visit.context(),
        state=state,
        is_over=is_over,
        is_theirs_alone=is_theirs_alone,
        has_left=has_left,
        status=status,
    )
