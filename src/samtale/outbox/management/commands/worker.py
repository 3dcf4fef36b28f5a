from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from samtale.core import clock
from samtale.outbox.models.message import Channel, State
from samtale.outbox.worker import Worker


class Command(BaseCommand):
    help = "Send the messages in the outbox as they fall due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="send all that is due, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker(clock=clock.now)
        worker.stop_on_signals()
        if not once:
            worker.run()
            return
        worker.drain()
        self.stdout.write(_summary(worker))
        if worker.down:
            raise CommandError(
                "; ".join(
                    _("%(channel)s is down: %(words)s") % {"channel": Channel(channel).label, "words": words}
                    for channel, words in worker.down.items()
                )
            )


def _summary(worker: Worker) -> str:
    states = worker.states
    said = [
        _("%(count)d sent") % {"count": states[State.SENT]},
        _("%(count)d failed") % {"count": states[State.FAILED] + states[State.UNKNOWN]},
    ]
    if states[State.WAITING]:
        said.append(_("%(count)d to be tried again") % {"count": states[State.WAITING]})
    if states[State.OUTDATED]:
        said.append(_("%(count)d outdated") % {"count": states[State.OUTDATED]})
    return ", ".join(said)
