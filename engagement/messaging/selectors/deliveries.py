"""What one person was told, and whether they still agree to be told more."""

from django.db.models import QuerySet

from core import access
from core.actors import Actor
from engagement.messaging.models import Delivery
from engagement.messaging.permissions import Permission
from engagement.people.models import Consent, Contact, Person
from engagement.people.permissions import Permission as PeoplePermission


def of_person(actor: Actor, person: Person) -> QuerySet[Delivery]:
    """Messages made for a person, in order. A member of staff gets those they may see."""
    contacts = access.rows(actor, PeoplePermission.CONTACT_READ, Contact).filter(person=person)
    rows = Delivery.objects.filter(contact__in=contacts)
    if actor.user is not None:
        rows = rows.filter(
            pk__in=access.rows(actor, Permission.DELIVERY_READ, Delivery).values("pk")
        )
    return rows.select_related("variant", "contact", "settled_by").order_by("made_at", "pk")


def is_agreed(delivery: Delivery) -> bool:
    """Whether the message needs no agreement, or the person still agrees to what it needs."""
    purpose = delivery.message.consent_purpose
    if not purpose:
        return True
    agreed = Consent.objects.standing().filter(contact=delivery.contact_id, purpose=purpose)
    return agreed.exists()
