"""How a described gateway's receipts are read."""

from dataclasses import dataclass

from samtale.outbox.transports.sms.described.places import Place, Said, place, whole_place
from samtale.outbox.transports.sms.described.table import Table


@dataclass(frozen=True)
class ReceiptRules:
    """`token` is where the receipt token comes back; None where it stands in the address that is called."""

    method: str
    token: Place | None
    outcome: Place
    delivered: frozenset[str]
    failed: frozenset[str]
    words: Place | None

    def is_delivered(self, said: Said) -> bool | None:
        """Say whether the message came to its phone; None where it is still on its way, or nobody knows."""
        outcome = self.outcome.find(said)
        return True if outcome in self.delivered else False if outcome in self.failed else None


def receipt_rules(table: Table) -> ReceiptRules:
    """Read the table `receipt`.

    Raises:
        ImproperlyConfigured: something is wrong with it.
    """
    outcome = table.table("outcome")
    rules = ReceiptRules(
        method=table.one_of("method", ("POST", "GET"), "POST"),
        token=whole_place(table, "token"),
        outcome=place(outcome),
        delivered=outcome.texts("delivered"),
        failed=outcome.texts("failed"),
        words=whole_place(table, "words"),
    )
    outcome.end()
    if both := rules.delivered & rules.failed:
        outcome.fault("failed", f"{min(both)} is delivered already.")
    table.end()
    return rules
