"""Figures for Prometheus. They come from the database, so that every web process tells the same."""

import ipaddress
import secrets
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from samtale.core import clock
from samtale.inbox.domain.queries.health import stuck, unread
from samtale.outbox.domain.queries.health import queues, unfinished
from samtale.outbox.domain.queries.totals import SENT, totals

_BY_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures to who has METRICS_TOKEN or, where none is set, asks on this machine itself."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Outbox())
    response = HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    response["Cache-Control"] = "no-store"
    return response


class Outbox(Collector):
    """The queue and what has come out of it, as the database has it when asked."""

    def collect(self) -> Iterator[Metric]:
        """Yield all figures of one moment."""
        now = clock.now()
        due = GaugeMetricFamily("samtale_outbox_due", "Messages that are due to leave", labels=["channel"])
        oldest = GaugeMetricFamily(
            "samtale_outbox_oldest_due_seconds", "How long the oldest due message waits", labels=["channel"]
        )
        for queue in queues(now=now):
            due.add_metric([queue.channel.value], queue.due)
            oldest.add_metric([queue.channel.value], queue.age(now).total_seconds())
        messages = GaugeMetricFamily(
            "samtale_messages", "Messages that are not at their end", labels=["channel", "state"]
        )
        for (channel, state), number in unfinished().items():
            messages.add_metric([channel, state], number)
        sent = CounterMetricFamily("samtale_messages_sent", "Messages that have left", labels=["channel"])
        failed = CounterMetricFamily(
            "samtale_messages_failed", "Messages that were refused for good or came back", labels=["channel"]
        )
        for (channel, word), number in totals(now=now).items():
            (sent if word == SENT else failed).add_metric([channel], number)
        if mailbox := unread(now=now, longer_than=timedelta(0)):
            read = GaugeMetricFamily(
                "samtale_mailbox_unread_seconds", "How long ago the mailbox for answers was read to its end"
            )
            read.add_metric([], (now - mailbox.at).total_seconds())
            yield read
            failed_on = GaugeMetricFamily(
                "samtale_mailbox_stuck", "Letters in the mailbox for answers on which Samtale has failed"
            )
            failed_on.add_metric([], stuck())
            yield failed_on
        build = InfoMetricFamily("samtale_build", "What runs here", value={"version": version("samtale")})
        yield from (due, oldest, messages, sent, failed, build)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return secrets.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if any(name in request.META for name in _BY_PROXY):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
