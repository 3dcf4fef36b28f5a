"""Why a letter about an interview did not leave. Stored in English, translated when somebody reads it."""

from django.utils.translation import gettext_noop

MOVED = gettext_noop("The interview has been moved.")
CANCELLED = gettext_noop("The interview has been cancelled.")
STARTED = gettext_noop("The interview has started.")
NOT_COMING = gettext_noop("The candidate is not coming at this time.")
CLOSED = gettext_noop("The application is no longer part of the recruitment.")
