"""The start page of the demo, and who may see the supervisor's wall."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from queue_server.demo.password import DEMO_PASSWORD
from queue_server.web.pages.progress.feedback_levels import LEVELS, REASONS

WEB = Path(__file__).parents[2] / "queue_server" / "web"
PAGE = {"Accept": "text/html"}
SURFACES = ("progress", "start", "supervisor")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def start(web):
    return web.app.test_client().get("/", headers=PAGE).get_data(as_text=True)


def test_a_newcomer_finds_every_screen_and_how_to_sign_in(start):
    for said in ("取号机", "大厅屏", "窗口工作台", "导办平板", "主管墙", "手机进度页", "接口", DEMO_PASSWORD, "刘洋"):
        assert said in start


def test_each_device_link_lets_the_browser_in_and_leads_to_its_screen(web, start):
    links = re.findall(r'href="(/devices/enter/[^"]+)"', start)
    answers = [web.app.test_client().get(link) for link in links]

    assert len(links) == 6  # kiosk, hall, three zones, one counter
    assert {answer.status_code for answer in answers} == {302}
    assert [answer.location.split("/")[1] for answer in answers] == ["kiosk", *["displays"] * 5]
    assert all("xinting_device_" in answer.headers["Set-Cookie"] for answer in answers)


def test_it_leads_to_the_pages_beside_the_screens(web, start):
    links = re.findall(
        r'href="(?:/sign-in\?next=)?([^"]+)"', start[start.index("more__list") : start.index("accounts-head")]
    )
    visitor, supervisor, administrator = (
        web.app.test_client(),
        *(web.signed_in(role).client for role in ("supervisor", "administrator")),
    )

    assert visitor.get(links[0], headers=PAGE).status_code == 200
    assert {supervisor.get(link, headers=PAGE).status_code for link in links[1:-2]} == {200}
    assert {administrator.get(link, headers=PAGE).status_code for link in links[-2:]} == {200}


def test_the_living_numbers_are_the_hall_s(web):
    number = web.a_visitor_takes_a_number()
    now = web.app.test_client().get("/demo/now").json

    assert (now["waiting"], now["served"], now["newest"]["ticket"]) == (1, 0, number)
    assert web.app.test_client().get(now["newest"]["address"]).status_code == 200


def test_a_paper_that_came_out_is_shown_and_older_ones_are_linked(web):
    folder = web.context.settings.data / "paper"
    folder.mkdir()
    (folder / "paper-2.png").write_bytes(PNG)
    papers = [{"number": n, "file": f"paper-{n}.png", "height": 900} for n in (2, 1)]
    (folder / "papers.json").write_text(json.dumps(papers))
    client = web.app.test_client()
    page = client.get("/", headers=PAGE).get_data(as_text=True)

    assert 'src="/demo/paper/paper-2.png"' in page
    assert 'href="/demo/paper/paper-1.png"' in page
    assert client.get("/demo/paper/paper-2.png", buffered=True).data == PNG


@pytest.mark.parametrize("name", ["papers.json", "..%2fsecret.key", "paper-1.png.new", "secret.key", "paper-.png"])
def test_nothing_but_papers_is_served_from_the_data_folder(web, name):
    (web.context.settings.data / "paper").mkdir()
    (web.context.settings.data / "paper" / "papers.json").write_text("[]")

    assert web.app.test_client().get(f"/demo/paper/{name}").status_code == 404


def test_a_list_of_papers_that_cannot_be_read_is_no_fault(web):
    (web.context.settings.data / "paper").mkdir()
    (web.context.settings.data / "paper" / "papers.json").write_text("{")

    assert web.app.test_client().get("/demo/now").json["papers"] == []


@pytest.mark.parametrize(("role", "page"), [(None, "/sign-in"), ("guide", "/guide"), ("supervisor", "/supervisor")])
def test_outside_the_demo_the_start_page_leads_to_one_s_own_page(web, role, page):
    web.context.settings = web.context.settings.model_copy(update={"demo": False})
    client = web.signed_in(role).client if role else web.app.test_client()

    assert client.get("/", headers=PAGE).location == page


# --- the supervisor


@pytest.mark.parametrize(
    ("role", "status"), [("supervisor", 200), ("administrator", 200), ("guide", 403), ("officer", 403)]
)
def test_the_wall_is_for_supervisors(web, role, status):
    assert web.signed_in(role).client.get("/supervisor", headers=PAGE).status_code == status


def test_a_stranger_is_led_to_sign_in_and_back(web):
    answer = web.app.test_client().get("/supervisor", headers=PAGE)

    assert answer.location == "/sign-in?next=%2Fsupervisor"


# --- words


def words(language: str, surface: str) -> dict[str, str]:
    path = WEB / "words" / language / f"{surface}.json"
    return {f"{surface}.{key}": text for key, text in json.loads(path.read_text(encoding="utf-8")).items()}


@pytest.mark.parametrize("surface", SURFACES)
def test_both_languages_say_the_same_things(surface):
    chinese, english = words("zh", surface), words("en", surface)

    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english[key])), key
        assert english[key], key


@pytest.mark.parametrize("surface", SURFACES)
def test_no_page_asks_for_a_word_that_nobody_wrote(surface):
    known = {key for each in (*SURFACES, "common", "staff") for key in words("zh", each)}
    files = [*(WEB / "pages" / surface).glob("*.js"), *(WEB / "pages" / surface).glob("*.html")]
    asked = {
        (key, bool(open_end))
        for path in files
        for key, open_end in re.findall(
            r"""["'`]((?:common|staff|progress|start|supervisor)\.\w+)(\$\{|' ~)?""", path.read_text("utf-8")
        )
    }
    missing = [key for key, rest in asked if not (any(k.startswith(key) for k in known) if rest else key in known)]

    assert asked
    assert sorted(missing) == []


def test_every_reason_of_feedback_has_its_words():
    known = words("zh", "progress").keys()

    assert {f"progress.reason_{code}" for codes in REASONS.values() for code in codes} <= known
    assert {f"progress.level_{level}" for level in LEVELS} <= known
    assert all(code.startswith(str(level)) for level, codes in REASONS.items() for code in codes)
