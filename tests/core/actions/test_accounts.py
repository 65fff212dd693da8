"""Making and changing staff accounts."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.actions import accounts
from core.choices import Role
from core.models import User
from tests.factories import people
from tests.factories.world import World


def changed(world: World, person: User, **values: Any) -> User:
    given: dict[str, Any] = {
        "name": person.name,
        "role": person.role,
        "organisation": person.organisation,
        "place": person.place,
        "post": person.post,
        "is_active": person.is_active,
    }
    return accounts.change(by=world.administrator, account=person, **(given | values))


def test_account_when_made_without_a_password_then_nobody_can_sign_in_with_one(
    world: World,
) -> None:
    person = accounts.make(
        by=world.administrator, email=" Amina@Example.ORG ", name="Amina", role=Role.ANALYST
    )

    assert person.email == "amina@example.org"
    assert not person.has_usable_password()


def test_account_when_made_with_a_password_then_only_its_hash_is_kept(world: World) -> None:
    person = accounts.make(
        by=world.administrator,
        email="a@example.org",
        name="A",
        role=Role.ANALYST,
        password="secret words",
    )

    assert person.check_password("secret words")
    assert "secret words" not in person.password


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.OFFICER, "An engagement officer belongs to an organisation. Choose one."),
        (Role.LEAD, "An engagement lead belongs to an organisation or a place. Choose one."),
        ("emperor", "Value 'emperor' is not a valid choice."),
    ],
)
def test_account_when_its_role_needs_more_then_the_form_says_what(
    world: World, role: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        accounts.make(by=world.administrator, email="a@example.org", name="A", role=role)

    assert words in refusal.value.messages


def test_account_when_the_address_is_taken_in_another_case_then_the_form_says_so(
    world: World,
) -> None:
    accounts.make(by=world.administrator, email="a@example.org", name="A", role=Role.ANALYST)

    with pytest.raises(ValidationError) as refusal:
        accounts.make(by=world.administrator, email="A@example.org", name="B", role=Role.ANALYST)

    assert any("already" in message for message in refusal.value.messages)


def test_account_when_written_without_the_form_then_the_database_refuses_it_too(
    world: World,
) -> None:
    officer = world.officer

    for wrong in (
        {"role": Role.OFFICER, "organisation": None},
        {"role": Role.LEAD, "organisation": None, "place": None},
        {"role": "emperor"},
        {"email": world.analyst.email.upper()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=officer.pk).update(**wrong)


def test_account_when_changed_then_the_person_has_the_new_role(world: World) -> None:
    person = changed(world, world.analyst, role=Role.SECRETARY, post="Head of governance")

    person.refresh_from_db()
    assert (person.role, person.post) == (Role.SECRETARY, "Head of governance")


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.ANALYST}])
def test_administrator_when_taking_away_their_own_right_then_it_is_refused(
    world: World, change: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        changed(world, world.administrator, **change)

    assert "role" in refusal.value.message_dict


def test_person_when_looked_up_then_upper_and_lower_case_do_not_matter(
    world: World,
) -> None:
    person = people.user(Role.ANALYST)

    assert User.objects.get_by_natural_key(person.email.upper()) == person
    assert (person.get_full_name(), str(person)) == (person.name, person.name)
