"""Settings, all from the environment or `.env` (see `.env.example`)."""

from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from samtale.core.configuration import calendar_hosts, database, email, time_zone
from samtale.core.inbox import inbox

env = Env()
env.read_env(Path.cwd() / ".env", recurse=False)

DATA = Path(env.str("SAMTALE_DATA", "var")).resolve()
DEBUG = env.bool("DEBUG", False)
# What `samtale serve` hands on to the processes it starts, which read no `.env`.
SERVING = {
    "HOST": env.str("HOST", "127.0.0.1"),
    "PORT": env.str("PORT", "8000"),
    "WORKERS": env.str("WORKERS", "1"),
    "WEB_CONCURRENCY": env.str("WEB_CONCURRENCY", "2"),
    "WEB_THREADS": env.str("WEB_THREADS", "4"),
}
HAS_SITE_URL = bool(env.str("SITE_URL", ""))
SITE_URL = (env.str("SITE_URL", "") or f"http://localhost:{SERVING['PORT']}").rstrip("/")
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to a long random value, or set DEBUG=true to try Samtale out."
        )
    SECRET_KEY = "for-trying-out-only-" * 3
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname or "", "localhost", "127.0.0.1", "[::1]"]
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "samtale.web.staff",
    "samtale.web.candidate",
    "samtale.interviews",
    "samtale.recruiting",
    "samtale.outbox",
    "samtale.inbox",
    "samtale.jobs",
    "samtale.calendars",
    "samtale.accounts",
    "samtale.ui",
    "samtale.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
    "phonenumber_field",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samtale.web.away.QuickAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samtale.accounts.middleware.LogInFirstMiddleware",
    "samtale.accounts.middleware.UserLanguageMiddleware",
    "samtale.accounts.middleware.UserClockMiddleware",
    "samtale.accounts.middleware.IdleSessionMiddleware",
    "samtale.ui.middleware.NotAllowedPageMiddleware",
    "samtale.accounts.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "samtale.urls"
WSGI_APPLICATION = "samtale.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samtale.web.staff.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "samtale.ui.forms.DesignRenderer"

DATABASES = {"default": database(env.str("DATABASE_URL", f"sqlite:///{DATA / 'samtale.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

# Log-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name}
    for name in (
        "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "samtale.accounts.passwords.MinimumLength",
        "django.contrib.auth.password_validation.CommonPasswordValidator",
        "django.contrib.auth.password_validation.NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "samtale.accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # thirty idle minutes, for everybody
ACCOUNT_FORMS = {"reset_password": "samtale.web.staff.forms.log_in.ForgottenPasswordForm"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 30 * 60

# What the browser may do. Django's own defaults add HttpOnly, nosniff, same-origin referrers and no frames.
SECURE_COOKIES = env.bool("SECURE_COOKIES", not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 0)
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # so that log-ins are counted by who tries, not all as the proxy's
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}
# One hidden field each for 500 applicants' slots must fit in one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Language and time
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "nb")
LANGUAGES = [("nb", "Norsk"), ("en", "English"), ("sv", "Svenska")]
STAFF_LANGUAGES = ["nb", "en"]
TIME_ZONE = time_zone(env.str("TIME_ZONE", "Europe/Oslo"))

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "documents"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = False

# Letters
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 30)
globals().update(email(env.str("EMAIL_URL", f"file:///{DATA / 'mail'}"), timeout=EMAIL_TIMEOUT))
EMAIL_MESSAGES_PER_CONNECTION = env.int("EMAIL_MESSAGES_PER_CONNECTION", 100)
MESSAGES_PER_MINUTE = {"email": env.int("EMAIL_PER_MINUTE", 0), "sms": env.int("SMS_PER_MINUTE", 0)}
SMS_URL = env.str("SMS_URL", f"file:///{DATA / 'sms'}")
# A gateway's description names variables of its own; `.env` may hold them like any other.
FROM_ENVIRONMENT = partial(env.str, default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Samtale <samtale@localhost>")
PHONENUMBER_DEFAULT_REGION = env.str("PHONE_REGION", "NO")

# Answers by e-mail
INBOX_ADDRESS, INBOX_MAILBOX, INBOX_HOOK = inbox(env.str("INBOX_URL", ""), env.str("INBOX_ADDRESS", ""))

# Hosts and networks that calendars may be fetched from though they are not on the public Internet.
CALENDAR_ALLOWED_HOSTS: list[str] = calendar_hosts(env.list("CALENDAR_ALLOWED_HOSTS", []))

# Who may read /metrics; without it, who asks on this machine.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "samtale.core.logs.MaskingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        # Without handlers of their own, which know nothing of what must be masked.
        "django": {},
        "django.server": {"propagate": True},
        # Its lines hold whole addresses, in which a gateway may want a key.
        "urllib3": {"level": "ERROR"},
        # gunicorn complains of every answer to HEAD, whose body it rightly drops.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
