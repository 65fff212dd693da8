"""Notices: whom they name to ask, and why somebody gets one."""

import pytest

from insight.loop.notices import Notices
from tests.factories import answering, engaging
from tests.factories.world import World


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        (
            {"who_to_ask": "The ward team", "team_email": "a@team.example"},
            "contact The ward team, a@team.example.",
        ),
        (
            {"team_telephone": "020 7946 0000", "team_email": "a@team.example"},
            "contact 020 7946 0000 or a@team.example.",
        ),
        ({"team_email": ""}, "tell the team that invited you."),
    ],
    ids=["team and address", "address alone", "neither"],
)
def test_reason_when_read_then_says_how_to_stop_by_what_is_recorded(
    world: World, details: dict[str, str], sentence: str
) -> None:
    loop = answering.closed(engaging.activity(world.officer, **details), by=world.officer)

    assert Notices().reason(loop).endswith(sentence)
