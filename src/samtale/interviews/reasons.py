"""Why a letter about an interview did not leave. Stored in English, translated when somebody reads it."""

from django.utils.translation import gettext_noop

MOVED = gettext_noop("The interview has been moved.")
CANCELLED = gettext_noop("The interview has been cancelled.")
STARTED = gettext_noop("The interview has started.")
NOT_COMING = gettext_noop("The candidate is not coming at this time.")
ANSWERED = gettext_noop("The candidate has answered.")
ELSEWHERE = gettext_noop("It was addressed to where the candidate is no longer reached.")
NO_EMAIL = gettext_noop("The candidate has no e-mail address.")
NO_MOBILE = gettext_noop("The candidate has no mobile number.")
NOT_REWRITTEN = gettext_noop("It could not be written anew: a tag in its text has no value any longer.")
NOT_YOURS = gettext_noop("The recipient may no longer see the project.")
UNDONE = gettext_noop("Send was undone.")
NOT_ATTENDING = gettext_noop("The interviewer does not attend any longer.")
NOT_WANTED = gettext_noop("The interviewer does not want such e-mail.")
STANDS = gettext_noop("The interview takes place after all.")
NOBODY_LEFT = gettext_noop("Nobody is invited to the interview any longer.")
NO_SEAT = gettext_noop("There is no seat left for the candidate.")
CLOSED = gettext_noop("The application is no longer part of the recruitment.")
