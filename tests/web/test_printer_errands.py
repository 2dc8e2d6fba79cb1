"""Administrators ask a printer for a test page, and its kiosk which printers are around; each is answered."""

from __future__ import annotations

import re
from typing import Any

from tests.web.web_hall import Caller, WebHall

PATH = "/setup/printer-tests"


def ask(admin: Caller, kind: str, printer: str = "K1") -> int:
    page = admin.client.get(PATH).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    form = {"csrf_token": token[1], "printer": printer, "kind": kind}
    return admin.client.post(PATH, data=form).status_code


def jobs(kiosk: Caller) -> list[dict[str, Any]]:
    return kiosk.get("/print-jobs?printer=K1").json["jobs"]


def test_a_test_page_is_fetched_fails_with_the_one_thing_to_do_and_then_comes_out(web: WebHall) -> None:
    admin, kiosk = web.signed_in("administrator"), web.kiosk()

    assert ask(admin, "test") == 303
    (job,) = jobs(kiosk)
    assert job["job"].startswith("test.")
    assert job["test"]["code"] == f"XINTING K1 {job['job'][5:].upper()}"
    assert "等取号机来取" in admin.client.get(PATH).text

    kiosk.post(f"/print-jobs/{job['job']}", {"state": "failed", "problem": "paper_out"})
    assert re.search(r"没打出来。 打印机 K1[^<]*没纸", admin.client.get(PATH).text)
    kiosk.post(f"/print-jobs/{job['job']}", {"state": "printed"})
    page = admin.client.get(PATH).text
    assert 'data-test="done"' in page
    assert "http-equiv" not in page, "nothing is awaited any more"
    assert jobs(kiosk) == []
    assert web.names() == [], "no event of the hall's day"
    assert kiosk.post("/print-jobs/test.none", {"state": "printed"}).status_code == 404


def test_what_the_kiosk_finds_and_where_it_could_not_look_is_shown(web: WebHall) -> None:
    admin, kiosk = web.signed_in("administrator"), web.kiosk()
    ask(admin, "find")
    (job,) = jobs(kiosk)
    assert job["find"] == {}

    found = [{"address": "tcp://192.168.1.50:9100", "way": "network", "name": "", "says": "ready"}]
    unseen = [{"way": "usb", "why": "no_libusb", "detail": ""}]
    answer = kiosk.post("/printers/K1/found", {"job": job["job"], "found": found, "unseen": unseen})

    assert answer.status_code == 200
    page = admin.client.get(f"{PATH}?lang=en").text
    assert "tcp://192.168.1.50:9100" in page
    assert "USB: not looked, libusb-1.0-0 is not installed here" in page
    assert jobs(kiosk) == []
    assert kiosk.post("/printers/K1/found", {"job": "find.none", "found": []}).status_code == 404
    assert kiosk.post("/printers/K1/found", {"job": job["job"], "found": [{"way": "<b>"}]}).status_code == 422


def test_a_kiosk_that_is_switched_off_is_named_after_ten_minutes_and_gets_no_old_page(web: WebHall) -> None:
    admin, kiosk = web.signed_in("administrator"), web.kiosk()
    ask(admin, "test")
    web.clock.forward(minutes=11)

    assert 'data-test="unheard"' in admin.client.get(PATH).text
    assert jobs(kiosk) == []


def test_only_administrators_ask_and_only_printers_of_the_hall_are_asked(web: WebHall) -> None:
    assert ask(web.signed_in("administrator"), "test", "K9") == 404
    assert ask(web.signed_in("administrator"), "eat") == 404
    assert web.signed_in("supervisor").client.get(PATH).status_code == 403
