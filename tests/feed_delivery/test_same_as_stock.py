"""Whatever happens, everybody hears from the fast feed exactly what Socket.IO itself would tell them, in that order.

Random rehearsals, each against two real servers: rooms joined and left, messages of every frame length, bytes,
acknowledgements, pings, listeners who do not read, vanish, come back, or change from polls to a websocket.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feed_delivery.rehearsal import PEOPLE, Rehearsal, Server, perform, servers

NAMES = st.sampled_from(PEOPLE)
ROOMS = st.sampled_from(["public", "staff"])
# around the borders between the three ways to write a frame's length, and more than all buffers hold
LENGTHS = st.sampled_from([0, 60, 125, 126, 127, 4_000, 65_535, 65_536, 65_537, 300_000])
WAYS = st.sampled_from(["websocket", "polls"])
CHANGES = ["hang_a_poll", "open_a_probe", "probe", "upgrade", "give_the_probe_up"]
LITTLE = st.integers(0, 3000)

DEEDS = st.one_of(
    st.tuples(st.just("tell"), ROOMS, LENGTHS | LITTLE),
    st.tuples(st.just("tell"), NAMES, LENGTHS | LITTLE),
    st.tuples(st.just("tell"), st.just(["public", "staff"]), LITTLE),
    st.tuples(st.just("tell_many"), ROOMS, LITTLE, st.integers(2, 40)),
    st.tuples(st.just("tell_bytes"), NAMES, LITTLE),
    st.tuples(st.just("tell_others"), ROOMS, LITTLE, NAMES),
    st.tuples(st.just("ask"), NAMES, LITTLE),
    st.tuples(st.just("ping"), NAMES),
    st.tuples(st.just("join"), NAMES, ROOMS),
    st.tuples(st.just("leave"), NAMES, ROOMS),
    st.tuples(st.just("breathe")),
)
ACTS = st.one_of(
    st.tuples(st.just("do"), st.lists(DEEDS, min_size=1, max_size=6)),
    st.tuples(st.just("listen"), NAMES),
    st.tuples(st.just("pong"), NAMES),
    st.tuples(st.just("websocket_ping"), NAMES),
    st.tuples(st.sampled_from(CHANGES), NAMES),
    st.tuples(st.just("vanish"), NAMES),
    st.tuples(st.just("come"), NAMES, WAYS, st.lists(ROOMS, unique=True)),
)


@pytest.fixture(scope="module")
def both() -> Iterator[list[Server]]:
    with servers("stock", "fast") as both:
        yield both


@settings(max_examples=25)
@given(ways=st.tuples(WAYS, WAYS, WAYS), acts=st.lists(ACTS, min_size=5, max_size=40))
def test_everybody_hears_the_same_in_the_same_order(
    both: list[Server], ways: tuple[str, ...], acts: list[tuple[Any, ...]]
):
    for server in both:
        with Rehearsal(server) as rehearsal:
            for name, way in zip(PEOPLE, ways, strict=True):
                rehearsal.come(name, way, ["public"])
            perform(acts, rehearsal)
            rehearsal.finish()
