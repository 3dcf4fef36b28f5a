"""Not too fast, and not at the pace of the slowest: what all workers together may claim.

A channel may have a rate a minute. A domain whose mail takes long is left alone for a while, and then tried
by one worker with one message, so that it costs a fifth of one worker's time and not all of everyone's.
"""

from datetime import datetime, timedelta

from django.conf import settings

from samtale.outbox.models import Allowance, SlowDomain

SLOW = 5.0  # seconds that one message may take before its domain counts as slow
SHORTEST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=15)
_RESTS = 4  # times as long as the message took
_AT_ONCE = 1.0  # seconds' worth of messages that may leave together


def allowance(channel: str, *, wanted: int, now: datetime) -> int:
    """Return how many of `wanted` messages may be claimed at `now`, and count them as claimed.

    Call it inside the transaction that claims them: the channel's row is locked until that ends.
    """
    rate = settings.MESSAGES_PER_MINUTE.get(channel, 0)
    if not rate:
        return wanted
    spacing = timedelta(minutes=1) / rate
    Allowance.objects.bulk_create([Allowance(channel=channel, next_at=now)], ignore_conflicts=True)
    row = Allowance.objects.select_for_update().get(channel=channel)
    start = max(row.next_at, now - timedelta(seconds=_AT_ONCE))
    number = max(0, min(wanted, (now - start) // spacing + 1)) if start <= now else 0
    if number:
        row.next_at = start + number * spacing
        row.save(update_fields=["next_at"])
    return number


def slow_domains() -> set[str]:
    """Return the domains that are left alone at present."""
    return set(SlowDomain.objects.values_list("domain", flat=True).order_by("domain"))


def to_be_tried(*, now: datetime, until: datetime) -> str:
    """Return a slow domain that may be tried again, or "". No other worker gets it before `until`."""
    for domain in (
        SlowDomain.objects.filter(retry_at__lte=now).order_by("retry_at").values_list("pk", flat=True)
    ):
        if SlowDomain.objects.filter(pk=domain, retry_at__lte=now).update(retry_at=until):
            return str(domain)
    return ""


def put_back(domain: str, *, now: datetime) -> None:
    """Let somebody else try the domain: whoever was to had no room for it within the rate."""
    SlowDomain.objects.filter(pk=domain).update(retry_at=now)


def note(domain: str, *, seconds: float, now: datetime) -> bool:
    """Write down that a message to `domain` took `seconds`, if that is slow, and say whether it is."""
    if not domain or seconds < SLOW:
        return False
    rest = min(max(SHORTEST_REST, timedelta(seconds=seconds * _RESTS)), LONGEST_REST)
    SlowDomain.objects.update_or_create(pk=domain, defaults={"retry_at": now + rest, "seconds": seconds})
    return True


def forgive(domain: str) -> None:
    """Treat the domain as any other again."""
    SlowDomain.objects.filter(pk=domain).delete()
