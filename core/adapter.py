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
        "email_password_mismatch": "The email address or password you entered is not correct. "
        "Check both and try again",
        "account_inactive": "This account is no longer active. Contact an administrator",
        "too_many_login_attempts": "You have tried to sign in too many times. "
        "Wait 5 minutes, then try again",
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
