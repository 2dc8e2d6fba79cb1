"""The kiosk's blueprint by itself, and the words of its screens."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, abort, request
from flask.testing import FlaskClient

from kiosk.pages import FOLDER, kiosk_blueprint

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "queue_server" / "web"
USED_WORDS = re.compile(r"""["'`]kiosk\.([a-z_]+)(\$\{)?""")


def only_enrolled(view: Callable) -> Callable:
    def guarded() -> object:
        if "token" not in request.cookies:
            abort(401)
        return view()

    return guarded


@pytest.fixture
def kiosk() -> FlaskClient:
    app = Flask("kiosk under test", template_folder=str(WEB / "common" / "templates"))
    values = {"demo": True, "simulation": False, "kiosk": "K7", "printer": "K7", "lang": "en"}
    app.register_blueprint(kiosk_blueprint(needs_kiosk=only_enrolled, page_values=lambda: values))
    client = app.test_client()
    client.set_cookie("token", "enrolled")
    return client


def status_of(kiosk: FlaskClient, address: str) -> int:
    with kiosk.get(address) as answer:
        return answer.status_code


def words(language: str) -> dict[str, str]:
    return json.loads((WEB / "words" / language / "kiosk.json").read_text(encoding="utf-8"))


def test_the_kiosk_page_begins_in_chinese_and_knows_its_kiosk_and_printer(kiosk):
    page = kiosk.get("/kiosk").get_data(as_text=True)

    assert '<html lang="zh-CN"' in page
    assert 'data-device="kiosk"' in page
    assert 'data-kiosk="K7" data-printer="K7"' in page


def test_a_browser_that_is_no_enrolled_kiosk_does_not_get_the_page(kiosk):
    kiosk.delete_cookie("token")

    assert kiosk.get("/kiosk").status_code == 401


def test_every_script_and_style_that_the_page_names_is_there(kiosk):
    page = kiosk.get("/kiosk").get_data(as_text=True)
    files = re.findall(r'"(/kiosk/pages/[^"]+)"', page)

    assert len(files) > 5
    assert {file: status_of(kiosk, file) for file in files} == dict.fromkeys(files, 200)


def test_a_new_version_of_a_script_reaches_a_kiosk_that_has_the_old_one(kiosk):
    with kiosk.get("/kiosk/pages/kiosk_page.js") as answer:
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["kiosk.html", "nothing.js", "../pages.py", "%2e%2e/pages.py"])
def test_templates_and_files_outside_the_folder_are_never_sent(kiosk, name):
    assert status_of(kiosk, f"/kiosk/pages/{name}") == 404


def test_both_languages_say_the_same_things_with_the_same_values():
    chinese, english = words("zh"), words("en")

    def places(table: dict[str, str]) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in table.items()}

    assert places(chinese) == places(english)


def test_every_word_that_a_screen_uses_exists_and_none_is_written_for_nothing():
    keys = set(words("zh"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))
    used = {name for name, goes_on in USED_WORDS.findall(code) if not goes_on}
    beginnings = {name for name, goes_on in USED_WORDS.findall(code) if goes_on and name}  # t(`kiosk.way_${way}`)
    in_tables = set(re.findall(r"""["']([a-z_]+)["']""", code))  # ["care_no", "care_no_hint"]

    assert used - keys == set()
    assert {key for key in keys - used - in_tables if not key.startswith(tuple(beginnings))} == set()
