"""Makes the first administrator, who makes everybody else's account in the browser."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.actions import accounts
from core.actors import SERVICE
from core.choices import Role


class Command(BaseCommand):
    """`make_administrator ada@example.org "Ada Administrator"`.

    It takes no password: the administrator sets it through the sign-in page.
    """

    help = "Make the account of an administrator, who sets the password through the sign-in page."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            accounts.make(by=SERVICE, email=email, name=name, role=Role.ADMINISTRATOR)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(
            f"{name} has an account. Ask for a password at "
            f"{settings.BASE_URL.rstrip('/')}/accounts/password/reset/"
        )
