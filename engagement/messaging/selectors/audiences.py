"""Audiences: the contacts that a message goes to, one a person, and the variant each gets."""

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from engagement.messaging.channels import channel
from engagement.messaging.models import Message
from engagement.messaging.models.message import DEFAULT_FORMAT, DEFAULT_LANGUAGE
from engagement.people.choices import NeedCategory
from engagement.people.models import AccessNeed, Consent, Contact


def recipients(audience: QuerySet[Contact], *, purpose: str) -> QuerySet[Contact]:
    """One contact for each person of an audience, among those who agreed to the purpose.

    `purpose` is empty where no agreement is needed. Of a person known to several organisations it
    is the contact that is reached best: by the worker, else by hand, else not at all.
    """
    contacts = Contact.objects.filter(pk__in=audience.order_by().values("pk"))
    if purpose:
        agreed = Consent.objects.standing().filter(contact=OuterRef("pk"), purpose=purpose)
        contacts = contacts.filter(Exists(agreed))
    rank = Case(
        When(preferred_channel__in=list(channel.sending_by_method()), then=0),
        When(preferred_channel="", then=2),
        default=1,
    )
    return contacts.order_by("person_id", rank, "pk").distinct("person_id")


def by_contact_method(audience: QuerySet[Contact], *, purpose: str) -> dict[str, int]:
    """How many people a message goes to by each contact method; "" where none is recorded."""
    chosen = recipients(audience, purpose=purpose)
    counts = (
        Contact.objects.filter(pk__in=chosen.values("pk"))
        .order_by()
        .values_list("preferred_channel")
        .annotate(number=Count("pk"))
    )
    return dict(counts)


def variant_for_contact(message: Message) -> Case:
    """The number of the variant that a contact gets: the one in their language and the format they
    need, as far as it is written, else the one in English and the standard format.
    """
    choices = []
    variants = sorted(
        message.variants.all(),
        key=lambda variant: (
            variant.language == DEFAULT_LANGUAGE,
            variant.format == DEFAULT_FORMAT,
        ),
    )
    for variant in variants:
        condition = Q()
        if variant.language != DEFAULT_LANGUAGE:
            condition &= Q(language__code=variant.language)
        if variant.format != DEFAULT_FORMAT:
            needs = AccessNeed.objects.filter(
                contact=OuterRef("pk"),
                category=NeedCategory.INFORMATION_FORMAT,
                need__iexact=variant.get_format_display(),
            )
            condition &= Q(Exists(needs))
        if condition:
            choices.append(When(condition, then=Value(variant.pk)))
    return Case(*choices, default=Value(message.default_variant.pk))
