"""A mail server with bad days."""

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.mail_server import MailServer


class AwkwardServer(MailServer):
    """`on_mail` and `on_data` are answers to give instead of the usual, one a conversation, in order.

    The answer "hang up" closes the connection without one; after DATA, what came is kept first, as
    by a server that crashes at the worst moment. `connections` counts them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.on_mail: list[str] = []
        self.on_data: list[str] = []
        self.connections = 0

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_mail.pop(0) if self.on_mail else "250 OK"
        if answer == "hang up":
            _hang_up(server)
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.on_data.pop(0) if self.on_data else "250 OK"
        if answer == "hang up":
            await super().handle_DATA(server, session, envelope)
            _hang_up(server)
        elif answer.startswith("2"):
            await super().handle_DATA(server, session, envelope)
        return answer


def _hang_up(server: SMTP) -> None:
    assert server.transport
    server.transport.close()
