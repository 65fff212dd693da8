"""Scenarios of the demo: twelve months of made-up activity, the same every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from core import clock
from core.models import Collaborative, Organisation, Place, Programme
from engagement.activities.choices import Method, Stage
from engagement.people.choices import Capacity, NeedCategory
from insight.loop.choices import ChangeStage, DecisionKind, Impact
from nel_participation.scenario import Person, Scenario, ScenarioFinding
from standards.framework.choices import Level

#: Scenarios that start in each month, before scaling.
PER_MONTH = 3
MONTHS = 13


@dataclass(frozen=True)
class _Topic:
    """The subject of made-up activities, with what people say about it."""

    title: str
    purpose: str
    scope_of_influence: str
    programme: str
    level: Level
    methods: tuple[Method, ...]
    findings: tuple[ScenarioFinding, ...]


_ACCEPTED, _PARTLY = DecisionKind.ACCEPTED, DecisionKind.PARTLY
_REFUSED, _UNDECIDED = DecisionKind.NOT_ACCEPTED, DecisionKind.UNDECIDED
_PLANNED, _UNDER_WAY, _MADE = ChangeStage.PLANNED, ChangeStage.UNDER_WAY, ChangeStage.MADE

TOPICS: tuple[_Topic, ...] = (
    _Topic(
        "Getting a GP appointment in {place}",
        "To find out what makes it hard to get an appointment, so that practices can change "
        "how they book.",
        "How appointments are booked and explained can change. The number of GPs cannot, this "
        "year.",
        "long-term-conditions",
        Level.INVOLVE,
        (Method.FOCUS_GROUP, Method.SURVEY),
        (
            ScenarioFinding(
                "The phone line at eight in the morning is the hardest part of being ill.",
                (
                    "I rang 40 times before anyone answered.",
                    "By ten past eight everything is gone.",
                    "I cannot ring at eight, I am on the school run.",
                ),
                _ACCEPTED,
                change="A call-back system now keeps your place in the queue.",
                stage=_MADE,
                impact=Impact.ACCESS,
            ),
            ScenarioFinding(
                "Online booking should be there for those who want it, and never the only way.",
                ("My mum does not have a smartphone.", "I would rather book on my phone at night."),
                _ACCEPTED,
                change="Every practice keeps a desk and a phone line beside online booking.",
                stage=_UNDER_WAY,
                impact=Impact.EQUITY,
            ),
            ScenarioFinding(
                "Practices should open until ten every evening.",
                ("I work late shifts and can never go.",),
                _REFUSED,
                "There are not enough staff to open every evening safely. Saturday mornings "
                "are offered instead.",
            ),
        ),
    ),
    _Topic(
        "Living with diabetes in {place}",
        "To shape the new community diabetes service with people who live with diabetes.",
        "Where clinics are held, what they offer and how they write to people can change.",
        "long-term-conditions",
        Level.CO_PRODUCE,
        (Method.WORKSHOP, Method.CO_DESIGN),
        (
            ScenarioFinding(
                "Food advice should fit the food we eat at home.",
                (
                    "The leaflet only talks about pasta and potatoes.",
                    "Nobody told me what to do at Ramadan.",
                    "My rice is not on the plate they show.",
                ),
                _ACCEPTED,
                change="Six recipe cards were written with Bangladeshi, Somali and Caribbean "
                "cooks.",
                stage=_MADE,
                impact=Impact.OUTCOMES,
            ),
            ScenarioFinding(
                "One visit should do for eyes, feet and bloods.",
                ("I took three days off work for three tests.", "It is three buses each time."),
                _PARTLY,
                "Feet and bloods can be done together now. Eye screening needs a machine that "
                "two sites do not have yet.",
                change="Feet and blood checks are offered in one visit.",
                stage=_UNDER_WAY,
                impact=Impact.EXPERIENCE,
            ),
        ),
    ),
    _Topic(
        "Young people’s mental health drop-ins in {place}",
        "To decide with young people where a drop-in should be and how it should feel.",
        "The place, the opening hours and the welcome are young people’s to decide. The "
        "budget is fixed.",
        "mental-health",
        Level.CO_PRODUCE,
        (Method.PANEL, Method.WORKSHOP),
        (
            ScenarioFinding(
                "A drop-in should not look like a clinic.",
                (
                    "White walls make me nervous.",
                    "Put it somewhere I could be going anyway.",
                    "I do not want to be seen walking in.",
                ),
                _ACCEPTED,
                change="The drop-in opened above the library, with its own door.",
                stage=_MADE,
                impact=Impact.EXPERIENCE,
            ),
            ScenarioFinding(
                "Let us talk to somebody near our own age first.",
                ("I would tell a 20 year old more.", "Adults write things down straight away."),
                _ACCEPTED,
                change="Four peer supporters aged 18 to 24 are being trained.",
                stage=_UNDER_WAY,
                impact=Impact.ACCESS,
            ),
        ),
    ),
    _Topic(
        "Maternity care: being listened to in {place}",
        "To hear from women and birthing people about whether they were listened to, and act "
        "on it.",
        "How staff listen, explain and use interpreters can change. National screening rules "
        "cannot.",
        "babies-children-young-people",
        Level.INVOLVE,
        (Method.INTERVIEW, Method.FORUM),
        (
            ScenarioFinding(
                "An interpreter should be there from the first appointment, not only at the birth.",
                (
                    "My husband had to translate things I did not want him to hear.",
                    "They used an app and it got it wrong.",
                ),
                _ACCEPTED,
                change="An interpreter is booked with every first appointment where one is needed.",
                stage=_MADE,
                impact=Impact.EQUITY,
            ),
            ScenarioFinding(
                "Tell us why, not only what.",
                (
                    "They said induction on Tuesday and left.",
                    "I found out the reason from the letter.",
                ),
                _UNDECIDED,
                "The maternity board looks at this with the training plan in its next meeting.",
            ),
        ),
    ),
    _Topic(
        "Careers in health and care: young people in {place}",
        "To find out what keeps young people from health and care jobs.",
        "How jobs are advertised and how interviews are held can change. Pay scales cannot.",
        "employment-workforce",
        Level.CONSULT,
        (Method.SURVEY, Method.PANEL),
        (
            ScenarioFinding(
                "Adverts ask for experience that nobody our age can have.",
                (
                    "Two years’ experience for an entry job.",
                    "I gave up reading after the first line.",
                ),
                _ACCEPTED,
                change="Entry adverts were rewritten without the need for past experience.",
                stage=_MADE,
                impact=Impact.EQUITY,
            ),
        ),
    ),
    _Topic(
        "Moving a blood test clinic in {place}",
        "To explain why the clinic is moving and hear what people need at the new site.",
        "Opening hours and how people get there can change. The move itself has been decided.",
        "",
        Level.INFORM,
        (Method.MEETING, Method.DROP_IN),
        (
            ScenarioFinding(
                "The new site is far from the bus stop.",
                ("It is a long hill for my mother.", "There is nowhere to sit on the way."),
                _PARTLY,
                "The bus stop cannot move. Benches and clearer signs can be put up.",
                change="Three benches and new signs are being put up on the way from the bus.",
                stage=_PLANNED,
                impact=Impact.ACCESS,
            ),
        ),
    ),
    _Topic(
        "Carers’ breaks in {place}",
        "To let unpaid carers decide how this year’s fund for breaks is spent.",
        "Carers decide what the fund pays for. Its size is fixed.",
        "",
        Level.EMPOWER,
        (Method.PANEL,),
        (
            ScenarioFinding(
                "A break means somebody we trust comes to us.",
                (
                    "I will not leave him with a stranger.",
                    "A day out is no rest if I worry.",
                    "An evening a month would change everything.",
                ),
                _ACCEPTED,
                change="The fund pays for the same sitter each time, chosen by the carer.",
                stage=_MADE,
                impact=Impact.OUTCOMES,
            ),
        ),
    ),
    _Topic(
        "Letters that people can read in {place}",
        "To rewrite hospital letters with the people who get them.",
        "Every word of the letters can change. What the law says must be in them cannot.",
        "",
        Level.CO_PRODUCE,
        (Method.WORKSHOP, Method.ONLINE),
        (
            ScenarioFinding(
                "Say what I have to do in the first line.",
                ("I read it three times and still rang up.", "The date was on page two."),
                _ACCEPTED,
                change="Outpatient letters now begin with what to do, when and where.",
                stage=_MADE,
                impact=Impact.EXPERIENCE,
            ),
            ScenarioFinding(
                "Send it in my language without my asking each time.",
                ("I ask every time and every time it comes in English.",),
                _PARTLY,
                "Languages are kept on the record from now on. Translation of every letter is "
                "not affordable; "
                "the ten most read languages come first.",
                change="Letters in ten languages go out without being asked for.",
                stage=_PLANNED,
                impact=Impact.EQUITY,
            ),
        ),
    ),
)

_FIRST_NAMES = [
    "Amina",
    "Bola",
    "Callum",
    "Divya",
    "Elif",
    "Farhan",
    "Grace",
    "Hamza",
    "Ioana",
    "Jaswinder",
    "Kemi",
    "Leyla",
    "Mohammed",
    "Nadia",
    "Oluwaseun",
    "Priya",
    "Rafael",
    "Saima",
    "Tomasz",
    "Uzma",
    "Veronica",
    "Wanjiru",
    "Yusuf",
    "Zoe",
]
_LAST_NAMES = [
    "Testperson",
    "Demoresident",
    "Sampleton",
    "Examplewala",
    "Madeupova",
    "Trialson",
    "Mockwell",
    "Specimeni",
]
_REASONS = {
    Level.INFORM: "The decision has been taken; people are owed a clear account of it.",
    Level.CONSULT: "Views are wanted on a proposal that partners will decide on.",
    Level.INVOLVE: "Views shape the options that go to the board.",
    Level.CO_PRODUCE: "The service is designed together with the people who use it.",
    Level.EMPOWER: "The decision is theirs to take.",
}
_VENUES = (
    "Community hall (made up)",
    "Library, first floor (made up)",
    "Health centre meeting room (made up)",
)


def scenarios(*, scale: int = 1, months: int = MONTHS) -> Iterator[Scenario]:
    """Made-up scenarios by date of start, in so many months up to this one.

    `scale` multiplies their number. They are the same for the same month and scale. All names are
    obviously made up, and all addresses end in example.org, which reaches nobody.
    """
    rng = random.Random(14_245)  # noqa: S311  # demo data, not a secret
    places = list(Place.objects.order_by("key"))
    organisations = {one.key: one for one in Organisation.objects.prefetch_related("places")}
    programmes = {one.key: one for one in Programme.objects.all()}
    collaboratives = list(Collaborative.objects.order_by("key"))
    first = timezone.make_aware(datetime.combine(clock.today().replace(day=1), time(9, 0)))
    number = 0
    for months_ago in range(months - 1, -1, -1):
        for index in range(PER_MONTH * scale):
            begins = (first - timedelta(days=30 * months_ago)) + timedelta(
                days=(index * 26) // (PER_MONTH * scale) + 1, minutes=index
            )
            yield _scenario(rng, number, begins, places, organisations, programmes, collaboratives)
            number += 1


def _scenario(
    rng: random.Random,
    number: int,
    begins: datetime,
    places: list[Place],
    organisations: dict[str, Organisation],
    programmes: dict[str, Programme],
    collaboratives: list[Collaborative],
) -> Scenario:
    topic = TOPICS[number % len(TOPICS)]
    place = places[number % len(places)]
    is_area_wide = number % 9 == 8
    icb = organisations["nhs-nel"]
    local = [
        one
        for one in organisations.values()
        if place in one.places.all()
        and one.kind in {"acute_trust", "mental_health_community_trust", "healthwatch"}
    ]
    other = rng.choice(sorted(local, key=lambda one: one.key))
    lead, partner = (icb, other) if number % 2 == 0 else (other, icb)
    where = "north east London" if is_area_wide else place.name
    closes = rng.choice((18, 21, 25))
    return Scenario(
        title=f"{topic.title.format(place=where)} ({begins:%B %Y})",
        summary=f"Made up for demonstration. {topic.purpose}",
        purpose=topic.purpose,
        scope_of_influence=topic.scope_of_influence,
        level=topic.level,
        level_reason=_REASONS[topic.level],
        stage=rng.choice(list(Stage)),
        methods=topic.methods,
        lead=lead,
        partners=(partner,),
        places=()
        if is_area_wide
        else (place,)
        if number % 5
        else (place, places[(number + 3) % len(places)]),
        programmes=(programmes[topic.programme],) if topic.programme else (),
        collaborative=collaboratives[number % len(collaboratives)] if number % 6 == 5 else None,
        logged_at=begins,
        people=tuple(_person(rng, number, index) for index in range(rng.choice((3, 6, 8, 12)))),
        findings=topic.findings,
        venue=rng.choice(_VENUES),
        heads=rng.choice((0, 4, 9, 15, 30)),
        heads_are_estimated=number % 3 == 0,
        session_after=rng.choice((10, 14)),
        closes_after=closes,
        answered_after=closes + rng.choice((14, 20, 26, 26, 35)),
        looked_at_insight=number % 4 != 3,
        reward="A £20 voucher for each session"
        if topic.level in {Level.CO_PRODUCE, Level.EMPOWER}
        else "",
    )


def _telephone(number: int, index: int) -> str:
    """A mobile number from the range reserved for drama, which nobody has."""
    return f"07700 900{(number * 12 + index) % 1000:03d}"


def _person(rng: random.Random, number: int, index: int) -> Person:
    name = f"{rng.choice(_FIRST_NAMES)} {rng.choice(_LAST_NAMES)}"
    draw = rng.random()
    needs: tuple[tuple[NeedCategory, str], ...] = ()
    if rng.random() < 0.15:
        needs = ((NeedCategory.COMMUNICATION_SUPPORT, "Hearing loop"),)
    elif rng.random() < 0.1:
        needs = ((NeedCategory.INFORMATION_FORMAT, "Easy read"),)
    return Person(
        name=name,
        email=f"{name.split()[0].lower()}.{number}.{index}@example.org" if draw < 0.8 else "",
        telephone=_telephone(number, index) if 0.8 <= draw < 0.9 else "",
        capacity=rng.choice(list(Capacity)),
        # Somebody who gave no way to contact them cannot be told, so they were not asked.
        agrees=rng.random() < 0.85 and draw < 0.9,
        needs=needs,
    )
