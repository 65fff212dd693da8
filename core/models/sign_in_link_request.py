"""Requests for a link to choose a new password, as they wait for the worker."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.models.user import User


class SignInLinkRequest(models.Model):
    """Somebody asked for a link on the sign-in page.

    The page keeps the address as it was typed, whether or not anybody has an account with it, so
    that neither its answer nor its time tells. The worker then replaces it by the account, to which
    a message with the link goes, or removes the row.
    """

    account = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_in_links"
    )
    email = models.EmailField("email address", blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="core_signinlinkrequest_once"
            ),
            models.CheckConstraint(
                condition=Q(account=None) ^ Q(email=""), name="core_signinlinkrequest_for_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"Sign-in link {self.pk}"
