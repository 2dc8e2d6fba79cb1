"""Entering what was called from paper: a draft that does nothing, then each line, refused ones named and kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from queue_server.paper_mode.written import Written, read_lines
from tests.web.web_hall import PEOPLE, Caller, WebHall

PAGE = "/by-hand"


@pytest.fixture
def numbers(web: WebHall) -> list[str]:
    """Three who waited when the server went, half an hour ago."""
    kiosk = web.kiosk()
    taken = [kiosk.post("/tickets", {"service": "TQ01", "again": True}).json["ticket"] for _ in range(3)]
    web.clock.forward(minutes=30)
    return taken


def press(caller: Caller, path: str, lines: list[str], language: str = "zh") -> str:
    form = {"lines": "\r\n".join(lines), "csrf_token": caller.headers["X-CSRF-Token"]}
    answer = caller.client.post(f"{path}?lang={language}", data=form)
    assert answer.status_code == 200
    assert "⟦" not in answer.text
    return answer.text


def states(page: str) -> dict[int, str]:
    return {int(line): state for line, state in re.findall(r'data-line="(\d+)" data-state="(\w+)"', page)}


def field(page: str) -> str:
    found = re.search(r'name="lines" rows.*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1].strip()


def at(web: WebHall, minutes: int) -> str:
    return f"{web.context.hall.rules.local(web.clock.now() - timedelta(minutes=minutes)):%H:%M}"


def test_a_draft_is_shown_first_then_each_line_is_entered_and_refused_ones_stay_with_their_reason(
    web: WebHall, numbers: list[str]
):
    supervisor = web.signed_in("supervisor")
    first, second, third = numbers
    lines = [
        f"{first},3,{at(web, 20)},{at(web, 10)},{PEOPLE['officer']}",
        f"{second}，3，{at(web, 9)}，未到",
        f"{second},3,{at(web, 5)},{at(web, 2)}",  # came back
        f"{first},4,{at(web, 5)},{at(web, 2)}",
        f"{third},99,{at(web, 5)},{at(web, 2)}",
        "T9999,3,9:00,9:10",
        f"{third},3,soon,{at(web, 2)}",
        f"{third},",
    ]
    wanted = {1: "ready", 2: "came_later", 3: "ready", 4: "twice", 5: "refused", 6: "refused", 7: "unreadable"}

    draft = press(supervisor, PAGE, lines)
    assert states(draft) == wanted
    assert "可以录入" in draft
    assert "时间写成 10:42" in draft
    assert [supervisor.get(f"/tickets/{one}").json["stage"] for one in numbers] == ["waiting"] * 3

    done = press(supervisor, f"{PAGE}/enter", lines)
    assert states(done) == wanted | {1: "entered", 3: "entered"}
    assert 'data-wrong="4"' in done
    assert field(done).splitlines() == [lines[place] for place in (3, 4, 5, 6)]
    assert [supervisor.get(f"/tickets/{one}").json["stage"] for one in numbers] == ["served", "served", "waiting"]

    again = press(supervisor, f"{PAGE}/enter", lines, "en")
    assert states(again) == states(done)
    by_hand = [one for one in supervisor.get("/events?after=0").json["events"] if one["name"] == "served_by_hand"]
    assert [(one["ticket"], one["officer"]) for one in by_hand] == [(first, PEOPLE["officer"]), (second, "")]


def test_a_line_entered_by_command_is_the_same_on_the_page(web: WebHall, numbers: list[str]):
    supervisor = web.signed_in("supervisor")
    line = f"{numbers[0]},3,{at(web, 20)},{at(web, 10)}"
    rules = web.context.hall.rules
    (one,) = read_lines([line], rules.local(web.clock.now()).date(), rules.timezone)
    assert isinstance(one, Written)
    wish = {"ticket": one.ticket, "counter": "3", "called_at": one.called_at.isoformat()}
    wish["ended_at"] = one.ended_at.isoformat()
    assert supervisor.post("/served-by-hand", wish, Idempotency_Key=one.key()).status_code == 200

    assert states(press(supervisor, PAGE, [line])) == {1: "entered"}


def test_the_numbers_of_who_waits_can_be_filled_in_and_the_list_be_printed_by_guides_too(
    web: WebHall, numbers: list[str]
):
    guide = web.signed_in("guide")

    filled = field(guide.client.get(f"{PAGE}?numbers=1").text)
    assert filled.splitlines() == [f"{number}," for number in numbers]
    assert "没有读到任何一行" in press(guide, PAGE, filled.splitlines())  # nobody was called yet
    printed = guide.client.get(f"{PAGE}/list?lang=en")
    assert (printed.mimetype, all(number in printed.text for number in numbers)) == ("text/plain", True)
    assert web.signed_in("officer").client.get(PAGE).status_code == 403
    assert web.stranger().client.get(PAGE).status_code in (302, 303, 401)
