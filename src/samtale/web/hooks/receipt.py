"""What a reader of one gateway's reports makes of a call."""

from dataclasses import dataclass

from samtale.outbox.models import Delivery


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`token` is what the call names its message by, not yet checked. `outcome` is None while the message is
    on its way, or nobody knows. `words` are the gateway's about a failure, `provider_id` its name for the
    try, `thanks` the status it wants."""

    token: str
    outcome: Delivery.Outcome | None
    words: str = ""
    provider_id: str = ""
    is_signed: bool = True
    thanks: int = 200
