"""How a job's state looks and sounds."""

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samtale.jobs.models import Job
from samtale.web.staff.status_tags import tag

State = Job.State
_COLOURS = {
    State.WAITING: "neutral",
    State.RUNNING: "info",
    State.DONE: "success",
    State.FAILED: "danger",
    State.STOPPED: "warning",
}


def state_tag(job: Job) -> SafeString:
    """Return the state as a tag; a job that is about to stop says so."""
    if job.is_active and job.stop_requested:
        return tag(_("Stopping"), "warning")
    return tag(job.get_state_display(), _COLOURS[State(job.state)])


def count(job: Job) -> str:
    """Return how far the job is, such as “1 240 of 5 000”."""
    done, total = (number_format(number, force_grouping=True) for number in (job.done, job.total))
    return _("%(done)s of %(total)s") % {"done": done, "total": total}


def announcement(job: Job) -> str:
    """Return what is read aloud when the job has ended; nothing before."""
    words = {
        State.DONE: _("Done."),
        State.FAILED: _("The work came to an end with an error."),
        State.STOPPED: _("The work was stopped."),
    }
    return words.get(State(job.state), "")
