"""A kiosk's printer cannot print: its paper comes out at another kiosk, once, and says where it was asked for."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.accounts import DeviceKind
from queue_server.hall_file_model import Printer
from tests.web.web_hall import WebHall

GIVEN_UP = {"state": "failed", "problem": "paper_out", "given_up": True, "maybe_on_paper": False}


@pytest.fixture
def other(web: WebHall) -> Any:
    """K2, which prints for K1 and is well."""
    web.context.hall_file.printers[:] = [
        Printer(id="K1", device="dummy:", instead="K2"),
        Printer(id="K2", device="dummy:", instead="K1"),
    ]
    web.context.papers.have_printers(["K1", "K2"])
    caller = web.device(DeviceKind.PRINTER, "K2")
    caller.post("/printers/K2/state", {"state": "ready"})
    return caller


def jobs(caller: Any, printer: str) -> list[dict[str, Any]]:
    return caller.get(f"/print-jobs?printer={printer}").json["jobs"]


def test_the_paper_comes_out_at_the_other_kiosk_once_however_often_it_is_given_up(web: WebHall, other: Any):
    number = web.a_visitor_takes_a_number(printer="K1")
    kiosk = web.kiosk()
    (own,) = jobs(kiosk, "K1")

    answers = [kiosk.post(f"/print-jobs/{own['job']}", GIVEN_UP).json["moved_to"] for _ in range(3)]

    assert answers == ["K2", "K2", "K2"]
    assert jobs(kiosk, "K1") == []
    (moved,) = jobs(other, "K2")
    assert (moved["ticket"]["ticket"], moved["asked_at"], moved["reprint"]) == (number, "K1", False)
    assert web.names().count("PaperAsked") == 1


def test_what_may_be_on_paper_already_is_marked_as_a_reprint(web: WebHall, other: Any):
    number = web.a_visitor_takes_a_number(printer="K1")

    web.kiosk().post(f"/print-jobs/2026-11-23.{number}.1", GIVEN_UP | {"maybe_on_paper": True})

    assert jobs(other, "K2")[0]["reprint"] is True


def test_it_stays_where_it_was_asked_for_when_the_other_fails_too_or_the_visitor_has_gone_on(web: WebHall, other: Any):
    number = web.a_visitor_takes_a_number(printer="K1")
    kiosk, path = web.kiosk(), f"/print-jobs/2026-11-23.{number}.1"
    other.post("/printers/K2/state", {"state": "cover_open"})

    fails_too = [kiosk.post(path, GIVEN_UP).json["moved_to"] for _ in range(3)]
    other.post("/printers/K2/state", {"state": "ready"})
    web.clock.forward(minutes=11)
    too_late = kiosk.post(path, GIVEN_UP).json["moved_to"]

    assert (fails_too, too_late) == ([None, None, None], None)
    assert web.names().count("PaperFailed") == 1  # the log need not hold each time


def test_a_paper_moves_once_and_is_not_sent_to_and_fro(web: WebHall, other: Any):
    number = web.a_visitor_takes_a_number(printer="K1")
    kiosk = web.kiosk()
    kiosk.post(f"/print-jobs/2026-11-23.{number}.1", GIVEN_UP)
    kiosk.post("/printers/K1/state", {"state": "ready"})

    assert other.post(f"/print-jobs/2026-11-23.{number}.2", GIVEN_UP).json["moved_to"] is None
    assert [job["job"] for job in jobs(other, "K2")] == []  # reported; its own agent tries on
