"""A guide who is a supervisor too, an officer who also guides: what any of the roles may, and nothing more."""

from __future__ import annotations

import re

from queue_server.accounts.people import Role
from tests.web.test_setup_pages import Administrator
from tests.web.web_hall import PEOPLE, WebHall

GUIDE, OFFICER = PEOPLE["guide"], PEOPLE["officer"]


def test_a_guide_who_is_a_supervisor_too_is_led_to_the_floor_and_may_what_either_may(web: WebHall) -> None:
    admin = Administrator(web)
    before = web.signed_in("guide")
    assert before.get("/alerts").status_code == 403
    assert admin.send(f"/setup/people/{GUIDE}", also=["supervisor"]).status_code == 303

    both = web.signed_in("guide")
    session = both.get("/session").json
    assert (session["role"], session["roles"]) == ("guide", ["guide", "supervisor"])
    assert before.get("/alerts").status_code == 200, "more rights need no new signing in"
    assert both.client.get("/setup").status_code == 403, "and no more than these two"
    assert "导办 · 主管" in admin.page("/setup/people")
    history = both.client.get("/history").text
    assert re.search(r'href="/guide"[^>]*>回去工作', history)
    assert 'href="/supervisor">现场' in history
    web.a_visitor_takes_a_number()
    notice = {"text_zh": "茶水在左边", "text_en": "Tea on the left", "until": "2026-11-23T11:00:00+08:00"}
    assert both.post("/notices", notice).status_code == 200
    assert {recorded.event.actor for recorded in web.hall.events()} >= {f"supervisor:{GUIDE}"}

    admin.send(f"/setup/people/{GUIDE}", also=[])
    assert both.get("/session").status_code == 401, "who loses a right begins anew"


def test_an_officer_who_also_guides_acts_on_any_ticket_but_at_no_other_counter(web: WebHall) -> None:
    admin = Administrator(web)
    admin.send(f"/setup/people/{OFFICER}", also=["guide"])
    ticket = web.a_visitor_takes_a_number()

    officer = web.officer("3")

    assert officer.get(f"/tickets/{ticket}/note").status_code == 200, "as a guide; officers read at their own counter"
    assert officer.post("/counters/4/open").json["code"] == "not_at_your_counter"
    assert officer.post("/counters/3/open").status_code == 200
    assert web.hall.rules.officers[OFFICER], "still an officer with what they can do"
    guides = [one for one in web.context.hall_file.people if "guide" in one.roles]
    assert OFFICER in [one.id for one in guides]


def test_nobody_publishes_a_hall_without_an_administrator(web: WebHall) -> None:
    admin = Administrator(web)
    text = web.context.setup.in_force().hall
    without = text.replace('role = "administrator"', 'role = "guide"')
    assert without != text
    assert admin.send("/setup/files/hall-file", text=without).status_code == 303

    changes = admin.page("/setup/changes")
    assert "没有人能当管理员" in changes
    assert 'href="/setup/people"' in changes
    answer = admin.send_read(changes[changes.index('<form class="card publish"') :], "/setup/publish")
    assert answer.status_code == 422
    assert web.context.setup.versions.all() == []

    admin.send(f"/setup/people/{GUIDE}", role="guide", also=["administrator"])
    assert "没有人能当管理员" not in admin.page("/setup/changes"), "somebody else who can sign in will do"
    assert web.accounts.people.find(GUIDE).roles == {Role.GUIDE, Role.ADMINISTRATOR}


def test_no_page_leads_twice_to_the_same_place_nor_to_itself(web: WebHall) -> None:
    admin = Administrator(web)
    admin.send(f"/setup/people/{PEOPLE['administrator']}", also=["supervisor", "guide"])
    pages = ("/setup", "/setup/zones", "/history", "/supervisor/devices")
    for path in pages:
        header = admin.page(path).partition("<header")[2].partition("</header>")[0]
        ways = re.findall(r'<a class="staff-link" href="([^"?]*)[^"]*">', header)
        assert len(ways) == len(set(ways)), (path, ways)
        assert "/guide" in ways, path
        assert ("/setup" in ways) == (not path.startswith("/setup")), path
