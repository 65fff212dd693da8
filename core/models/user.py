"""Staff accounts: residents need none."""

from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core import access
from core.choices import ActorKind, Permission, Role
from core.models.organisation import Organisation
from core.models.place import Place


class UserManager(BaseUserManager["User"]):
    """Finds accounts by email address, in upper or lower case."""

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A member of staff: one role, and the organisation or place that the role is for.

    It is an actor (`core.actors.Actor`), so acts and policies take it as it is.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        help_text="A lead for a whole place, whatever the organisation",
    )
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=150)
    post = models.CharField("job title", max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField("can sign in", default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="core_user_email_once",
                violation_error_message="Someone already has an account with this email address.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="core_user_role_valid"),
            models.CheckConstraint(
                condition=~Q(role=Role.OFFICER) | Q(organisation__isnull=False),
                name="core_user_officer_has_organisation",
                violation_error_message="An engagement officer belongs to an organisation. "
                "Choose one.",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.LEAD)
                | Q(organisation__isnull=False)
                | Q(place__isnull=False),
                name="core_user_lead_has_scope",
                violation_error_message="An engagement lead belongs to an organisation or a "
                "place. Choose one.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def kind(self) -> ActorKind:
        """The kind of actor."""
        return ActorKind.STAFF

    @property
    def reference(self) -> str:
        """Identifies the member of staff in the audit trail."""
        return str(self.pk)

    @property
    def user(self) -> "User":
        """The account itself: a member of staff is answerable for what they do."""
        return self

    @property
    def answerable(self) -> "User":
        """The account itself, for a column that names a member of staff."""
        return self

    @property
    def permissions(self) -> frozenset[Permission]:
        """Those of the role; none once the account is closed."""
        return access.permissions_of(Role(self.role)) if self.is_active else frozenset()

    def holds(self, permission: Permission) -> bool:
        """Whether they hold the permission, for any row at all."""
        return permission in self.permissions
