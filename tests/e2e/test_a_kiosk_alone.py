"""The server is gone while people come: the kiosk gives numbers by itself, and the hall hears of them afterwards."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import next_paper, number_on, read_code, says, shot_of, tap
from tests.e2e.browsers import KIOSK, keep_picture
from tests.e2e.hall_process import wait_until

pytestmark = pytest.mark.browser


def touch_pages(hall):
    """The address at which the kiosk serves its pages on its own machine."""
    found = re.search(r"Touch pages at (\S+)", hall.said("agent"))
    return found and found[1]


def choose(kiosk):
    tap(kiosk, "[data-tile=leaving]", "[data-service=TQ11]", "[data-answer=no-care]", "[data-way=counter]")


def numbers_in_hand(supervisor):
    return supervisor.get("/leases")["leases"]


def test_numbers_go_on_without_the_server_and_stand_where_they_belong_when_it_is_back(make_hall, browsers_at):
    hall = make_hall()
    hall.start(kiosk_gives_numbers=True)
    browsers = browsers_at(hall)
    kiosk = browsers.open(wait_until(lambda: touch_pages(hall)), KIOSK, has_touch=True)
    kiosk.wait_for_selector("[data-screen=home]")
    supervisor = hall.member("sun")
    wait_until(lambda: numbers_in_hand(supervisor))
    choose(kiosk)
    online = number_on(kiosk)
    next_paper(hall, already=0)
    tap(kiosk, "[data-action=done]")

    hall.kill_server()
    kiosk.wait_for_selector(".head--news")
    says(kiosk, ".head__state", "取号照常")
    keep_picture(kiosk, "kiosk-alone-home")
    choose(kiosk)
    alone = number_on(kiosk)
    assert (online, alone) == ("T0001", "T0901")
    paper = next_paper(hall, already=1)
    expect(kiosk.locator("[data-paper=printed]")).to_be_visible()
    keep_picture(kiosk, "kiosk-alone-ticket")
    link = read_code(paper)
    assert read_code(shot_of(kiosk, ".code img")) == link

    hall.start_server()
    after_the_power_cut = hall.take_number()["ticket"]
    guide = hall.member("ma")
    wait_until(lambda: any(one["ticket"] == alone for one in guide.get("/floor")["tickets"]))
    arrived = {one["ticket"]: one["first_arrival_at"] for one in guide.get("/floor")["tickets"]}
    assert arrived[online] < arrived[alone] < arrived[after_the_power_cut]

    supervisor = hall.member("sun")

    def printed():
        events = supervisor.get("/events", after=0)["events"]
        return [event["ticket"] for event in events if event["name"] == "paper_printed"]

    wait_until(lambda: alone in printed())
    assert printed().count(alone) == 1
    assert len(hall.papers()) == 2  # nothing came out a second time
