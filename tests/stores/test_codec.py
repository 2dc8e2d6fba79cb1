"""Stored events keep their names for ever."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import events as e
from queue_server.stores import codec

MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


# what the stored JSON and every reader of it can hold; people, counts and seconds are far from it
NUMBERS = st.integers(min_value=-(2**63), max_value=2**63 - 1)


def any_event(kind: type[e.Event]) -> st.SearchStrategy[e.Event]:
    hints = get_type_hints(kind)
    known = {datetime: MOMENTS, int: NUMBERS}
    values = {
        name: known[hint] if (hint := hints[name]) in known else st.from_type(hint) for name in kind.__struct_fields__
    }
    return st.builds(kind, **values)


@pytest.mark.parametrize("kind", codec.EVENTS.values(), ids=codec.EVENTS)
def test_every_event_comes_back_as_it_was_stored(kind: type[e.Event]) -> None:
    @given(any_event(kind))
    def comes_back(event: e.Event) -> None:
        assert codec.decode(codec.encode(event)) == event

    comes_back()


def test_every_event_of_the_domain_has_a_stored_name() -> None:
    kinds = {kind for kind in vars(e).values() if isinstance(kind, type) and issubclass(kind, e.Event)} - {e.Event}

    assert set(codec.EVENTS.values()) == kinds


def test_an_event_of_a_later_version_is_refused_loudly() -> None:
    stored = codec.Stored("ticket_issued", 99, "2026-11-23T01:00:00+00:00", "a", "c", "{}")

    with pytest.raises(ValueError, match="newer version"):
        codec.decode(stored)


def test_what_an_event_of_the_first_version_does_not_say_means_what_was_so_then() -> None:
    """Nobody came as a group, by law, with a booking or without papers; calls passed nobody over."""
    envelope = ("2026-11-23T01:00:00+00:00", "kiosk:K1", "c")
    first = {"ticket": "T0001", "service": "rent", "zone": "special", "way": "counter"}
    first |= {"care": False, "language": "zh", "printer": None}
    issued = codec.decode(codec.Stored("ticket_issued", 1, *envelope, json.dumps(first)))
    called = codec.decode(
        codec.Stored("ticket_called", 1, *envelope, '{"ticket":"T0001","counter":"3","attempt":1,"chosen":false}')
    )

    assert isinstance(issued, e.TicketIssued)
    assert isinstance(called, e.TicketCalled)
    assert (issued.people, issued.services, issued.promise, issued.statutory) == (1, (), "certain", False)
    assert (issued.holder, issued.booking, issued.slot, issued.order_from) == (None, None, None, None)
    assert (called.rule, called.passed_over, called.overtook_seconds) == ("credit", None, 0)
