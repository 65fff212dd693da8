"""Audiences: whom a message reaches, one contact for each person, and in which variant."""

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from engagement.messaging.channels import channel
from engagement.messaging.models import Message
from engagement.messaging.models.message import DEFAULT_FORMAT, DEFAULT_LANGUAGE
from engagement.people.choices import NeedCategory
from engagement.people.models import AccessNeed, Consent, Contact


def recipients(audience: QuerySet[Contact], *, purpose: str) -> QuerySet[Contact]:
    """One contact for each person of an audience, of those that agreed to the purpose.

    A person known to two organisations is written to through the contact that is reached best: by
    the worker rather than by hand, by hand rather than not at all.
    """
    found = Contact.objects.filter(pk__in=audience.order_by().values("pk"))
    if purpose:
        agreed = Consent.objects.filter(contact=OuterRef("pk"), purpose=purpose, withdrawn_at=None)
        found = found.filter(Exists(agreed))
    rank = Case(
        When(preferred_channel__in=list(channel.sending()), then=0),
        When(preferred_channel="", then=2),
        default=1,
    )
    return found.order_by("person_id", rank, "pk").distinct("person_id")


def by_contact_method(audience: QuerySet[Contact], *, purpose: str) -> dict[str, int]:
    """How many people a message would reach by each contact method; "" where none is recorded."""
    chosen = recipients(audience, purpose=purpose)
    counts = (
        Contact.objects.filter(pk__in=chosen.values("pk"))
        .order_by()
        .values_list("preferred_channel")
        .annotate(number=Count("pk"))
    )
    return dict(counts)


def variant_for_contact(message: Message) -> Case:
    """Which variant a contact gets: in their language and the format they need, as far as there is
    one; English, standard, otherwise.
    """
    choices = []
    variants = sorted(
        message.variants.all(),
        key=lambda one: (one.language == DEFAULT_LANGUAGE, one.format == DEFAULT_FORMAT),
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
