"""What to bring on paper, without a number: asked for at the kiosk, printed by its agent, told to that kiosk alone."""

from __future__ import annotations

from datetime import time, timedelta
from urllib.parse import quote

from printers.lines import as_text
from printers.list_layout import lay_out_list
from printers.paper_list import PaperList
from queue_server.domain.rules import Hours
from queue_server.web.api import shapes
from queue_server.web.slip_papers import written_week
from tests.web.web_hall import WebHall

WISH = {"printer": "K1", "missing": ["M-CARD"], "language": "zh"}


def ask(web: WebHall, key: str = "press-1", **changes: object):  # type: ignore[no-untyped-def]
    return web.kiosk().post("/services/TQ04/list", {**WISH, **changes}, Idempotency_Key=key)


def jobs(web: WebHall):  # type: ignore[no-untyped-def]
    return web.kiosk().get("/print-jobs?printer=K1").json["jobs"]


def test_a_visitor_who_lacks_a_card_goes_home_with_the_list(web: WebHall):
    answer, again = ask(web), ask(web)

    shapes.ListAskedShape.model_validate(answer.json)
    assert (answer.status_code, answer.json, again.json) == (201, {"paper": "+L1"}, {"paper": "+L1"})
    (job,) = jobs(web)
    paper = as_text(lay_out_list(PaperList.from_json(job)))
    assert paper.index("□ 本人一类储蓄卡") < paper.index("□ 本人身份证")
    assert "二类、三类卡有限额" in paper
    assert "开门：星期一至星期五 09:00–17:00" in paper
    assert "以中心公告为准" in paper
    assert web.hall.read(lambda day, _: day.tickets) == {}  # nobody waits


def test_what_became_of_the_paper_is_in_the_log(web: WebHall):
    ask(web)
    (job,) = jobs(web)
    report = f"/print-jobs/{quote(job['job'])}"

    assert web.kiosk().post(report, {"state": "failed", "problem": "paper_out"}).status_code == 200
    assert web.hall.read(lambda day, _: day.slips["+L1"].paper) == "failed"
    assert web.kiosk().post(report, {"state": "printed"}).status_code == 200
    assert jobs(web) == []


def test_the_list_is_for_kiosks_and_the_floor_and_for_printers_that_are_known(web: WebHall):
    assert web.stranger().post("/services/TQ04/list", WISH).status_code == 401
    assert web.officer().post("/services/TQ04/list", WISH).status_code == 403
    assert web.signed_in("guide").post("/services/TQ04/list", WISH).status_code == 201
    assert ask(web, printer="K9").status_code == 404
    assert web.kiosk().post("/services/XX99/list", WISH).json["code"] == "unknown_service"
    assert ask(web, key="two", missing=["M-NEVER"], large_print=True).status_code == 201
    assert [len(job["list"]["missing"]) for job in jobs(web)] == [1, 0]


def test_tomorrows_number_knows_what_was_missing_today(web: WebHall):
    promised = (
        web.kiosk()
        .post("/bookings/tomorrow", {"service": "TQ04", "missing": ["M-CARD"], "printer": "K1", "large_print": True})
        .json
    )
    assert promised["paper"] == "+1"
    web.clock.moment += timedelta(days=1)

    number = web.kiosk().post(f"/bookings/{promised['code']}/arrive", {"printer": "K1"}).json

    assert number["missing"] == ["M-CARD"]
    (job,) = jobs(web)
    assert [one["name"] for one in job["ticket"]["materials"] if one["missing"]] == ["本人一类储蓄卡"]
    assert job["ticket"]["large_print"] is True


def test_the_week_is_written_as_people_say_it():
    morning, afternoon = (time(9), time(12)), (time(14), time(17))
    hours = Hours(weekly={0: (morning, afternoon), 1: (morning, afternoon), 5: (morning,)})

    assert written_week(hours, "zh") == ["星期一至星期二 09:00–12:00、14:00–17:00", "星期六 09:00–12:00"]
    assert written_week(hours, "en") == ["Monday–Tuesday 09:00–12:00, 14:00–17:00", "Saturday 09:00–12:00"]
