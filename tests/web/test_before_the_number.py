"""What a kiosk learns before a number is taken: what is asked most, what has ended, what travels with the number."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from web_hall import WebHall

NEXT_SPRING = datetime(2027, 4, 7, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday, the day after TQ06 ended


def test_a_young_day_says_what_is_usual_and_a_busy_one_what_was_asked(web: WebHall):
    kiosk = web.kiosk()
    assert kiosk.get("/services/most-asked").json["of"] == "usual"

    for service in ["DK07"] * 12 + ["TQ11"] * 8:
        kiosk.post("/tickets", {"service": service})
    assert kiosk.get("/services/most-asked").json == {"of": "today", "services": ["DK07", "TQ11"]}
    assert kiosk.get("/services").json["most_asked"]["of"] == "today"


def test_after_its_last_day_a_service_is_on_no_list_and_says_so_where_it_is_searched(web: WebHall):
    kiosk = web.kiosk()
    before = kiosk.get("/services?lang=zh").json
    web.clock.moment = NEXT_SPRING
    after = kiosk.get("/services?lang=zh").json

    def listed(answer: dict) -> set[str]:
        return {service for part in ("tiles", "categories") for one in answer[part] for service in one["services"]}

    assert listed(before) - listed(after) == {"TQ06"}
    assert "TQ06" not in after["most_asked"]["services"]
    (found,) = [one for one in kiosk.get("/services?lang=zh&q=取暖费").json["services"] if one["id"] == "TQ06"]
    assert "2027-04-06" in found["not_in_force"]
    refused = kiosk.post("/tickets", {"service": "TQ06"}).json  # from a page of yesterday
    assert (refused["code"], refused["details"]["day"]) == ("not_in_force", "2027-04-06")
    assert web.signed_in("guide").post("/tickets", {"service": "TQ06"}).status_code == 201  # a person decides


def test_what_is_missing_travels_with_the_number_as_codes(web: WebHall):
    kiosk, guide = web.kiosk(), web.signed_in("guide")
    codes = [one["code"] for one in kiosk.get("/services/TQ11").json["materials"]]
    wish = {"service": "TQ11", "missing": [codes[1], "M-OF-YESTERDAY"], "to_fetch": True}
    taken = kiosk.post("/tickets", wish).json

    assert (taken["stage"], taken["missing"]) == ("parked", [codes[1]])
    seen = guide.get(f"/tickets/{taken['ticket']}").json
    assert (seen["missing"], seen["reason"]) == ([codes[1]], "fetch")
    assert kiosk.post(f"/tickets/{taken['ticket']}/return").status_code == 200
    assert guide.get(f"/tickets/{taken['ticket']}").json["stage"] == "waiting"


@pytest.mark.parametrize(("service", "asked"), [("TQ04", True), ("QT01", False)])
def test_which_centre_holds_the_account_is_asked_where_it_matters(web: WebHall, service: str, asked: bool):
    assert (web.kiosk().get(f"/services/{service}").json["other_centre"] is not None) == asked


def test_with_a_paper_missing_tomorrow_may_be_promised(web: WebHall):
    kiosk = web.kiosk()
    code = kiosk.get("/services/TQ11").json["materials"][0]["code"]

    promised = kiosk.post("/bookings/tomorrow", {"service": "TQ11", "missing": [code]})
    assert promised.status_code == 201
    assert promised.json["kind"] == "promise"


def test_the_phone_s_page_marks_what_is_missing_and_explains_rare_words(web: WebHall):
    kiosk = web.kiosk()
    page = kiosk.get("/services/GJ09?lang=zh").json
    code = page["materials"][0]["code"]
    taken = kiosk.post("/tickets", {"service": "GJ09", "missing": [code]}).json

    seen = web.stranger().client.get(urlsplit(taken["link"]).path).get_data(as_text=True)
    assert seen.count("papers__missing") == 1
    assert page["terms"][0]["means"] in seen
