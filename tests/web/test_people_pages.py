"""Administrators let people in and out at /setup/people; people set and change their own passwords."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.web.test_setup_pages import Administrator
from tests.web.web_hall import PASSWORD, Caller, WebHall

GOOD = "a kettle sings at dusk"


@pytest.fixture
def admin(web: WebHall) -> Administrator:
    return Administrator(web)


def invite(admin: Administrator, person: str = "lin", **said: str) -> TestResponse:
    form = {"id": person, "name": "林静", "role": "officer", "counter": "4", "services.all": "yes", **said}
    return admin.press(admin.page("/setup/people"), "/setup/people", **form)


def do(admin: Administrator, person: str, act: str) -> TestResponse:
    return admin.press(admin.page("/setup/people"), f"/setup/people/{person}/{act}")


def link_in(answer: TestResponse) -> str:
    found = re.search(r"<code>http://hall\.test(/welcome/[^<]+)</code>", answer.text)
    assert found, answer.text
    return found[1]


def set_password(caller: Caller, link: str, password: str) -> TestResponse:
    page = caller.client.get(link)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    return caller.client.post(link, data={"csrf_token": token[1] if token else "", "password": password})


def sign_in(web: WebHall, person: str, password: str) -> TestResponse:
    return web.stranger().post("/session", {"person": person, "password": password})


def test_only_administrators_see_and_change_people(web: WebHall) -> None:
    for role in ("officer", "guide", "supervisor"):
        caller = web.signed_in(role)
        assert caller.client.get("/setup/people").status_code == 403
        assert caller.client.post("/setup/people", headers=caller.headers).status_code == 403
    assert web.stranger().client.get("/setup/people/admin").status_code == 401


def test_somebody_is_invited_sets_a_password_and_works_at_once(web: WebHall, admin: Administrator) -> None:
    link = link_in(invite(admin))

    assert "已邀请" in admin.page("/setup/people")
    assert "林静" in web.stranger().client.get(link).text
    assert set_password(web.stranger(), link, GOOD).status_code == 200
    answer = sign_in(web, "lin", GOOD)
    assert answer.json["role"] == "officer"
    assert answer.json["counter"] == "4"
    assert web.context.person_name("lin") == "林静"
    assert web.hall.rules.officers["lin"].services is None


def test_a_link_is_good_once_and_for_a_while(web: WebHall, admin: Administrator) -> None:
    first = link_in(invite(admin))
    second = link_in(do(admin, "lin", "link"))
    assert web.stranger().client.get(first).status_code == 404
    assert set_password(web.stranger(), second, "short").status_code == 422
    web.real_now += timedelta(hours=73)
    assert web.stranger().client.get(second).status_code == 404
    third = link_in(do(Administrator(web), "lin", "link"))
    somebody, slower = web.stranger(), web.stranger()
    token = re.search(r'name="csrf_token" value="([^"]+)"', slower.client.get(third).text)
    assert token
    assert set_password(somebody, third, GOOD).status_code == 200
    late = slower.client.post(third, data={"csrf_token": token[1], "password": "another good sentence"})
    assert late.status_code == 404
    assert sign_in(web, "lin", GOOD).status_code == 201


def test_an_officer_may_be_let_do_some_services_only(web: WebHall, admin: Administrator) -> None:
    answer = admin.caller.client.post(
        "/setup/people",
        data={
            **{"csrf_token": admin.caller.headers["X-CSRF-Token"], "id": "lin", "name": "林静", "role": "officer"},
            "services": ["TQ01", "TQ04"],
        },
    )

    assert answer.status_code == 200
    assert web.hall.rules.officers["lin"].services == {"TQ01", "TQ04"}
    assert re.search(r'value="TQ04" checked', admin.page("/setup/people/lin"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"person": "two words"}, "工号用字母"),
        ({"person": "ma"}, "已经有人用"),
        ({"name": " "}, "请填姓名"),
        ({"role": "king"}, "请选一个身份"),
        ({"counter": "99"}, "没有这个窗口"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(admin: Administrator, said: dict[str, str], why: str) -> None:
    answer = invite(admin, **said)

    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{said.get("person", "lin")}"' in answer.text


def test_whoever_is_locked_is_out_at_once_and_in_again_when_unlocked(web: WebHall, admin: Administrator) -> None:
    guide = web.signed_in("guide")

    assert do(admin, "ma", "lock").status_code == 303
    assert guide.get("/session").status_code == 401
    assert sign_in(web, "ma", PASSWORD).status_code == 401
    assert do(admin, "ma", "link").status_code == 422
    do(admin, "ma", "unlock")
    assert sign_in(web, "ma", PASSWORD).status_code == 201


def test_whoever_is_removed_stays_known_and_comes_back_only_with_a_new_password(
    web: WebHall, admin: Administrator
) -> None:
    officer = web.officer()
    person = officer.get("/session").json["person"]
    name = web.context.person_name(person)

    assert do(admin, person, "remove").status_code == 303
    assert officer.get("/session").status_code == 401
    assert person not in {one.id for one in web.context.hall_file.people}
    assert person not in web.hall.rules.officers
    assert web.context.person_name(person) == name
    web.context.take_hall_file(web.context.setup.hall_file())  # an old version of the setup brings nobody back
    assert sign_in(web, person, PASSWORD).status_code == 401
    assert "离开的同事" in invite(admin, person).text

    link = link_in(do(admin, person, "back"))
    assert sign_in(web, person, PASSWORD).status_code == 401
    set_password(web.stranger(), link, GOOD)
    assert sign_in(web, person, GOOD).status_code == 201


def test_another_role_ends_the_rights_of_before(web: WebHall, admin: Administrator) -> None:
    guide = web.signed_in("guide")

    admin.press(admin.page("/setup/people/ma"), "/setup/people/ma", name="马晓", role="supervisor")

    assert guide.get("/session").status_code == 401
    assert web.signed_in("guide").get("/session").json["role"] == "supervisor"


def test_the_last_administrator_can_neither_be_locked_removed_nor_made_less(web: WebHall, admin: Administrator) -> None:
    for answer in (
        do(admin, "admin", "remove"),
        do(admin, "admin", "lock"),
        admin.press(admin.page("/setup/people/admin"), "/setup/people/admin", name="管理员", role="guide"),
    ):
        assert answer.status_code == 422
        assert "最后一位" in answer.text
    link = link_in(invite(admin, "boss", role="administrator"))
    assert do(admin, "admin", "remove").status_code == 422  # invited is not yet able to sign in
    set_password(web.stranger(), link, GOOD)
    assert do(admin, "admin", "remove").status_code == 303
    assert sign_in(web, "admin", PASSWORD).status_code == 401


def test_people_change_their_own_password_and_are_out_everywhere_else(web: WebHall) -> None:
    here, elsewhere = web.signed_in("guide"), web.signed_in("guide")

    def change(now: str, new: str) -> TestResponse:
        token = here.headers["X-CSRF-Token"]
        return here.client.post("/account/password", data={"csrf_token": token, "now": now, "new": new})

    assert change("wrong", GOOD).status_code == 422
    assert "很多人用" in change(PASSWORD, "1234567890").text
    assert change(PASSWORD, GOOD).status_code == 303
    assert here.client.get("/account").status_code == 200
    assert elsewhere.get("/session").status_code == 401
    assert sign_in(web, "ma", GOOD).status_code == 201


def test_every_page_has_all_its_words_in_both_languages(web: WebHall, admin: Administrator) -> None:
    link = link_in(invite(admin))
    for language in ("zh", "en"):
        pages = [admin.page(f"{path}?lang={language}") for path in ("/setup/people", "/setup/people/lin", "/account")]
        pages.append(web.stranger().client.get(f"{link}?lang={language}").text)
        pages.append(web.stranger().client.get(f"/welcome/nothing?lang={language}").text)
        caller = admin.caller
        caller.client.post("/account/code", data={"csrf_token": caller.headers["X-CSRF-Token"]})
        pages.append(admin.page(f"/account/code?lang={language}"))
        for page in pages:
            assert not re.search(r">[^<]*\b(people|account|setup|staff)\.[a-z_]+", page)
