"""A supervisor's notice by the API: who may put it up, who reads it, what screens and phones hear."""

from __future__ import annotations

from queue_server.web.feed_messages import is_for_every_phone, own_message, public_message
from tests.web.web_hall import WebHall

NOTICE = {"text_zh": "三号窗口设备维修", "text_en": "Counter 3 is being repaired", "speak": True}
UNTIL = "2026-11-23T11:00:00+08:00"


def test_a_supervisor_puts_it_up_and_every_screen_reads_it(web: WebHall):
    answer = web.signed_in("supervisor").post("/notices", {**NOTICE, "until": UNTIL})

    (hanging,) = answer.json["notices"]
    assert (hanging["zh"], hanging["en"], hanging["speak"]) == tuple(NOTICE.values())
    assert web.device_display().get("/board").json["notices"] == [hanging]
    assert web.signed_in("guide").get("/floor").json["notices"] == [hanging]


def test_it_is_the_supervisors_alone_to_put_up_and_take_down(web: WebHall):
    for caller in (web.officer(), web.signed_in("guide"), web.device_display()):
        assert caller.post("/notices", {**NOTICE, "until": UNTIL}).status_code in (401, 403)
    web.signed_in("supervisor").post("/notices", {**NOTICE, "until": UNTIL})
    assert web.signed_in("guide").post("/notices/1/take-down").status_code == 403

    assert web.signed_in("supervisor").post("/notices/1/take-down").json["notices"] == []


def test_screens_and_phones_hear_all_of_it_and_nothing_of_who_put_it_up(web: WebHall):
    web.signed_in("supervisor").post("/notices", {**NOTICE, "until": UNTIL})
    web.signed_in("supervisor").post("/notices/1/take-down")

    up, down = web.hall.events()
    day = web.hall.read(lambda day, at: day)
    for recorded, name in ((up, "notice_put_up"), (down, "notice_taken_down")):
        message = public_message(recorded, day)
        assert is_for_every_phone(recorded.event)
        assert own_message(recorded, day) == message
        assert (message["name"], message["text_zh"], message["speak"]) == (name, NOTICE["text_zh"], True)
        assert "actor" not in message


def test_a_refusal_says_what_to_do(web: WebHall):
    answer = web.signed_in("supervisor").post("/notices", {**NOTICE, "until": "2026-11-23T09:00:00+08:00"})

    assert answer.status_code == 409
    assert "09:00" in answer.json["message"]


def test_an_emergency_stands_before_all_others_is_the_supervisors_alone_and_is_audited(web: WebHall):
    danger = {"text_zh": "请马上从东门离开", "until": UNTIL, "emergency": True}
    supervisor = web.signed_in("supervisor")
    for caller in (web.officer(), web.signed_in("guide")):
        assert caller.post("/notices", danger).status_code == 403
    supervisor.post("/notices", danger)
    supervisor.post("/notices", {**NOTICE, "until": UNTIL})

    hanging = web.device_display().get("/board").json["notices"]
    assert [(one["emergency"], one["speak"]) for one in hanging] == [(True, True), (False, True)]
    message = public_message(web.hall.events()[0], web.hall.read(lambda day, at: day))
    assert message["emergency"] is True
    page = web.signed_in("administrator").client.get("/audit").text
    assert "/api/v1/notices" in page
