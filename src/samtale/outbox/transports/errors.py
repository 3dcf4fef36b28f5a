"""What a transport says when something did not leave."""


class TransportError(Exception):
    """One message did not leave.

    Args:
        permanent: trying again is of no use.
        words: what the other side said, for people to read.
        may_have_left: the connection broke after the message was handed over and before the answer.
        timed_out: the other side took longer than it may.
    """

    def __init__(
        self, words: str, *, permanent: bool, may_have_left: bool = False, timed_out: bool = False
    ) -> None:
        super().__init__(words)
        self.words = words
        self.permanent = permanent
        self.may_have_left = may_have_left
        self.timed_out = timed_out


class TransportDownError(Exception):
    """Nothing can leave at present; the fault is not in any message. From `open`, or from `send` where the
    message at hand certainly was not taken."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
