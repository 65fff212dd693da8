"""Fixtures of the tests of core."""

import pytest

from core.actions import accounts
from core.actors import SERVICE
from core.choices import OrganisationKind, Role
from core.models import Organisation, User


@pytest.fixture
def people(db: None) -> dict[Role, User]:
    """One member of staff in each role, all of one organisation."""
    icb = Organisation.objects.create(key="icb", name="The board", kind=OrganisationKind.ICB)
    return {
        role: accounts.make(
            by=SERVICE, email=f"{role}@example.org", name=role.label, role=role, organisation=icb
        )
        for role in Role
    }
