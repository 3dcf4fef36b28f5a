"""Forms of the log-in that are not allauth's own."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from samtale.core import clock
from samtale.outbox.notifications import answer_forgotten_password


class ForgottenPasswordForm(ResetPasswordForm):
    """Asks for a link for choosing a password. It is sent by the outbox, from any page the same way."""

    def clean_email(self) -> str:
        """Return the address as users have it. Whether one does is not for the form to say."""
        email: str = self.cleaned_data["email"]
        return email.lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Queue the letter, if there is somebody to write to."""
        email: str = self.cleaned_data["email"]
        answer_forgotten_password(email, now=clock.now())
        return email
