from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from samtale.outbox.models.message import Channel


class Candidate(models.Model):
    """A person who applies. May have applications to many projects."""

    class Language(models.TextChoices):
        NB = "nb", "Norsk"
        EN = "en", "English"
        SV = "sv", "Svenska"

    first_name = models.CharField(_("First name"), max_length=100)
    last_name = models.CharField(_("Last name"), max_length=100)
    email = models.EmailField(_("E-mail"), unique=True)
    mobile = PhoneNumberField(_("Mobile"), blank=True)
    time_zone = models.CharField(
        _("Time zone"), max_length=64, blank=True, help_text="an IANA name, chosen by the candidate; or empty"
    )
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.NB)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_name", "first_name", "id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.full_name(self.first_name, self.last_name)

    @staticmethod
    def full_name(first_name: str, last_name: str) -> str:
        """Return the two as one; of whoever is anonymised, neither is known."""
        return f"{first_name} {last_name}".strip() or gettext("Anonymised applicant")

    def address_by(self, channel: str) -> str:
        """Return where letters by `channel` reach the candidate, or "" where none can."""
        if channel == Channel.SMS:
            return self.mobile.as_e164 if self.mobile else ""
        try:
            validate_email(self.email)
        except ValidationError:
            return ""
        return self.email
