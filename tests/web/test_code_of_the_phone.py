"""The code of a phone beside the password: an option for each, a duty where the hall demands it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from werkzeug.test import TestResponse

from queue_server.hall_file_model import AccountsPart
from tests.web.test_setup_pages import Administrator
from tests.web.web_hall import PASSWORD, PEOPLE, Caller, WebHall


def press(caller: Caller, path: str, **form: str) -> TestResponse:
    return caller.client.post(path, data={"csrf_token": caller.headers["X-CSRF-Token"], **form})


def secret_on(caller: Caller) -> pyotp.TOTP:
    page = caller.client.get("/account/code").text
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert found
    return pyotp.TOTP(found[1].replace(" ", ""))


def set_up(web: WebHall, caller: Caller) -> tuple[pyotp.TOTP, list[str]]:
    press(caller, "/account/code")
    phone = secret_on(caller)
    done = press(caller, "/account/code/confirm", code=phone.at(web.real_now))
    assert done.status_code == 200
    return phone, re.findall(r"<li>([A-Z2-9]{5}-[A-Z2-9]{5})</li>", done.text)


def sign_in(web: WebHall, code: str = "") -> TestResponse:
    body = {"person": PEOPLE["guide"], "password": PASSWORD} | ({"code": code} if code else {})
    return web.stranger().post("/session", body)


def test_with_a_code_the_password_alone_opens_nothing(web: WebHall) -> None:
    phone, _ = set_up(web, web.signed_in("guide"))
    web.real_now += timedelta(seconds=30)

    assert (sign_in(web).status_code, sign_in(web).json["code"]) == (401, "code_needed")
    assert sign_in(web, "000000").json["code"] == "code_wrong"
    assert sign_in(web, phone.at(web.real_now)).status_code == 201


def test_a_code_is_good_once(web: WebHall) -> None:
    phone, _ = set_up(web, web.signed_in("guide"))

    assert sign_in(web, phone.at(web.real_now)).json["code"] == "code_wrong"  # it confirmed the setting up
    web.real_now += timedelta(seconds=30)
    assert sign_in(web, phone.at(web.real_now)).status_code == 201
    assert sign_in(web, phone.at(web.real_now)).json["code"] == "code_wrong"


@pytest.mark.parametrize(("seconds", "answer"), [(29, None), (-29, None), (200, "code_clock"), (-200, "code_clock")])
def test_a_phone_whose_clock_is_wrong_is_told_so(web: WebHall, seconds: int, answer: str | None) -> None:
    phone, _ = set_up(web, web.signed_in("guide"))
    web.real_now += timedelta(minutes=10)

    said = sign_in(web, phone.at(web.real_now + timedelta(seconds=seconds)))

    assert said.json.get("code") == answer
    assert (said.status_code == 201) == (answer is None)


def test_a_recovery_code_stands_in_once_for_a_lost_phone(web: WebHall) -> None:
    _, codes = set_up(web, web.signed_in("guide"))

    assert len(set(codes)) == 10
    assert sign_in(web, codes[0].lower().replace("-", " ")).status_code == 201
    assert sign_in(web, codes[0]).status_code == 401
    assert sign_in(web, codes[1]).status_code == 201


def test_six_digits_cannot_be_tried_out(web: WebHall) -> None:
    set_up(web, web.signed_in("guide"))

    answers = [sign_in(web, f"{guess:06}").status_code for guess in range(3)]
    answers += [sign_in(web).status_code for _ in range(5)]  # the right password gives no tries back
    answers += [sign_in(web, f"{guess:06}").status_code for guess in range(3, 7)]

    assert answers == [401] * 8 + [401, 401, 429, 429]


def test_whose_role_demands_a_code_sets_it_up_before_anything_else(web: WebHall) -> None:
    guide = web.signed_in("guide")
    web.context.take_hall_file(replace(web.context.hall_file, accounts=AccountsPart(code_for=["guide"])))

    assert guide.get("/floor").json["code"] == "code_first"
    page = guide.client.get("/guide", headers={"Accept": "text/html"})
    assert page.headers["Location"] == "/account?said=code_first"
    assert "本厅要求" in guide.client.get("/account").text
    screen = web.socketio.test_client(
        web.app, namespace="/feed", auth={"audience": "staff"}, flask_test_client=guide.client
    )
    assert not screen.is_connected("/feed")

    phone, _ = set_up(web, guide)
    assert guide.get("/floor").status_code == 200
    web.real_now += timedelta(seconds=30)
    assert press(guide, "/account/code/off", code=phone.at(web.real_now)).status_code == 422
    assert web.signed_in("supervisor").get("/floor").status_code == 200


def test_it_is_turned_off_with_a_code_only(web: WebHall) -> None:
    guide = web.signed_in("guide")
    phone, codes = set_up(web, guide)
    web.real_now += timedelta(seconds=30)

    assert press(guide, "/account/code/off", code="123456").status_code == 422
    renewed = press(guide, "/account/code/recovery", code=codes[0])
    assert renewed.status_code == 200
    assert codes[1] not in renewed.text
    assert press(guide, "/account/code/off", code=phone.at(web.real_now)).status_code == 303
    assert sign_in(web).status_code == 201


def test_an_administrator_takes_the_code_of_a_lost_phone_away(web: WebHall) -> None:
    guide, admin = web.signed_in("guide"), Administrator(web)
    set_up(web, guide)

    answer = admin.press(admin.page("/setup/people/ma"), "/setup/people/ma/code")

    assert answer.status_code == 303
    assert guide.get("/session").status_code == 401
    assert sign_in(web).status_code == 201


def test_the_file_alone_gives_no_secret_away(web: WebHall) -> None:
    phone, codes = set_up(web, web.signed_in("guide"))

    rows = web.accounts._database.rows("SELECT * FROM people") + web.accounts._database.rows(
        "SELECT * FROM recovery_codes"
    )

    assert phone.secret not in str(rows)
    assert codes[0] not in str(rows)
    assert codes[0].replace("-", "") not in str(rows)
