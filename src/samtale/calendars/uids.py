"""How Samtale's appointments are called in calendars, so that they are known when they come back.

The name of an interview stays the same whatever becomes of it, in feeds, in copies and in letters to
interviewers. A candidate's invitation is called by its `public_id`.
"""

import re

_OURS = re.compile(r"(interview-\d+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})@(?P<host>[^@]+)")


def interview_uid(interview_id: int, *, host: str) -> str:
    """Return the UID of an interview as its interviewers see it. `host` is that of SITE_URL."""
    return f"interview-{interview_id}@{host}"


def is_ours(uid: str, *, host: str) -> bool:
    """Say whether this installation, at `host`, made the appointment that is called `uid`."""
    found = _OURS.fullmatch(uid.strip())
    return found is not None and found["host"].lower() == host.lower()
