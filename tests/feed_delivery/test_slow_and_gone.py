"""Listeners who read slowly, never, or are gone in the middle of a message: nobody else notices, nothing piles up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from queue_server.concurrency.straight_socket import MOST_WAITING
from tests.e2e.hall_process import wait_until
from tests.feed_delivery.listeners import Cut
from tests.feed_delivery.rehearsal import Rehearsal, Server, servers

MORE_THAN_BUFFERS_HOLD = 300_000


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with servers("fast") as (fast,):
        yield fast


@pytest.fixture
def rehearsal(server: Server) -> Iterator[Rehearsal]:
    with Rehearsal(server) as rehearsal:
        yield rehearsal


def test_what_follows_a_half_sent_message_waits_until_it_is_whole(rehearsal: Rehearsal):
    slow = rehearsal.come("an", "websocket", ["public"])
    rehearsal.come("bo", "websocket", ["public"])

    state = rehearsal.do(("tell", "public", MORE_THAN_BUFFERS_HOLD))
    assert state["half_sent"] >= 1, "the message was meant to be sent in parts"
    slow.websocket_ping()  # the server's reader wants to answer it by the same socket
    rehearsal.do(
        ("tell", "public", 100),
        ("ping", "an"),
        ("ask", "an", 100),
        ("breathe",),
        ("tell_bytes", "an", 100),
        ("tell", "public", MORE_THAN_BUFFERS_HOLD),
        ("tell", "public", 100),
    )

    rehearsal.finish()
    wait_until(lambda: rehearsal.server.state()["half_sent"] == 0)


def test_messages_reach_a_listener_who_changes_from_polls_to_a_websocket_at_every_step_of_it(rehearsal: Rehearsal):
    changing = rehearsal.come("an", "polls", ["public"])

    changing.hang_a_poll()
    changing.open_a_probe()
    rehearsal.do(("tell", "public", 100), ("tell", "public", 100))
    changing.listen()
    changing.probe()
    rehearsal.do(("tell", "public", 100), ("tell", "public", MORE_THAN_BUFFERS_HOLD))
    changing.upgrade()
    rehearsal.do(("tell", "public", 100))

    rehearsal.finish()


def test_a_listener_whose_websocket_does_not_carry_goes_on_with_polls(rehearsal: Rehearsal):
    changing = rehearsal.come("an", "polls", ["public"])

    changing.probe()
    rehearsal.do(("tell", "public", 100), ("tell", "public", MORE_THAN_BUFFERS_HOLD))
    changing.give_the_probe_up()

    rehearsal.finish()


@pytest.mark.parametrize("used", ["first", "second"])
def test_of_two_websockets_that_a_listener_tries_the_one_it_takes_is_told_everything(rehearsal: Rehearsal, used: str):
    changing = rehearsal.come("an", "polls", ["public"])
    changing.probe()
    other = changing.exchange_probe(None)
    changing.probe()
    if used == "first":
        other = changing.exchange_probe(other)
    assert other

    changing.upgrade()
    for _ in range(2):  # the second is told when it surely has changed
        rehearsal.do(("tell", "public", 100))
        changing.listen_until(rehearsal.expected("an")[-1])
    other.hang_up()
    rehearsal.do(("tell", "public", 100))

    rehearsal.finish()


@pytest.mark.parametrize("way", ["websocket", "polls"])
def test_a_listener_who_never_reads_is_let_go_and_the_others_hear_everything(rehearsal: Rehearsal, way: str):
    deaf = rehearsal.come("an", way, ["public"])
    rehearsal.come("bo", "websocket", ["public"])
    most = 0

    for _ in range(2 * MOST_WAITING // 50 + 1):
        state = rehearsal.do(("tell_many", "public", 9000, 50))
        most = max(most, state["waiting"].get(deaf.name, 0))
        rehearsal.at("bo").listen_until(rehearsal.expected("bo")[-1])

    assert MOST_WAITING / 2 < most <= MOST_WAITING + 1  # and the mark that ends the queue
    wait_until(lambda: deaf.name in rehearsal.server.state()["gone"])
    deaf.listen_to_the_end()
    assert deaf.heard == rehearsal.expected("an")[: len(deaf.heard)]
    rehearsal.vanish("an")
    rehearsal.finish()


def test_a_listener_who_comes_back_after_being_let_go_hears_what_is_told_from_then_on(rehearsal: Rehearsal):
    rehearsal.come("an", "websocket", ["public"])
    rehearsal.do(("tell_many", "public", 9000, 2 * MOST_WAITING))

    rehearsal.come("an", "websocket", ["public"])
    rehearsal.do(("tell", "public", 100))

    rehearsal.finish()


def test_a_listener_who_vanishes_in_the_middle_of_a_message_is_forgotten_and_nobody_else_notices(rehearsal: Rehearsal):
    before = rehearsal.server.state()["straight"]
    vanishing = rehearsal.come("an", "websocket", ["public"])
    rehearsal.come("bo", "websocket", ["public"])
    state = rehearsal.do(("tell", "public", MORE_THAN_BUFFERS_HOLD), ("tell", "public", 100))
    assert state["half_sent"] >= 1

    rehearsal.vanish("an")
    rehearsal.do(("tell_many", "public", 4000, 20))

    wait_until(lambda: vanishing.name in rehearsal.server.state()["gone"])
    assert rehearsal.server.state()["straight"] <= before + 1
    rehearsal.finish()


def test_a_cut_line_is_noticed_by_the_listener(rehearsal: Rehearsal):
    """What the tests above rely on."""
    deaf = rehearsal.come("an", "websocket", ["public"])
    rehearsal.do(("tell_many", "public", 9000, 2 * MOST_WAITING))

    with pytest.raises(Cut):
        deaf.listen_until("never said")
