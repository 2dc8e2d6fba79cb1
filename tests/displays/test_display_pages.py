"""The pages of the screens: who may open them, which ones there are, and what they carry."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient

from displays.pages import FOLDER, displays_blueprint

WEB = Path(__file__).parents[2] / "queue_server" / "web"


def only_enrolled(view):
    def guarded(**values):
        if request.cookies.get("xinting_device_display") != "enrolled":
            abort(401)
        return view(**values)

    guarded.__name__ = view.__name__
    return guarded


@pytest.fixture
def stranger(tmp_path: Path) -> FlaskClient:
    (tmp_path / "01.png").write_bytes(b"a picture")
    (tmp_path / "secret.txt").write_bytes(b"not for screens")
    app = Flask("hall", template_folder=str(WEB / "common" / "templates"))
    values = {"lang": "en", "demo": True, "hall_name": "城关服务厅"}
    app.register_blueprint(
        displays_blueprint(
            needs_display=only_enrolled,
            page_values=lambda: values,
            zones=lambda: {"special"},
            counters=lambda: {"3", "12"},
            corner_files=lambda: [{"name": "01.png", "kind": "picture"}],
            corner_folder=tmp_path,
        )
    )
    return app.test_client()


@pytest.fixture
def screen(stranger: FlaskClient) -> FlaskClient:
    stranger.set_cookie("xinting_device_display", "enrolled")
    return stranger


@pytest.mark.parametrize("path", ["/displays/hall", "/displays/zone/special", "/displays/counter/12"])
def test_an_enrolled_screen_gets_its_page_marked_as_demo(screen, path):
    page = screen.get(path)

    assert page.status_code == 200
    assert 'data-demo="yes"' in page.text
    assert 'data-device="display"' in page.text
    assert "城关服务厅" in page.text


def test_a_screen_is_chinese_first_whatever_its_browser_prefers(screen):
    page = screen.get("/displays/hall?lang=en", headers={"Accept-Language": "en"})

    assert '<html lang="zh-CN"' in page.text


def test_zone_and_counter_screens_know_which_they_are(screen):
    assert 'data-zone="special"' in screen.get("/displays/zone/special").text
    assert 'data-counter="12"' in screen.get("/displays/counter/12").text


@pytest.mark.parametrize("path", ["/displays/hall", "/displays/zone/special", "/displays/counter/3"])
def test_a_strange_browser_is_kept_out(stranger, path):
    assert stranger.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/displays/zone/attic", "/displays/counter/99"])
def test_a_zone_or_counter_that_the_hall_does_not_have_has_no_screen(screen, path):
    assert screen.get(path).status_code == 404


def status_of(screen: FlaskClient, path: str) -> int:
    with screen.get(path) as answer:  # an answer from a file keeps it open until closed
        return answer.status_code


def test_templates_and_files_elsewhere_are_not_given_out(screen):
    assert status_of(screen, "/displays/pages/hall.css") == 200
    assert status_of(screen, "/displays/pages/hall.html") == 404
    assert status_of(screen, "/displays/pages/..%2fpages.py") == 404


def test_a_screen_gets_the_files_for_its_corner_and_nothing_else_of_the_folder(screen, stranger):
    assert screen.get("/displays/files").json == {"files": [{"name": "01.png", "kind": "picture"}]}
    assert status_of(screen, "/displays/files/01.png") == 200
    assert status_of(screen, "/displays/files/secret.txt") == 404
    stranger.delete_cookie("xinting_device_display")
    assert status_of(stranger, "/displays/files/01.png") == 401


def test_every_file_that_a_page_asks_for_is_there(screen):
    asked = set()
    for path in ("/displays/hall", "/displays/zone/special", "/displays/counter/3"):
        asked |= set(re.findall(r'(?:href|src)="(/[^"]+)"', screen.get(path).text))
    for script in FOLDER.glob("*.js"):
        asked |= set(re.findall(r'from "(/[^"]+)"', script.read_text(encoding="utf-8")))
        near = re.findall(r'from "\./([^"]+)"', script.read_text(encoding="utf-8"))
        assert all((FOLDER / name).is_file() for name in near), script.name

    for path in asked - {name for name in asked if "/vendor/" in name}:
        if path.startswith("/common/"):
            assert (WEB / "common" / path.removeprefix("/common/")).is_file(), path
        else:
            assert status_of(screen, path) == 200, path


@pytest.mark.parametrize("surface", ["common", "displays"])
def test_every_word_exists_in_both_languages_with_the_same_places_to_fill(surface):
    chinese, english = (
        json.loads((WEB / "words" / lang / f"{surface}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")
    )

    assert chinese.keys() == english.keys()
    places = re.compile(r"\{\w+\}")
    unlike = [key for key in chinese if set(places.findall(english[key])) != set(places.findall(chinese[key]))]
    assert unlike == []


def test_every_word_that_the_screens_name_exists():
    words = {
        f"{surface}.{key}"
        for surface in ("common", "displays")
        for key in json.loads((WEB / "words" / "zh" / f"{surface}.json").read_text(encoding="utf-8"))
    }
    named = set()
    for script in [*FOLDER.glob("*.js"), *(WEB / "common").glob("*.js")]:
        named |= set(re.findall(r'"((?:common|displays)\.[a-z_]+)"', script.read_text(encoding="utf-8")))

    assert named
    assert named - words == set()
