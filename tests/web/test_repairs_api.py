"""Repairs over HTTP: opened by low marks and by hand, with clocks, alerts, and nothing personal kept too long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from queue_server.accounts.audit import Asked
from queue_server.domain.commands import GiveFeedback
from queue_server.web.alert_signs import signs_of
from tests.web.web_hall import Caller, WebHall

LOW, HIGH = 1, 5


def served(web: WebHall, level: int, words: str = "") -> str:
    """Somebody was served at counter 3 and said how it was."""
    number: str = web.kiosk().post("/tickets", {"service": "TQ01"}).json["ticket"]
    officer = web.officer()
    officer.post("/counters/3/open")
    officer.post("/counters/3/call-next")
    officer.post(f"/tickets/{number}/start")
    officer.post(f"/tickets/{number}/end", {"outcome": "done"})
    mark = GiveFeedback(
        id=f"mark-{number}", actor="visitor", ticket=number, level=level, reasons=(), with_words=bool(words)
    )
    web.hall.handle(mark)
    if words:
        web.words.add(date(2026, 11, 23), number, words, web.clock.now())
    return number


@pytest.fixture
def supervisor(web: WebHall) -> Caller:
    return web.signed_in("supervisor")


def kinds(caller: Caller) -> list[str]:
    return [one["kind"] for one in caller.get("/alerts").json["alerts"]]


def test_a_low_mark_opens_a_repair_once_and_a_good_one_none(web: WebHall, supervisor: Caller) -> None:
    served(web, HIGH)
    number = served(web, LOW, "等了一个小时，没人理我")

    for _ in range(2):
        (one,) = supervisor.get("/repairs").json["repairs"]
    assert (one["ticket"], one["service"], one["level"], one["state"]) == (number, "TQ01", 1, "open")
    assert one["next_due"].startswith("2026-11-24T")
    assert "words" not in one  # only who opens it reads them, and that is audited
    whole = supervisor.get(f"/repairs/{one['id']}").json
    assert whole["words"] == ["等了一个小时，没人理我"]
    looks = web.context.audit.entries(Asked(kind="look"), 50)
    assert [(look.act, look.what) for look in looks] == [("repair", f"/api/v1/repairs/{one['id']}")]


def test_it_is_taken_contacted_mended_asked_again_and_then_counts_as_in_time(web: WebHall, supervisor: Caller) -> None:
    served(web, LOW)
    (one,) = supervisor.get("/repairs").json["repairs"]
    path = f"/repairs/{one['id']}"

    assert supervisor.post(f"{path}/contact", {"contact": "13900001234"}).json["contact"] == "13900001234"
    assert supervisor.post(f"{path}/steps", {"what": "taken"}).json["owner_name"]
    key = {"Idempotency_Key": "k1"}
    for _ in range(2):  # a double press is one step
        supervisor.post(f"{path}/steps", {"what": "contacted", "note": "电话里说清楚了"}, **key)
    assert supervisor.post(f"{path}/steps", {"what": "followed_up"}).json["code"] == "repair_step_too_early"
    assert supervisor.post(f"{path}/steps", {"what": "fixed"}).status_code == 422  # how was it mended?
    web.clock.forward(days=2)
    supervisor = web.signed_in("supervisor")
    supervisor.post(f"{path}/steps", {"what": "fixed", "note": "补办，材料不用再交"})
    ended = supervisor.post(f"{path}/steps", {"what": "followed_up", "note": "满意"}).json
    assert (ended["state"], [step["what"] for step in ended["steps"]]) == (
        "done",
        ["taken", "contacted", "fixed", "followed_up"],
    )
    shown = supervisor.get("/repairs").json
    assert (shown["repairs"], [one["id"] for one in shown["ended"]]) == ([], [one["id"]])
    assert shown["figures"]["in_time"]["contact"] == {"held": 1, "known": 1}
    assert supervisor.post(f"{path}/steps", {"what": "fixed", "note": "x"}).json["code"] == "repair_is_ended"


def test_a_clock_that_runs_out_is_told_until_it_is_done(web: WebHall, supervisor: Caller) -> None:
    served(web, LOW)
    (one,) = supervisor.get("/repairs").json["repairs"]
    web.clock.forward(days=1)
    web.context.repair_desk.follow()
    supervisor = web.signed_in("supervisor")
    assert "repair_late" not in kinds(supervisor)
    web.clock.forward(days=1)
    supervisor = web.signed_in("supervisor")

    (told,) = [one for one in supervisor.get("/alerts").json["alerts"] if one["kind"] == "repair_late"]
    assert (told["place"], told["level"], told["ticket"]) == (str(one["id"]), "act", None)
    supervisor.post(f"/repairs/{one['id']}/steps", {"what": "contacted"})
    web.context.alert_keeper.look(signs_of(web.context))
    assert "repair_late" not in kinds(supervisor)


def test_a_supervisor_opens_one_by_hand_or_from_a_story_and_a_visit_has_one(web: WebHall, supervisor: Caller) -> None:
    number = served(web, HIGH)
    assert supervisor.post("/repairs").status_code == 422
    assert supervisor.post("/repairs", {"ticket": "Z9999"}).json["code"] == "unknown_ticket"
    by_hand = supervisor.post("/repairs", {"words": "来电说昨天白跑一趟", "contact": "0931-1234567"}).json
    assert (by_hand["words"], by_hand["contact"], by_hand["ticket"]) == (["来电说昨天白跑一趟"], "0931-1234567", None)
    first = supervisor.post("/repairs", {"ticket": number, "origin": "story"}).json
    again = supervisor.post("/repairs", {"ticket": number, "origin": "hand"}).json
    assert first["id"] == again["id"]


def test_what_is_said_on_the_phone_about_a_low_mark_is_kept_with_its_repair(web: WebHall, supervisor: Caller) -> None:
    number = served(web, LOW)
    (one,) = supervisor.get("/repairs").json["repairs"]
    called = {"ticket": number, "words": "来电说等了一小时", "contact": "0931-1234567"}
    for _ in range(2):  # a double press
        kept = supervisor.post("/repairs", called, Idempotency_Key="call").json
    assert (kept["id"], kept["contact"]) == (one["id"], "0931-1234567")
    assert [step["note"] for step in kept["steps"]] == ["来电说等了一小时"]


def test_repairs_whose_file_is_gone_stop_no_alert_and_no_figure(web: WebHall, supervisor: Caller) -> None:
    web.context.repair_desk.store.close()
    assert supervisor.get("/measures").json["repairs"] is None
    assert supervisor.get("/alerts").status_code == 200


def test_a_shut_day_gets_no_log_because_a_repair_is_late(web: WebHall) -> None:
    served(web, LOW)
    web.context.repair_desk.follow()
    web.clock.forward(days=5)  # Saturday
    assert signs_of(web.context).late_repairs
    web.context.alert_keeper.look(signs_of(web.context))
    assert web.context.today() not in web.context.hall.days()


def test_the_marks_of_a_day_that_ended_without_us_are_not_forgotten(web: WebHall) -> None:
    served(web, LOW)
    web.clock.forward(days=1)  # nobody looked on that day

    (one,) = web.signed_in("supervisor").get("/repairs").json["repairs"]
    assert (one["day"], one["next_due"][:10]) == ("2026-11-23", "2026-11-24")


def test_what_is_personal_is_deleted_a_month_after_the_end_the_rest_stays(web: WebHall, supervisor: Caller) -> None:
    told = {"words": "王先生说排队太久", "contact": "13900001234"}
    one = supervisor.post("/repairs", told).json
    standing = supervisor.post("/repairs", told).json["id"]
    supervisor.post(f"/repairs/{one['id']}/steps", {"what": "closed", "why": "unreachable", "note": "王先生不接"})
    desk, today = web.context.repair_desk, web.context.today()

    desk.forget_old(today + timedelta(days=30))
    assert supervisor.get(f"/repairs/{one['id']}").json["contact"] == "13900001234"
    desk.forget_old(today + timedelta(days=31))
    bare = supervisor.get(f"/repairs/{one['id']}").json
    assert (bare["words"], bare["contact"], [step["note"] for step in bare["steps"]]) == ([], "", [""])
    assert (bare["state"], bare["why_closed"]) == ("closed", "unreachable")
    assert supervisor.get(f"/repairs/{standing}").json["contact"] == "13900001234"  # still wanted
    files = list(web.context.settings.data.glob("repairs.sqlite*"))
    assert files
    for file in files:
        assert "王先生不接".encode() not in file.read_bytes()


def test_only_supervisors_see_or_touch_them(web: WebHall, supervisor: Caller) -> None:
    one = supervisor.post("/repairs", {"words": "x"}).json["id"]
    asked = [("/repairs", {"words": "y"}), (f"/repairs/{one}/steps", {"what": "contacted"})]
    asked.append((f"/repairs/{one}/contact", {"contact": "y"}))
    for someone in (web.officer(), web.signed_in("guide"), web.kiosk()):
        assert someone.get("/repairs").status_code == someone.get(f"/repairs/{one}").status_code == 403
        assert [someone.post(*wish).status_code for wish in asked] == [403] * 3
    assert web.stranger().get("/repairs").status_code == 401
    assert supervisor.get(f"/repairs/{one}").json["steps"] == []


def test_a_visitor_may_say_how_to_be_reached_and_take_it_back(web: WebHall, supervisor: Caller) -> None:
    number = served(web, LOW)
    page = f"/p/{web.context.progress_links.link(date(2026, 11, 23), number)}"
    assert "11-24 17:00" in web.stranger().get(page).get_data(as_text=True)

    for contact in ("微信 lanzhou-wang", ""):
        web.stranger().client.post(f"{page}/reach", data={"contact": contact})
        (one,) = supervisor.get("/repairs").json["repairs"]
        assert supervisor.get(f"/repairs/{one['id']}").json["contact"] == contact
    assert "微信" not in web.stranger().get(page).get_data(as_text=True)
    files = list(web.context.settings.data.glob("repairs.sqlite*"))
    assert files
    for file in files:
        assert b"lanzhou-wang" not in file.read_bytes()  # taken back is gone from the disk too
