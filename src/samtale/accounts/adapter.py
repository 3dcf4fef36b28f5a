"""How log-in behaves for staff."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _


class StaffAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator makes the users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Say why, to someone who knew the right password."""
        messages.error(
            request, _("Your log-in has been closed. Ask an administrator in your organisation to open it.")
        )
        return HttpResponseRedirect(reverse("account_login"))
