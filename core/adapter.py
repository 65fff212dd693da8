"""Where signing in differs from allauth's default: no sign-up, our own messages, and who is slowed
down after wrong passwords.
"""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from core.models import User
from core.registry import account_messages
from core.views import known_browsers

#: Wrong passwords from one address, or one known browser, for one account.
_GUESSES = {"guess": "5/5m/key"}
#: Wrong passwords from all other browsers for one account.
_GUESSES_OF_STRANGERS = {"guess": "100/1d/key"}


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up: an administrator makes the accounts."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        # The same message for a wrong address as for a wrong password: it reveals no accounts.
        "email_password_mismatch": "The email address or password you entered is not correct. "
        "Check both and try again",
        "account_inactive": "This account is no longer active. Contact an administrator",
        "too_many_login_attempts": "You have tried to sign in too many times. "
        "Wait 5 minutes, or ask for a new password: the link we send lets you sign in",
        "enter_current_password": "The current password you entered is not correct",
        "incorrect_password": "The password you entered is not correct",
        "invalid_password_reset": "This link has been used or has expired. Ask for a new one",
        "rate_limited": "You have tried too many times. Wait 5 minutes, then try again",
        "incorrect_code": "This code is not correct or has expired. Enter the code your app "
        "shows now",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse more tries at an account from one address, or from one known browser.

        Others at the same address, the account's owner elsewhere and in a browser they have signed
        in with before, and whoever has a link that was sent to them are let through.
        """
        email = str(credentials.get("email", "")).lower()
        is_known = known_browsers.knows(request, email)
        origin = "a known browser" if is_known else ratelimit.get_ip(request)
        limits = [(_GUESSES, f"{origin} {email}")]
        if not is_known:
            limits.append((_GUESSES_OF_STRANGERS, email))
        usage = ratelimit.RateLimitUsage(usage=[])
        for rates, key in limits:
            used = ratelimit.consume(request, app="core", action="guess", config=rates, key=key)
            if used is None:
                raise self.validation_error("too_many_login_attempts")
            usage.usage += used.usage
        # Taken back by allauth when the password is right.
        self._login_failed_rl_usage = usage

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """Know this browser again."""
        response: HttpResponse = super().post_login(request, user, **options)
        known_browsers.remember(request, response, user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have the worker send it, so that nobody waits for a mail server or sees it fail."""
        message = self.render_mail(template_prefix, email, {"email": email} | context)
        account = User.objects.get_by_natural_key(email)
        account_messages.send(account, message.subject, message.body)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor, with our own messages."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not correct or has expired. Enter the code your app "
        "shows now",
        "cannot_delete_authenticator": "You cannot turn off 2-step verification for this account",
        "cannot_generate_recovery_codes": "Set up the app first. You will then get your "
        "recovery codes",
    }
