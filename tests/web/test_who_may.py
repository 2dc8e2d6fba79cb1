"""Who may do what: strangers, wrong roles, expired sessions, wrong tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_server.accounts import DeviceKind
from queue_server.guidance.tools.toolbox import TOOLS
from queue_server.web.security import HEADERS, SESSION_COOKIE, endpoints_without_access, local_path
from tests.web.web_hall import PASSWORD, PEOPLE, Caller, WebHall

OPEN_TO_ALL = {
    ("GET", "/api/v1/hall"),
    ("GET", "/api/v1/demo"),
    ("POST", "/api/v1/session"),
    ("POST", "/api/v1/devices/asking"),  # a code to be shown; it opens nothing until somebody has typed it
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/bookings/slots"),
    ("POST", "/api/v1/bookings"),
    ("POST", "/api/v1/bookings/<code>/cancel"),
    ("GET", "/api/v1/tools"),
    ("GET", "/api/v1/tools/<tool>/steps"),
    *(("GET", f"/api/v1/tools/{tool}") for tool in TOOLS),
    ("GET", "/api/docs"),
    ("GET", "/api/docs/<file>"),
}


def api_routes(web: WebHall) -> list[tuple[str, str]]:
    return sorted(
        (method, rule.rule)
        for rule in web.app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/api/") and method in {"GET", "POST", "DELETE"}
    )


def filled(rule: str) -> str:
    for name, value in {
        "ticket": "T0001",
        "counter": "3",
        "zone": "special",
        "place": "K1",
        "service": "TQ04",
        "tool": "repayment",
    }.items():
        rule = rule.replace(f"<{name}>", value)
    return rule.replace("<job>", "2026-11-23.T0001.1").replace("<file>", "openapi_page.js")


def ask(caller: Caller, method: str, path: str) -> int:
    if method == "GET":
        return caller.get(path).status_code
    return caller.delete(path).status_code if method == "DELETE" else caller.post(path).status_code


def test_every_api_endpoint_says_who_may_use_it(web: WebHall):
    assert list(endpoints_without_access(web.app)) == []


def test_a_stranger_may_read_the_hall_and_nothing_that_is_not_public(web: WebHall):
    web.a_visitor_takes_a_number()
    before = web.names()

    answers = {(method, rule): ask(web.stranger(), method, filled(rule)) for method, rule in api_routes(web)}
    let_in = {route for route, status in answers.items() if status not in {401, 403}}

    assert let_in == OPEN_TO_ALL
    assert web.names() == before


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("officer", "/measures"),
        ("guide", "/measures"),
        ("guide", "/desks/3"),
    ],
)
def test_a_role_may_not_read_what_is_not_its_business(web: WebHall, role: str, path: str):
    answer = web.signed_in(role).get(path)

    assert (answer.status_code, answer.json["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("officer", "/tickets"),
        ("officer", "/zones/special/close"),
        ("officer", "/help/K1/answer"),
        ("guide", "/counters/3/open"),
        ("guide", "/zones/special/close"),
        ("guide", "/day/close"),
        ("officer", "/day/reopen"),
        ("guide", "/counters/3/open-reserve"),
        ("guide", "/counters/3/serve-directly"),
        ("officer", "/bookings/tomorrow"),
        ("guide", "/bookings/import"),
        ("supervisor", "/counters/3/call-next"),
    ],
)
def test_a_role_may_not_do_what_is_not_its_business(web: WebHall, role: str, path: str):
    answer = web.signed_in(role).post(path)

    assert answer.status_code == 403
    assert web.names() == []


def test_a_display_sees_the_board_and_not_the_floor(web: WebHall):
    display = web.device(DeviceKind.DISPLAY, "D1")

    assert display.get("/board").status_code == 200
    assert display.get("/floor").status_code == 403


def test_an_officer_works_at_one_counter_only(web: WebHall):
    answer = web.officer("3").post("/counters/4/open")

    assert (answer.status_code, answer.json["code"]) == (409, "not_at_your_counter")


def test_an_officer_does_not_end_the_service_of_another_counter(web: WebHall):
    number = web.a_visitor_takes_a_number()
    officer = web.officer("3")
    web.an_officer_calls(officer)
    elsewhere = web.officer("4")

    answer = elsewhere.post(f"/tickets/{number}/start")

    assert (answer.status_code, answer.json["code"]) == (409, "not_at_your_counter")


def test_an_expired_session_ends_and_says_so(web: WebHall):
    officer = web.officer()
    web.real_now += timedelta(hours=13)

    answer = officer.post("/counters/3/open")

    assert (answer.status_code, answer.json["code"]) == (401, "session_over")
    assert web.names() == []


def test_signing_out_ends_the_session_on_the_server(web: WebHall):
    officer = web.officer()
    token = officer.client.get_cookie(SESSION_COOKIE).value  # type: ignore[union-attr]

    assert officer.delete("/session").status_code == 204

    assert web.accounts.session(token) is None


def test_the_wrong_password_and_the_wrong_name_get_the_same_answer(web: WebHall):
    wrong = web.stranger().post("/session", {"person": PEOPLE["officer"], "password": "no"})
    nobody = web.stranger().post("/session", {"person": "nobody", "password": PASSWORD})

    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json == nobody.json


@pytest.mark.parametrize("token", ["", "wrong", "ImFiYyI.aaaa.bbbb"])
def test_a_browser_without_the_pages_token_changes_nothing(web: WebHall, token: str):
    officer = web.officer()
    officer.headers = {"X-CSRF-Token": token} if token else {}

    answer = officer.post("/counters/3/open")

    assert (answer.status_code, answer.json["code"]) == (403, "csrf")
    assert web.names() == []


def test_the_token_of_another_browser_does_not_help(web: WebHall):
    officer, guide = web.officer(), web.signed_in("guide")
    officer.headers = guide.headers

    assert officer.post("/counters/3/open").json["code"] == "csrf"


def test_the_demo_switch_needs_a_page_of_ours(web: WebHall):
    answer = web.stranger().post("/demo", {"running": True, "speed": 60})

    assert (answer.status_code, answer.json["code"]) == (403, "csrf")
    assert web.context.demo.running is False


def test_a_device_enters_by_its_address_once_and_is_known_by_its_cookie(web: WebHall):
    token = web.accounts.devices.enrol(DeviceKind.DISPLAY, "D1")
    browser = web.stranger()

    entered = browser.get(f"/devices/enter/{token}?next=/displays/hall")
    board = browser.get("/board", X_Xinting_Device="display")

    assert (entered.status_code, entered.headers["Location"]) == (302, "/displays/hall")
    assert "HttpOnly" in entered.headers["Set-Cookie"]
    assert board.status_code == 200


def test_a_printers_jobs_are_not_for_people_nor_for_another_printer(web: WebHall):
    officer = web.officer().get("/print-jobs?printer=K1")
    other = web.device(DeviceKind.PRINTER, "K2").get("/print-jobs?printer=K1")

    assert (officer.status_code, officer.json["code"]) == (403, "device_needed")
    assert (other.status_code, other.json["code"]) == (403, "not_allowed")


def test_a_device_page_opened_by_a_stranger_says_that_the_device_is_unknown(web: WebHall):
    answer = web.kiosk().client.post("/api/v1/help", json={}, headers=web.officer().headers)

    assert (answer.status_code, answer.json["code"]) == (401, "device_needed")


def test_a_staff_page_sends_a_stranger_to_the_sign_in_and_back(web: WebHall):
    answer = web.app.test_client().get("/desk?tab=1", headers={"Accept": "text/html"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=%2Fdesk%3Ftab%3D1")


def test_a_device_that_was_shut_out_is_a_stranger(web: WebHall):
    kiosk = web.kiosk()
    web.accounts.devices.shut_out(DeviceKind.KIOSK, "K1")

    assert kiosk.post("/tickets", {"service": "TQ04"}).status_code == 401


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "", None, "/a\nb"])
def test_nobody_is_sent_on_to_another_site(path: str | None):
    assert local_path(path, "/safe") == "/safe"


def test_a_page_of_this_server_is_a_fine_place_to_go_on():
    assert local_path("/desk?tab=1", "/safe") == "/desk?tab=1"


def test_every_answer_protects_the_browser_that_reads_it(web: WebHall):
    for path in ("/hall", "/floor", "/common/words/zh/refusals.json"):
        headers = web.stranger().get(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS


def test_reading_changes_nothing_whoever_reads(web: WebHall):
    web.a_visitor_takes_a_number(printer="K1")
    callers = [web.signed_in(role) for role in PEOPLE] + [web.kiosk(), web.device(DeviceKind.DISPLAY, "D1")]
    before = (web.names(), list(web.accounts._database.rows("SELECT * FROM sessions")))
    rules = [rule.rule for rule in web.app.url_map.iter_rules() if "GET" in (rule.methods or ())]

    for caller in callers:
        for rule in rules:
            if "<path:" not in rule:
                caller.client.get(filled(rule), headers=caller.headers, buffered=True)

    assert (web.names(), list(web.accounts._database.rows("SELECT * FROM sessions"))) == before
