"""One subscription. Its address is the authority: whoever has it reads what its user may read now."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from samtale.accounts.models import Organisation
from samtale.calendars.domain.queries.feeds import feed_for
from samtale.calendars.models import Feed
from samtale.core import clock
from samtale.interviews.domain.published_ical import Writer, feed_title
from samtale.interviews.domain.queries.published import digest, published_to
from samtale.web.throttle import Limit, client_address

_WRONG = Limit("wrong-feed", most=20, window=60)
# A program that asks every minute is asked to slow down; nobody asks that often on purpose.
_FETCHES = Limit("feed", most=30, window=600)


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the interviews, or say that nothing has changed without writing them."""
    now = clock.now()
    found = feed_for(token)
    if found is None:
        if wait := _WRONG.take(client_address(request), now=now):
            return _too_many(wait)
        raise Http404
    if wait := _FETCHES.take(found.pk, now=now):
        return _too_many(wait)
    user = found.user
    with translation.override(user.language):
        interviews = published_to(user, only_own=found.scope == Feed.Scope.OWN, now=now)
        organisation = Organisation.current()
        title = feed_title(found.label, organisation)
        # Weak: the times of writing in it differ.
        also = user.language, found.with_names, title, organisation.sender_email
        etag = f'W/"{digest(interviews, *also)[:32]}"'
        if _knows(request, etag):
            response = HttpResponse(status=304)
        else:
            writer = Writer(with_names=found.with_names, now=now)
            content = writer.feed(interviews, title=title, organisation=organisation)
            response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
            response["Content-Disposition"] = 'inline; filename="samtale.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _knows(request: HttpRequest, etag: str) -> bool:
    """Say whether a program has what `etag` stands for, weak or not (RFC 9110, 13.1.2)."""
    given = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in given or etag.removeprefix("W/") in {each.removeprefix("W/") for each in given}


def _too_many(wait: int) -> HttpResponse:
    return HttpResponse(status=429, headers={"Retry-After": str(wait), "Cache-Control": "no-store"})
