"""Django settings. What differs between installations comes from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from nel_participation import environment, logging, public_addresses
from nel_participation.embedded import state

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

# `make run` and the tests set NEL_RUN for their processes. A process started by hand without
# DATABASE_URL uses the embedded database; any other is in production.
_RUN = os.environ.get("NEL_RUN") or ("" if environment.text("DATABASE_URL", "") else "embedded")
LOCAL = bool(_RUN)
EMBEDDED = _RUN == "embedded"
TESTING = _RUN == "test"
DEBUG = False

SECRET_KEY = environment.secret_key("SECRET_KEY", VAR / "secret_key" if LOCAL else None)
DATABASES = {
    "default": environment.database(
        "DATABASE_URL", state.database_url(VAR), keep_seconds=0 if TESTING else 600
    )
}
if LOCAL:
    REDIS_URL = environment.redis("REDIS_URL", state.redis_url(VAR))
    BASE_URL = environment.base_url(
        "BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT') or state.port(VAR)}"
    )
    _mail = environment.mail("EMAIL_URL", f"filemail://{VAR / 'mail'}")
else:
    REDIS_URL = environment.redis(
        "REDIS_URL", environment.required("REDIS_URL", "redis://:password@host:6379/0")
    )
    BASE_URL = environment.base_url(
        "BASE_URL", environment.required("BASE_URL", "https://participation.example.org")
    )
    _mail = environment.mail(
        "EMAIL_URL", environment.required("EMAIL_URL", "smtp+tls://name:password@host:587")
    )
ALLOWED_HOSTS = environment.hosts(
    "ALLOWED_HOSTS",
    [urlsplit(BASE_URL).hostname or "localhost", *(["127.0.0.1", "localhost"] if LOCAL else [])],
)
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "participation-demo")
# By it `make run` tells its own server from another on the port.
START_TOKEN = os.environ.get("NEL_START_TOKEN", "")
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    # Our wings, the lowest first: what a wing registers may depend on those below it.
    "core",
    "standards.framework",
    "engagement.people",
    "engagement.messaging",
    "engagement.activities",
    "insight.loop",
    "insight.measures",
    "insight.reporting",
    "insight.public",
    "nel_participation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "import_export",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.PublicPageMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.PrivatePagesMiddleware",
    "core.middleware.UnreadableRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.RefusalMiddleware",
]
if TESTING:
    # It would search all folders of static files again for each test client.
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

# Named addresses open to everybody; all others require a signed-in member of staff.
PUBLIC_ADDRESSES = frozenset(public_addresses.PUBLIC_ADDRESSES)

ROOT_URLCONF = "nel_participation.urls"
# Searched first for the address of a link, so that a public page does not import other views.
PUBLIC_URLCONF = "insight.public.urls"
WSGI_APPLICATION = "nel_participation.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "core.nhsuk.environment.environment",
            "context_processors": [*_CONTEXT, "core.nhsuk.environment.page"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Static files: our own, and the files of the design system that the set-up builds. They are
# collected into var/static with a fingerprint in their names and compressed copies beside them, by
# `manage.py prepare` and in the container image.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("nhsuk", VAR / "frontend")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "nel",
    },
    # Finished public pages, in the memory of each process. Every request checks in the database
    # whether they are current, so processes need not share them.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 300,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    # Published answers as they stand in lists, each rendered once a process.
    "stories": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "stories",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# Sign-in by email address; administrators make the accounts.
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/staff/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "core.adapter.AccountAdapter"
MFA_ADAPTER = "core.adapter.MFAAdapter"
# The owner gets an email when the password or the second factor changes.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
# A link that was sent to them lets people in, whoever has guessed at their password meanwhile.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Of one address, as a whole office may share it; wrong passwords are counted in `core.adapter`.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "North east London participation"

# Not for GET: the context reads the user, and public pages must not depend on the reader.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Cookies and headers: not readable by scripts or other sites, and only sent encrypted.
# A sign-in lasts as long as it is used, with pauses up to this (`core.views.sessions`): a working
# day with an evening session in it.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
KNOWN_BROWSER_COOKIE_NAME = "__Host-browser" if SECURE else "browser"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
# Health checks come from inside the network, behind the proxy that holds the certificate.
SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The only inline script is a line of the design system's template, allowed by its hash. There is no
# nonce, so that a page stored in memory and its policy are the same for everybody.
_DESIGN_SYSTEM_SCRIPT = "'sha256-tDOvXJi1PXbg0CWjLCCYSNHRXtps26K4JXkE3M6u/c0='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, _DESIGN_SYSTEM_SCRIPT],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": SECURE,
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Messages.
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
# The folder that messages are kept in; empty where they go to a mail server.
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or ""
EMAIL_TIMEOUT = 20
EMAIL_SUBJECT_PREFIX = ""
# How many messages one worker sends at the same time, each on its own connection.
MESSAGES_IN_FLIGHT = 8
DEFAULT_FROM_EMAIL = f"participation@{urlsplit(BASE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.Closed"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "core.api.response_to",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "North east London participation",
    "DESCRIPTION": "What residents were asked, what they said, and what came of it.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging.configuration(readable=LOCAL)
