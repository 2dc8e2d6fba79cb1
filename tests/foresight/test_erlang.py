"""Erlang's formulas against published values."""

from math import inf

import pytest

from queue_server.foresight.erlang import erlang_a, erlang_c, mean_wait, servers_for, wait_given_ahead, waits_longer


@pytest.mark.parametrize(
    ("load", "servers", "waits"), [(5, 6, 0.587516), (10, 12, 0.449388), (20, 24, 0.298072), (100, 110, 0.237008)]
)
def test_the_chance_to_wait_is_the_published_one(load: float, servers: int, waits: float) -> None:
    assert erlang_c(servers, load) == pytest.approx(waits, abs=5e-7)


def test_the_textbook_call_centre_comes_out_as_printed() -> None:
    # 100 calls in 30 minutes, 180 s each, 14 agents, answered within 20 s
    arrivals = 100 / 1800

    assert erlang_c(14, arrivals * 180) == pytest.approx(0.1741319, abs=5e-8)
    assert 1 - waits_longer(14, arrivals, 180, 20) == pytest.approx(0.88835, abs=5e-6)
    assert mean_wait(14, arrivals, 180) == pytest.approx(7.835937, abs=5e-7)


def test_with_people_who_leave_the_figures_are_palms() -> None:
    waits, leaves, wait = erlang_a(10, 10, 1, 0.5)

    assert (waits, leaves, wait) == pytest.approx((0.619655, 0.103913, 0.207826), abs=5e-7)


def test_without_anybody_leaving_a_wait_is_so_many_services() -> None:
    assert wait_given_ahead(3, 2, 0.5, 0) == pytest.approx(4)


def test_too_few_servers_never_catch_up() -> None:
    assert (erlang_c(5, 6), mean_wait(5, 6, 1)) == (1.0, inf)


def test_the_fewest_servers_hold_the_target_and_one_fewer_does_not() -> None:
    servers = servers_for(0.6, 7.5, 10, 0.1)

    assert waits_longer(servers, 0.6, 7.5, 10) <= 0.1 < waits_longer(servers - 1, 0.6, 7.5, 10)
