"""Signing in as it goes wrong: too many tries, two places at once, a copied session, somebody who went for lunch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask_socketio.test_client import SocketIOTestClient

from queue_server.web.browser_names import browser_name
from queue_server.web.security import SESSION_COOKIE
from tests.web.web_hall import PASSWORD, PEOPLE, Caller, WebHall

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.93 Safari/537.36"
)
NEWER_CHROME = CHROME.replace("90.0.4430.93", "131.0.0.0")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def knock(caller: Caller, password: str = "a wrong guess", person: str = "ma", agent: str = ""):
    body = {"person": person, "password": password}
    return caller.client.post("/api/v1/session", json=body, headers={"User-Agent": agent} if agent else {})


def listens(web: WebHall, caller: Caller) -> SocketIOTestClient:
    return web.socketio.test_client(
        web.app, namespace="/feed", auth={"audience": "staff"}, flask_test_client=caller.client
    )


def test_who_guesses_waits_and_the_owner_signs_in_meanwhile_where_they_did_before(web: WebHall) -> None:
    owner = web.signed_in("guide")
    thief = web.stranger()
    answers = [knock(thief) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].json["code"] == "sign_in_seconds"
    assert "没有锁死" in answers[-1].json["message"]
    assert knock(thief, PASSWORD).status_code == 429  # even the right one waits, or guessing would cost nothing
    assert knock(owner, PASSWORD).status_code == 201
    web.real_now += timedelta(seconds=5)
    assert knock(thief, PASSWORD).status_code == 201


def test_a_name_that_nobody_has_waits_like_any_other(web: WebHall) -> None:
    answers = [knock(web.stranger(), person="nobody") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]


def test_all_sessions_of_a_person_are_seen_and_ended(web: WebHall) -> None:
    web.signed_in("guide")
    here = web.signed_in("guide")
    (other,) = here.get("/session").json["elsewhere"]
    screens = [listens(web, here), listens(web, web.signed_in("guide"))]
    page = here.client.get("/account").text

    assert page.count('class="session-row"') == 3
    form = {"csrf_token": here.headers["X-CSRF-Token"], "id": other["id"]}
    assert here.client.post("/account/sessions/end", data=form).status_code == 303
    assert len(here.get("/session").json["elsewhere"]) == 1
    assert here.delete("/session/others").status_code == 204
    assert here.get("/session").json["elsewhere"] == []
    assert [screen.is_connected("/feed") for screen in screens] == [True, False]


def test_nobody_ends_the_sessions_of_others_but_an_administrator(web: WebHall) -> None:
    officer, guide, admin = web.officer(), web.signed_in("guide"), web.signed_in("administrator")
    (session,) = web.accounts.sessions.of(PEOPLE["guide"])

    officer.client.post("/account/sessions/end", data={"csrf_token": officer.headers["X-CSRF-Token"], "id": session.id})
    assert guide.get("/session").status_code == 200
    form = {"csrf_token": admin.headers["X-CSRF-Token"], "id": session.id}
    assert session.id in admin.client.get("/setup/people/ma").text
    assert admin.client.post("/setup/people/ma/sessions", data=form).status_code == 303
    assert guide.get("/session").status_code == 401


@pytest.mark.parametrize("how", ["signs out", "is locked", "is removed", "is left alone"])
def test_a_screen_hears_nothing_more_once_its_person_may_not(web: WebHall, how: str) -> None:
    officer, screen_of_another = web.officer(), listens(web, web.signed_in("supervisor"))
    screen = listens(web, officer)
    assert screen.is_connected("/feed")

    match how:
        case "signs out":
            officer.delete("/session")
        case "is locked":
            web.accounts.lock(PEOPLE["officer"], "admin")
        case "is removed":
            web.accounts.set_people([one for one in web.context.hall_file.people if one.role != "officer"])
            web.context.feed.tick()
        case "is left alone":
            web.real_now += timedelta(minutes=240)
            web.context.feed.tick()

    web.a_visitor_takes_a_number()
    assert not screen.is_connected("/feed")
    assert screen_of_another.is_connected("/feed")


def test_who_does_something_is_not_signed_out_and_a_page_that_asks_by_itself_does_nothing(web: WebHall) -> None:
    officer, idle = web.officer(), web.signed_in("guide")
    for _ in range(5):
        web.real_now += timedelta(minutes=100)
        officer.post("/counters/3/open")
        idle.get("/floor")

    assert officer.get("/session").status_code == 200
    assert idle.get("/session").status_code == 401
    assert idle.get("/session").json["code"] == "session_over"


def test_a_session_that_turns_up_in_another_browser_ends_for_both(web: WebHall) -> None:
    owner, thief = web.stranger(), web.stranger()
    assert knock(owner, PASSWORD, agent=CHROME).status_code == 201
    token = owner.client.get_cookie(SESSION_COOKIE)
    assert token
    assert owner.get("/session", User_Agent=NEWER_CHROME).status_code == 200  # browsers renew themselves

    thief.client.set_cookie(SESSION_COOKIE, token.value)
    assert thief.get("/session", User_Agent=FIREFOX).status_code == 401
    assert owner.get("/session", User_Agent=CHROME).status_code == 401


def test_an_officer_changes_the_counter_without_the_password(web: WebHall) -> None:
    officer = web.officer("3")

    assert officer.post("/session/counter", {"counter": "5"}).json["counter"] == "5"
    assert officer.post("/counters/5/open").status_code == 200
    assert officer.post("/session/counter", {"counter": "99"}).status_code == 404


def test_a_session_of_an_earlier_version_goes_on(web: WebHall) -> None:
    guide = web.signed_in("guide")
    with web.accounts._database.writing() as database:
        database.execute("UPDATE sessions SET used_at = NULL, browser = NULL, address = NULL")

    assert guide.get("/session").status_code == 200
    assert guide.client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome · Windows"),
        (FIREFOX, "Firefox · Linux"),
        (CHROME + " Edg/131.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari · iPad"),
        ("python-requests/2.32", ""),
        ("", ""),
    ],
)
def test_a_browser_is_called_as_people_know_it(agent: str, name: str) -> None:
    assert browser_name(agent) == name
