from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField
from rules.permissions import has_perm

from samtale.accounts.models.department import Department
from samtale.core import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_administrator=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who works with recruitment. What they may do is decided in `accounts.rights`
    and, for projects, in `recruiting.rules`, never by reading these fields elsewhere."""

    class Language(models.TextChoices):
        NB = "nb", "Norsk"
        EN = "en", "English"

    email = models.EmailField(_("E-mail"), unique=True)
    first_name = models.CharField(_("First name"), max_length=100)
    last_name = models.CharField(_("Last name"), max_length=100)
    mobile = PhoneNumberField(_("Mobile"), blank=True)
    title = models.CharField(pgettext_lazy("person", "Title"), max_length=100, blank=True)
    language = models.CharField(_("Language"), max_length=2, choices=Language, default=Language.NB)
    is_active = models.BooleanField(_("May log in"), default=True)
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    is_administrator = models.BooleanField(_("Administrator"), default=False)
    administers = models.ManyToManyField(
        Department, verbose_name=_("Administers the departments"), blank=True, related_name="administrators"
    )
    may_send_email = models.BooleanField(pgettext_lazy("right", "Send e-mail"), default=True)
    may_send_sms = models.BooleanField(_("Send SMS"), default=False)
    may_invite = models.BooleanField(pgettext_lazy("right", "Invite to interview"), default=True)
    may_reject = models.BooleanField(_("Reject applicants"), default=True)
    may_offer = models.BooleanField(_("Send job offers"), default=False)
    may_delete = models.BooleanField(_("Delete applications"), default=False)
    may_export = models.BooleanField(_("Export"), default=False)
    may_see_other_applications = models.BooleanField(_("See a candidate's other applications"), default=False)
    may_overbook = models.BooleanField(_("Book interviewers and rooms that are taken"), default=False)
    time_zone = models.CharField(
        _("Time zone"), max_length=64, blank=True, help_text="an IANA name; empty: the organisation's"
    )
    notify_of_answers = models.BooleanField(_("E-mail me when a candidate answers"), default=True)
    notify_of_interviews = models.BooleanField(
        _("E-mail me when I am to attend an interview, and when it changes or is cancelled"), default=True
    )

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the `rules` predicates. Nobody who may not log in has any right."""
        return self.is_active and has_perm(perm, self, obj)
