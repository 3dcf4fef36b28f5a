"""How many messages have left and how many failed, ever: numbers that only grow, as counters must."""

from collections import Counter
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count

from samtale.outbox.models import Delivery
from samtale.outbox.models.message import Channel

Outcome = Delivery.Outcome
SENT, FAILED = "sent", "failed"
_MEANS = {Outcome.SENT: SENT, Outcome.REFUSED: FAILED, Outcome.BOUNCED: FAILED, Outcome.NOT_TAKEN: FAILED}
# By then the tries with lower ids are committed, too.
_SETTLED = timedelta(minutes=10)
_WORTH_REMEMBERING = 1000
_KEY = "outbox.totals"


def totals(*, now: datetime) -> dict[tuple[str, str], int]:
    """Return how many tries ended with a message that had left ("sent"), and how many with one that was
    refused for good or came back ("failed"), by channel and that word.

    What was counted once is remembered in the cache, so that a million old tries are not read each time.
    """
    last, counted = cache.get(_KEY) or (0, Counter())
    settled = Delivery.objects.filter(pk__gt=last, at__lt=now - _SETTLED).order_by("-pk")
    until = settled.values_list("pk", flat=True).first() or last
    if until - last >= _WORTH_REMEMBERING:
        counted += _count(after=last, until=until)
        last = until
        cache.set(_KEY, (last, counted), timeout=None)
    counted = counted + _count(after=last)
    return {
        (channel.value, word): counted[channel.value, word] for channel in Channel for word in (SENT, FAILED)
    }


def _count(*, after: int, until: int | None = None) -> Counter[tuple[str, str]]:
    tries = Delivery.objects.filter(pk__gt=after, outcome__in=list(_MEANS))
    if until is not None:
        tries = tries.filter(pk__lte=until)
    rows = tries.order_by("message__channel", "outcome").values_list("message__channel", "outcome")
    found: Counter[tuple[str, str]] = Counter()
    for channel, outcome, number in rows.annotate(Count("pk")):
        found[channel, _MEANS[Outcome(outcome)]] += number
    return found
