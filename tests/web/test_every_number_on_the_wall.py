"""Every number on the supervisor's page, computed once more from the log by code of its own."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from queue_server.stores.codec import body_of, name_of
from tests.web.web_hall import WebHall


class Seen:
    """A ticket as the bare log tells it."""

    def __init__(self, at: datetime, zone: str, service: str) -> None:
        self.arrived, self.zone, self.service = at, zone, service
        self.stage = "waiting"
        self.called: datetime | None = None  # first call of the latest invitation
        self.ended: datetime | None = None
        self.bounced = False
        self.mark: int | None = None

    def waited(self, now: datetime) -> float:
        until = (self.called if self.stage != "waiting" else None) or self.ended or now
        return (until - self.arrived).total_seconds() / 60


def read(events: Iterable[Any], coaching: str) -> dict[str, Seen]:
    tickets: dict[str, Seen] = {}
    for event in events:
        name, body, at = name_of(event), body_of(event), event.at
        ticket = tickets.get(body.get("ticket") or "")
        if name == "ticket_issued":
            tickets[body["ticket"]] = Seen(at, body["zone"], body["service"])
        elif ticket is None:
            continue
        elif name == "ticket_called":
            ticket.stage, ticket.called = "called", at if body["attempt"] == 1 else ticket.called
        elif name == "service_ended":
            ticket.stage, ticket.ended = "served", at
        elif name in ("ticket_missed", "ticket_no_show", "ticket_abandoned"):
            ticket.stage = name.removeprefix("ticket_")
            ticket.ended = None if name == "ticket_missed" else at
        elif name == "service_started":
            ticket.stage = "serving"
        elif name == "ticket_transferred":
            ticket.bounced |= body["from_zone"] == coaching != body["zone"]
            ticket.stage, ticket.zone, ticket.service = "waiting", body["zone"], body["service"]
        elif name == "feedback_given":
            ticket.mark = body["level"]
    return tickets


def desks(events: Iterable[Any]) -> dict[str, bool]:
    """Counter → whether it serves now."""
    found: dict[str, bool] = {}
    for event in events:
        name = name_of(event)
        if name in ("desk_opened", "desk_paused"):
            found[body_of(event)["counter"]] = name == "desk_opened"
        elif name == "desk_closed":
            found.pop(body_of(event)["counter"])
    return found


def nearest_rank(values: list[float], share: float) -> float | None:
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else None


def rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)


def figures(tickets: list[Seen], now: datetime) -> dict[str, Any]:
    waiting = [one.waited(now) for one in tickets if one.stage == "waiting"]
    hour_ago = now - timedelta(hours=1)
    called = [one.waited(now) for one in tickets if one.stage != "waiting" and one.called and one.called >= hour_ago]
    stages = [one.stage for one in tickets]
    return {
        "waiting": len(waiting),
        "longest_wait_minutes": rounded(max(waiting, default=None)),
        "average_wait_minutes": rounded(sum(called) / len(called) if called else None),
        "p50_wait_minutes": rounded(nearest_rank(called, 0.5)),
        "p90_wait_minutes": rounded(nearest_rank(called, 0.9)),
        "within_target": rounded(sum(one <= 15 for one in called) / len(called) if called else None, 3),
        "served": stages.count("served"),
        "missed": stages.count("missed"),
        "abandoned": stages.count("abandoned"),
        "no_show": stages.count("no_show"),
        "bounced": sum(one.bounced for one in tickets),
    }


def live_a_morning(web: WebHall, chance: random.Random) -> None:
    """Two hours of a hall: people come, are called, missed, moved, served, leave and say how it was."""
    kiosk, guide = web.kiosk(), web.signed_in("guide")
    officers = {counter: web.officer(counter) for counter in ("3",)}
    for counter, officer in officers.items():
        officer.post(f"/counters/{counter}/open")
    numbers: list[str] = []
    for _ in range(60):
        web.clock.forward(minutes=1)
        way = chance.choice(["coaching", "counter", "counter"])
        body = {"service": chance.choice(["TQ01", "TQ04"]), "way": way, "care": chance.random() < 0.1}
        taken = kiosk.post("/tickets", body)
        numbers += [taken.json["ticket"]] if taken.status_code == 201 else []
        ticket = chance.choice(numbers)
        match chance.randrange(6):
            case 0:
                guide.post(
                    f"/tickets/{ticket}/transfer", {"zone": chance.choice(["special", "care"]), "reason": "asked"}
                )
            case 1 if chance.random() < 0.5:
                guide.post(f"/tickets/{ticket}/abandon")
        for counter, officer in officers.items():
            called = officer.post(f"/counters/{counter}/call-next")
            if called.status_code not in (200, 201):
                continue
            present = called.json["ticket"]
            number = present["ticket"] if isinstance(present, dict) else present
            if chance.random() < 0.15:
                for _ in range(2):
                    web.clock.forward(minutes=1, seconds=10)
                    officer.post(f"/tickets/{number}/recall")
                web.clock.forward(minutes=1, seconds=10)
                officer.post(f"/tickets/{number}/missed")
                continue
            officer.post(f"/tickets/{number}/start")
            web.clock.forward(minutes=chance.randrange(1, 6))
            officer.post(f"/tickets/{number}/end")


def test_every_number_equals_the_one_from_the_bare_log_and_opens_its_tickets(web: WebHall) -> None:
    live_a_morning(web, random.Random(7))
    supervisor = web.signed_in("supervisor")
    page = supervisor.get("/measures").json
    now = web.clock.now()
    events = [one.event for one in web.context.hall.events()]
    coaching = next(zone.id for zone in web.context.hall.rules.zones.values() if zone.purpose == "coaching")
    tickets = list(read(events, coaching).values())
    assert {"served", "missed", "abandoned", "waiting"} <= {one.stage for one in tickets}  # a morning worth checking
    assert any(one.bounced for one in tickets)

    rows = [(page["all"], tickets)]
    rows += [(row, [one for one in tickets if one.zone == row["zone"]]) for row in page["zones"]]
    rows += [(row, [one for one in tickets if one.service == row["service"]]) for row in page["services"]]
    for row, behind in rows:
        expected = figures(behind, now)
        assert {name: row[name] for name in expected} == expected, row["zone"] or row["service"] or "all"
        for figure in ("waiting", "served", "missed", "abandoned", "no_show", "bounced"):
            query = f"?figure={figure}&zone={row['zone'] or ''}&service={row['service'] or ''}"
            listed = supervisor.get(f"/measures/tickets{query}").json["tickets"]
            assert len(listed) == row[figure]
    open_now = sum(desks(events).values())
    assert page["all"]["open_desks"] == open_now
    marks = [one.mark for one in tickets if one.mark]
    assert page["feedback"]["count"] == len(marks)
    assert page["feedback"]["low"] == page["repairs"]["standing"] == sum(mark <= 2 for mark in marks)
    far = supervisor.get("/wall").json
    assert [far["all"], *({name: one[name] for name in page["all"]} for one in far["zones"])] == [
        page["all"],
        *page["zones"],
    ]


def test_a_ticket_s_story_says_each_step_and_who_did_it_and_nothing_of_the_phone(web: WebHall) -> None:
    number = web.a_visitor_takes_a_number()
    officer = web.officer()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{number}/start")
    officer.post(f"/tickets/{number}/end")
    supervisor = web.signed_in("supervisor")
    steps = supervisor.get(f"/tickets/{number}/story").json["steps"]

    assert [one["name"] for one in steps][:1] == ["ticket_issued"]
    assert [one["name"] for one in steps][-3:] == ["ticket_called", "service_started", "service_ended"]
    assert [one["by"]["kind"] for one in steps][-3:] == ["officer"] * 3
    assert all("holder" not in one["fields"] for one in steps)
    assert supervisor.get("/tickets/X9999/story").json["code"] == "unknown_ticket"
    web.clock.forward(days=1)
    supervisor = web.signed_in("supervisor")
    assert supervisor.get(f"/tickets/{number}/story").json["code"] == "unknown_ticket"  # today nobody has it yet
    past = supervisor.get(f"/tickets/{number}/story?day=2026-11-23").json["steps"]
    unknown = supervisor.get("/tickets/X9999/story?day=2026-11-23").json
    assert (unknown["code"], unknown["message"][:10]) == ("no_ticket_that_day", "2026-11-23")
    assert [one["name"] for one in past][: len(steps)] == [one["name"] for one in steps]
    officer = web.officer()
    assert officer.get(f"/tickets/{number}/story").status_code == 403
