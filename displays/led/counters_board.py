"""What the panels know of the counters: from GET /board, then kept right by the feed's events."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from displays.led.message import CounterState

AT_A_COUNTER = frozenset({"called", "serving", "held"})


class CountersBoard:
    """`day` and `seq` say up to where it is right."""

    def __init__(self) -> None:
        self.day = ""
        self.seq = 0
        self._counters: dict[str, CounterState] = {}
        self.is_danger = False  # an emergency notice hangs

    def take(self, board: dict[str, Any]) -> None:
        """The answer of GET /board: everything anew."""
        self.day, self.seq = str(board["day"]), int(board["seq"])
        self._counters = {
            desk["counter"]: CounterState(is_open=True, paused=bool(desk["paused"])) for desk in board["desks"]
        }
        self._notices(board.get("notices") or [])
        for served in board["serving"]:
            self._put(served["counter"], ticket=served["ticket"], stage="serving")
        for call in board["calls"]:
            self._put(call["counter"], ticket=call["ticket"], stage="called")

    def apply(self, event: dict[str, Any]) -> bool:
        """One event. False when it is of another day: then the board must be read anew."""
        if event["day"] != self.day:
            return False
        if event["seq"] <= self.seq:
            return True  # heard before
        self.seq = event["seq"]
        name: str = event["name"]
        after = event.get("after") or {}
        if ticket := after.get("ticket"):
            self._ticket(ticket)
        if "notices" in after:
            self._notices(after["notices"])
        if name == "desk_closed":
            self._put(event["counter"], is_open=False, paused=False)
        elif name.startswith("desk_"):
            self._put(event["counter"], is_open=True, paused=name == "desk_paused")
        elif name == "day_closed":
            self._counters.clear()
        return True

    def counter(self, counter: str) -> CounterState:
        return self._counters.get(counter, CounterState())

    def _notices(self, notices: list[dict[str, Any]]) -> None:
        """Those that hang now; the hall itself takes down what has come to its end."""
        self.is_danger = any(notice.get("emergency") for notice in notices)

    def _ticket(self, ticket: dict[str, Any]) -> None:
        for counter, state in self._counters.items():
            if state.ticket == ticket["ticket"]:
                self._put(counter, ticket="", stage="")
        if ticket["stage"] in AT_A_COUNTER and ticket["counter"]:
            self._put(ticket["counter"], ticket=ticket["ticket"], stage=ticket["stage"])

    def _put(self, counter: str, **changes: Any) -> None:
        self._counters[counter] = replace(self.counter(counter), **changes)
