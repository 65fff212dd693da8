"""A small world for tests: three organisations, two places, and staff in each role."""

from functools import cached_property

from core.actors import SERVICE, Service
from core.choices import Role
from core.models import Organisation, Place, User
from tests.factories import people


class World:
    """Organisations, places and staff, made on first use. `own` is what most tests act for."""

    @cached_property
    def service(self) -> Service:
        return SERVICE

    @cached_property
    def own(self) -> Organisation:
        return people.organisation("Homerton trust")

    @cached_property
    def partner(self) -> Organisation:
        return people.organisation("Hackney volunteers")

    @cached_property
    def other(self) -> Organisation:
        return people.organisation("Newham trust")

    @cached_property
    def here(self) -> Place:
        return people.place("Hackney")

    @cached_property
    def there(self) -> Place:
        return people.place("Newham")

    @cached_property
    def officer(self) -> User:
        return people.user(Role.OFFICER, organisation=self.own)

    @cached_property
    def colleague(self) -> User:
        return people.user(Role.OFFICER, organisation=self.own)

    @cached_property
    def partner_officer(self) -> User:
        return people.user(Role.OFFICER, organisation=self.partner)

    @cached_property
    def other_officer(self) -> User:
        return people.user(Role.OFFICER, organisation=self.other)

    @cached_property
    def lead(self) -> User:
        return people.user(Role.LEAD, organisation=self.own)

    @cached_property
    def other_lead(self) -> User:
        return people.user(Role.LEAD, organisation=self.other)

    @cached_property
    def place_lead(self) -> User:
        """A lead for the whole of `there`, of no organisation."""
        return people.user(Role.LEAD, place=self.there)

    @cached_property
    def analyst(self) -> User:
        return people.user(Role.ANALYST, organisation=self.own)

    @cached_property
    def secretary(self) -> User:
        return people.user(Role.SECRETARY, organisation=self.own)

    @cached_property
    def reviewer(self) -> User:
        return people.user(Role.REVIEWER)

    @cached_property
    def administrator(self) -> User:
        return people.user(Role.ADMINISTRATOR, organisation=self.own)

    def of_role(self, role: Role) -> User:
        """Somebody of the role, of the own organisation where the role belongs to one."""
        return {
            Role.OFFICER: lambda: self.officer,
            Role.LEAD: lambda: self.lead,
            Role.ANALYST: lambda: self.analyst,
            Role.SECRETARY: lambda: self.secretary,
            Role.REVIEWER: lambda: self.reviewer,
            Role.ADMINISTRATOR: lambda: self.administrator,
        }[role]()
