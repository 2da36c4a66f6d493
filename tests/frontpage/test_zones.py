"""The plan of the home page as a value: what is usual, kept as JSON, compared, put in order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.frontpage.zones import (
    LOWER,
    RULES,
    TOP,
    USUAL,
    DebateSlot,
    Kind,
    Plan,
    Source,
    Zone,
    changes,
    completed,
    from_json,
    moved,
    to_json,
)

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

zones_ = st.builds(
    lambda kind, pick, subject, title, limit, shown: Zone(
        kind,
        RULES[kind].sources[pick % len(RULES[kind].sources)],
        subject,
        (),
        title,
        1 + limit % RULES[kind].most,
        shown or not RULES[kind].can_hide,
    ),
    st.sampled_from(Kind),
    st.integers(0, 9),
    st.none() | st.integers(1, 99),
    st.text(max_size=20),
    st.integers(0, 20),
    st.booleans(),
)
slots_ = st.builds(
    lambda debate, start, length: DebateSlot(debate, NOON + start * HOUR, length and NOON + (start + length) * HOUR),
    st.integers(1, 5),
    st.integers(0, 50),
    st.none() | st.integers(1, 5),
)
plans_ = st.builds(completed, st.lists(zones_), st.lists(slots_, max_size=5))


@given(plans_)
def test_a_plan_comes_back_from_json_as_it_went(plan):
    assert from_json(to_json(plan)) == plan


@given(plans_)
def test_a_plan_has_every_zone_once_and_the_top_first(plan):
    kinds = [zone.kind for zone in plan.zones]

    assert sorted(kinds) == sorted(Kind)
    assert tuple(kinds[: len(TOP)]) == TOP


@given(plans_)
def test_nothing_changes_from_a_plan_to_itself(plan):
    assert changes(plan, plan) == []


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"zones": [{"kind": "gone", "source": "usual"}]},
        {"zones": [{"kind": "debate", "source": "gone", "subject": 3}]},
        {"zones": [{"kind": "lead", "source": "usual", "is_shown": False}]},
        {"zones": [], "debates": [{"debate": 1, "starts_at": "never"}]},
    ],
)
def test_what_the_code_does_not_know_any_more_is_as_usual(stored):
    assert from_json(stored) == USUAL


def test_a_limit_beyond_what_a_zone_holds_is_cut():
    plan = from_json({"zones": [{"kind": "partners", "source": "usual", "limit": 40}]})

    assert plan.zone(Kind.PARTNERS).limit == 3


def test_the_debate_of_the_day_goes_by_the_clock():
    plan = Plan(debates=(DebateSlot(1, NOON, NOON + HOUR), DebateSlot(2, NOON + 2 * HOUR)))

    seen = [plan.debate_at(NOON + hours * HOUR) for hours in (-1, 0, 1, 2, 99)]

    assert seen == [None, 1, None, 2, 2]


def test_of_debates_without_end_the_one_that_started_last_counts():
    plan = Plan(debates=(DebateSlot(1, NOON), DebateSlot(2, NOON + HOUR)))

    assert plan.debate_at(NOON + 2 * HOUR) == 2


def test_the_next_turn_is_the_next_start_or_end():
    plan = Plan(debates=(DebateSlot(1, NOON, NOON + HOUR), DebateSlot(2, NOON + 2 * HOUR)))

    turns = [plan.next_turn(NOON + hours * HOUR) for hours in (-1, 0, 1, 2)]

    assert turns == [NOON, NOON + HOUR, NOON + 2 * HOUR, None]


def test_a_block_moves_up_and_down_and_stops_at_the_ends():
    last = LOWER[-1]

    up = moved(USUAL, last, -1)

    assert [zone.kind for zone in up.lower][-2:] == [last, LOWER[-2]]
    assert moved(up, last, 1) == USUAL
    assert moved(USUAL, last, 1) == USUAL
    assert moved(USUAL, Kind.LEAD, 1) == USUAL


def test_changes_are_told_in_words():
    zone = replace(USUAL.zone(Kind.BESIDE_LEAD), source=Source.MOST_COMMENTED, limit=3)
    plan = completed([zone, *(one for one in moved(USUAL, Kind.PODCASTS, -1).zones if one.kind != zone.kind)])

    told = changes(USUAL, replace(plan, debates=(DebateSlot(1, NOON),)))

    assert told == [
        "À côté de la une\N{NO-BREAK SPACE}: ce qui la remplit, nombre",
        "Ordre des blocs",
        "Débats du jour prévus",
    ]
