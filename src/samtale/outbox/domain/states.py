"""The fate of a message, as a table, and the one way to change it.

waiting → claimed → sending → sent is the ordinary way. A message that is `sending` when its worker
dies may have left: an e-mail is tried once more under the same Message-ID, an SMS becomes
`unknown` and never leaves again unless a person says so. What the provider reports settles both: the
interrupted message has arrived (waiting or unknown → sent) or has not, and one that was sent has come
back (sent → failed), be it for a time only, after which it is delivered (failed → sent).
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Field, QuerySet

from samtale.core.transitions import TransitionTable
from samtale.outbox.models import Delivery, Message
from samtale.outbox.models.message import State

STATES = TransitionTable(
    "message",
    {
        State.WAITING: {State.CLAIMED, State.CANCELLED, State.SENT},
        State.CLAIMED: {State.WAITING, State.SENDING, State.OUTDATED, State.FAILED, State.CANCELLED},
        State.SENDING: {State.SENT, State.WAITING, State.FAILED, State.UNKNOWN},
        State.SENT: {State.FAILED},
        State.FAILED: {State.WAITING, State.CANCELLED, State.SENT},
        State.UNKNOWN: {State.WAITING, State.SENT, State.FAILED, State.CANCELLED},
        State.CANCELLED: {State.WAITING},
        State.OUTDATED: {State.WAITING},
    },
)


def move(messages: QuerySet[Message], old: State, new: State, **changes: Any) -> int:
    """Move those of `messages` that are `old` to `new` with one conditional UPDATE. Return how many.

    Raises:
        IllegalTransition: `new` never follows `old`.
    """
    STATES.check(old, new)
    return messages.filter(state=old).update(state=new, **changes)


def move_held(message: Message, old: State, new: State, *, held_by: str, **changes: Any) -> bool:
    """Move one message that the worker `held_by` holds, and say whether it was still held and `old`.

    The same as `move`, in SQL: composing the UPDATE takes the ORM ten times as long as the database
    takes to run it, and a worker does this twice for each message.

    Raises:
        IllegalTransition: `new` never follows `old`.
    """
    STATES.check(old, new)
    changes = {"state": new, **changes}
    with connection.cursor() as cursor:
        cursor.execute(_update(tuple(changes)), [*_values(changes), message.pk, held_by, old])
        return bool(cursor.rowcount)


def finish_and_begin(
    finished: Message,
    finish: Mapping[str, Any],
    begun: Message,
    begin: Mapping[str, Any],
    *,
    at: datetime,
    held_by: str,
) -> bool:
    """Move one message from sending to sent, noting the delivery at `at`, and the next from claimed to
    sending, in one commit. Say whether the second was still held and claimed.

    On PostgreSQL this is one statement: five, each waited for, take longer than many a mail server.
    """
    STATES.check(State.SENDING, State.SENT)
    STATES.check(State.CLAIMED, State.SENDING)
    finish, begin = {"state": State.SENT, **finish}, {"state": State.SENDING, **begin}
    finishing, beginning = _update(tuple(finish)), _update(tuple(begin))
    done = [*_values(finish), finished.pk, held_by, State.SENDING]
    next_ = [*_values(begin), begun.pk, held_by, State.CLAIMED]
    noted = [connection.ops.adapt_datetimefield_value(at), Delivery.Outcome.SENT, ""]
    if connection.vendor == "postgresql":
        whole = f"WITH finished AS ({finishing} RETURNING id), noted AS ({_NOTE} FROM finished) {beginning}"
        with connection.cursor() as cursor:
            cursor.execute(whole, [*done, *noted, *next_])
            return bool(cursor.rowcount)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(finishing, done)
        if cursor.rowcount:
            cursor.execute(f"{_NOTE} FROM {Message._meta.db_table} WHERE id = %s", [*noted, finished.pk])
        cursor.execute(beginning, next_)
        return bool(cursor.rowcount)


_NOTE = f"INSERT INTO {Delivery._meta.db_table} (message_id, at, outcome, detail) SELECT id, %s, %s, %s"


def _values(changes: Mapping[str, Any]) -> list[Any]:
    return [_fields()[name].get_db_prep_save(value, connection) for name, value in changes.items()]


@cache
def _fields() -> dict[str, "Field[Any, Any]"]:
    return {field.name: field for field in Message._meta.concrete_fields}


@cache
def _update(names: tuple[str, ...]) -> str:
    sets = ", ".join(f"{_fields()[name].column} = %s" for name in names)
    return f"UPDATE {Message._meta.db_table} SET {sets} WHERE id = %s AND owner = %s AND state = %s"  # noqa: S608
