"""The link on the paper: says which ticket, and only the hall can make one."""

from __future__ import annotations

from datetime import date

import pytest

from queue_server.web.progress_link import ProgressLinks, TicketOfLink

TODAY = date(2026, 11, 23)
LINKS = ProgressLinks(b"k" * 32, "chengguan", "http://hall.test")


def test_a_link_leads_back_to_its_ticket():
    assert LINKS.read(LINKS.link(TODAY, "T0023"), TODAY) == TicketOfLink(TODAY, "T0023")


def test_a_link_is_short_enough_for_a_small_code():
    assert LINKS.link(TODAY, "T0023").startswith("1123-T0023-")
    assert len(LINKS.link(TODAY, "T0023")) == 31


@pytest.mark.parametrize(
    "other",
    [
        ProgressLinks(b"x" * 32, "chengguan", ""),
        ProgressLinks(b"k" * 32, "another-hall", ""),
    ],
)
def test_a_link_made_by_somebody_else_is_unknown(other: ProgressLinks):
    assert LINKS.read(other.link(TODAY, "T0023"), TODAY) is None


def test_the_link_of_another_ticket_or_day_does_not_open_this_one():
    mac = LINKS.link(TODAY, "T0023").rsplit("-", 1)[1]

    assert LINKS.read(f"1123-T0024-{mac}", TODAY) is None
    assert LINKS.read(f"1122-T0023-{mac}", TODAY) is None


@pytest.mark.parametrize("link", ["", "-", "--", "1123", "9999-T0023-AAAA", "😀-T0023-AAAA", "1123-T0023-", "x" * 5000])
def test_nonsense_is_unknown_and_breaks_nothing(link: str):
    assert LINKS.read(link, TODAY) is None


def test_a_link_of_last_december_is_read_in_january():
    link = LINKS.link(date(2026, 12, 31), "T0001")

    assert LINKS.read(link, date(2027, 1, 2)) == TicketOfLink(date(2026, 12, 31), "T0001")


def test_a_link_does_not_open_the_same_number_a_year_later():
    link = LINKS.link(TODAY, "T0023")

    assert LINKS.read(link, date(2027, 11, 23)) is None
