"""Where signing in differs from allauth's default: no sign-up, and our own messages."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up: an administrator makes the accounts."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        # The same message for a wrong address as for a wrong password: it reveals no accounts.
        "email_password_mismatch": "The email address or the password is wrong. "
        "Check both and try again",
        "account_inactive": "This account is switched off. Ask an administrator of the service",
        "too_many_login_attempts": "There were too many tries with this email address. "
        "Wait 5 minutes, then try again",
        "enter_current_password": "This is not your current password",
        "incorrect_password": "This is not your password",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one",
        "rate_limited": "There were too many tries. Wait 5 minutes, then try again",
        "incorrect_code": "This code is wrong or too old. Enter the one your app shows now",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class MFAAdapter(DefaultMFAAdapter):
    """The second factor, with our own messages."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is wrong or too old. Enter the one your app shows now",
        "cannot_delete_authenticator": "You cannot take the second step away from this account",
        "cannot_generate_recovery_codes": "Set up the app first; recovery codes come with it",
    }
