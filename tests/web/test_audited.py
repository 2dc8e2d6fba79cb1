"""Who did what and looked at what is written down, whoever it was and however it ended; and nobody edits it."""

from __future__ import annotations

import re

import pytest

from queue_server.accounts.audit import Asked, Entry
from queue_server.web.audited import looks_at
from queue_server.web.security import SAFE_METHODS
from queue_server.web.words import LANGUAGES, find_word
from tests.house.source_tree import package_files
from tests.web.test_setup_pages import Administrator
from tests.web.web_hall import PASSWORD, PEOPLE, WebHall


def entries(web: WebHall, **asked: str) -> list[Entry]:
    return list(reversed(web.context.audit.entries(Asked(**asked), 1000)))  # type: ignore[arg-type]


def test_an_officers_day_is_written_down_act_by_act(web: WebHall) -> None:
    officer = web.officer()
    number = web.a_visitor_takes_a_number()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{number}/start")
    officer.post("/counters/9/open")
    officer.get("/floor")
    officer.delete("/session")

    noted = [(one.kind, one.act, one.what, one.outcome) for one in entries(web)]
    assert noted == [
        ("sign_in", "session.sign_in", "", 201),
        ("act", "counters.open_desk", "/api/v1/counters/3/open", 200),
        ("act", "counters.call_next", "/api/v1/counters/3/call-next", 200),
        ("act", "tickets.start", f"/api/v1/tickets/{number}/start", 200),
        ("act", "counters.open_desk", "/api/v1/counters/9/open", 409),
        ("act", "session.sign_out", "/api/v1/session", 204),
    ]
    assert {(one.who, one.role, one.address) for one in entries(web)} == {(PEOPLE["officer"], "officer", "127.0.0.1")}


def test_what_was_refused_for_want_of_right_is_written_down_too(web: WebHall) -> None:
    guide = web.signed_in("guide")

    guide.post("/zones/special/close")
    guide.client.post("/setup/people", headers=guide.headers)

    assert [(one.what, one.outcome) for one in entries(web, kind="act")] == [
        ("/api/v1/zones/special/close", 403),
        ("/setup/people", 403),
    ]


def test_tries_to_sign_in_are_written_down_without_what_may_be_a_password(web: WebHall) -> None:
    for person in ("ma", "my secret password"):
        web.stranger().post("/session", {"person": person, "password": "wrong"})

    assert [(one.who, one.outcome) for one in entries(web, kind="sign_in")] == [("ma", 401), ("?", 401)]
    assert "my secret password" not in str(entries(web))


def test_looks_at_something_personal_are_written_down_once_a_minute(web: WebHall) -> None:
    number = web.a_visitor_takes_a_number()
    guide, admin = web.signed_in("guide"), Administrator(web)
    for _ in range(3):
        guide.get(f"/tickets/{number}")
    guide.get("/tickets/T9999")
    guide.get("/events")
    web.signed_in("supervisor").get(f"/tickets/{number}/story")
    admin.page("/setup/people/ma")

    assert [(one.who, one.act, one.what) for one in entries(web, kind="look")] == [
        ("ma", "visit", f"/api/v1/tickets/{number}"),
        ("ma", "log", "/api/v1/events"),
        (PEOPLE["supervisor"], "story", f"/api/v1/tickets/{number}/story"),
        ("admin", "person", "/setup/people/ma"),
    ]


def test_a_note_that_is_read_is_a_look_and_an_empty_one_is_none(web: WebHall) -> None:
    number = web.a_visitor_takes_a_number()
    guide = web.signed_in("guide")
    guide.get(f"/tickets/{number}/note")
    guide.post(f"/tickets/{number}/note", {"words": "借了老花镜"})
    web.signed_in("supervisor").get(f"/tickets/{number}/note")

    looks = [(one.who, one.act) for one in entries(web, kind="look")]
    assert looks == [(PEOPLE["supervisor"], "note")]
    assert "老花镜" not in str(entries(web))


def test_passwords_codes_and_words_never_stand_in_it(web: WebHall) -> None:
    admin = Administrator(web)
    answer = admin.press(admin.page("/setup/people"), "/setup/people", id="lin", name="林静", role="guide")
    token = re.search(r"/welcome/([\w-]+)<", answer.text)
    assert token
    page = web.stranger()
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.client.get(f"/welcome/{token[1]}").text)
    assert csrf
    page.client.post(f"/welcome/{token[1]}", data={"csrf_token": csrf[1], "password": "a kettle sings at dusk"})

    noted = str(entries(web))
    assert [one.who for one in entries(web, kind="sign_in")] == ["admin", "lin"]
    for secret in (token[1], "kettle", PASSWORD):
        assert secret not in noted


def test_supervisors_filter_it_and_take_it_along_and_nobody_else_sees_it(web: WebHall) -> None:
    web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())
    supervisor = web.signed_in("supervisor")

    page = supervisor.client.get(f"/audit?who={PEOPLE['officer']}&kind=act").text
    assert page.count("<tr data-kind=") == 2
    assert "叫下一位" in page
    assert supervisor.client.get("/audit?from=2026-11-24").text.count("<tr data-kind=") == 0
    assert supervisor.client.get("/audit?from=2026-11-23&to=2026-11-23&kind=act").text.count("<tr data-kind=") == 2
    for nonsense in ("from=never", "to=9999-12-31", "before=x", "kind=%00", "who=%27"):
        assert supervisor.client.get(f"/audit?{nonsense}").status_code == 200

    file = supervisor.client.get("/audit.csv?kind=act")
    assert file.data.decode("utf-8-sig").splitlines()[0].startswith("seq,at,who,role,kind")
    assert len(file.data.decode("utf-8-sig").splitlines()) == 3
    assert [one.act for one in entries(web, kind="look")] == ["audit", "audit_export"]  # looking is looked at, too
    for role in ("officer", "guide"):
        assert web.signed_in(role).client.get("/audit").status_code == 403
        assert web.signed_in(role).client.get("/audit.csv").status_code == 403
    for method in ("post", "put", "delete", "patch"):
        assert getattr(supervisor.client, method)("/audit", headers=supervisor.headers).status_code == 405


def test_a_spreadsheet_reckons_with_nothing_in_the_file(web: WebHall) -> None:
    web.context.audit.note("act", "li", "officer", "x", '=HYPERLINK("http://evil")', 200, "")

    file = web.signed_in("supervisor").client.get("/audit.csv").data.decode("utf-8-sig")

    assert "\"'=HYPERLINK(" in file


def test_older_entries_are_on_further_pages(web: WebHall) -> None:
    for number in range(130):
        web.context.audit.note("act", "li", "officer", "x", str(number), 200, "")
    supervisor = web.signed_in("supervisor")

    first = supervisor.client.get("/audit?kind=act&lang=en").text
    older = re.search(r'href="(/audit\?[^"]*before=[^"]*)">Older', first)
    assert older
    second = supervisor.client.get(older[1].replace("&amp;", "&")).text

    assert (first.count("<tr data-kind="), second.count("<tr data-kind=")) == (100, 30)
    assert not re.search(r">[^<]*\b(audit|account|staff)\.[a-z_]+", first)


def test_a_full_disk_stops_no_act_and_is_told_the_operator(web: WebHall, caplog: pytest.LogCaptureFixture) -> None:
    officer = web.officer()
    web.context.audit.close()

    assert officer.post("/counters/3/open").status_code == 200
    assert "audit" in caplog.text


def test_whatever_shows_visitors_own_words_says_so_to_the_audit() -> None:
    readers = [
        path for path in package_files(".py") if re.search(r"visitor_words\.of", path.read_text(encoding="utf-8"))
    ]

    assert [path for path in readers if f"@{looks_at.__name__}(" not in path.read_text(encoding="utf-8")] == []


def test_every_act_and_every_look_has_words_of_its_own_in_both_languages(web: WebHall) -> None:
    views = web.app.view_functions
    changing = {rule.endpoint for rule in web.app.url_map.iter_rules() if (rule.methods or set()) - SAFE_METHODS}
    acts = {one for one in changing if (may := getattr(views[one], "access", None)) and (may.roles or may.everyone)}
    looks = {f"look_{view.looks_at}" for view in views.values() if hasattr(view, "looks_at")}
    keys = {f"audit.{one.replace('.', '_')}" for one in acts | looks}

    assert len(keys) > 100
    assert [f"{lang}: {key}" for key in sorted(keys) for lang in LANGUAGES if find_word(key, lang) is None] == []
