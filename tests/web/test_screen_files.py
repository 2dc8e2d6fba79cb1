"""Pictures and videos for the screens' corner: who may put them up, what is taken, and who sees them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from queue_server.stores import screen_files
from queue_server.stores.screen_files import FOLDER, ScreenFiles
from queue_server.web.context import here
from tests.web.web_hall import WebHall

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
MP4 = b"\0\0\0\x18ftypisom" + bytes(200_000)  # more than any other page may be sent
PATH = "/setup/screen-files"


def put_up(web: WebHall, name: str, content: bytes, role: str = "administrator") -> TestResponse:
    client = web.signed_in(role).client
    token = re.search(r'name="csrf(?:_token|-token)" (?:value|content)="([^"]+)"', client.get("/account").text)
    assert token
    form = {"csrf_token": token[1], "file": (io.BytesIO(content), name)}
    return client.post(PATH, data=form, content_type="multipart/form-data")


def folder(web: WebHall) -> Path:
    with web.app.app_context():
        return here().settings.data / FOLDER


def names(web: WebHall) -> list[str]:
    return [one.name for one in ScreenFiles(folder(web)).all()]


def test_an_administrator_puts_up_a_picture_and_a_video_that_screens_then_show(web: WebHall) -> None:
    assert put_up(web, "01-hours.PNG", PNG).status_code == 303
    assert put_up(web, "02-app.mp4", MP4).status_code == 303

    assert names(web) == ["01-hours.png", "02-app.mp4"]
    assert (folder(web) / "01-hours.png").read_bytes() == PNG


@pytest.mark.parametrize(
    ("name", "content"),
    [("../../evil.png", PNG), ("two words.png", PNG), ("page.html", b"<script>"), ("app.mp4", PNG), ("app.png", b"")],
)
def test_what_no_screen_can_show_is_refused_in_words_and_leaves_nothing(
    web: WebHall, name: str, content: bytes
) -> None:
    answer = put_up(web, name, content)

    assert answer.status_code == 422
    assert "▲" in answer.text
    assert names(web) == []


def test_a_picture_that_is_too_large_leaves_nothing_behind(web: WebHall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(screen_files.LARGEST, "picture", 20)

    assert put_up(web, "01.png", PNG).status_code == 422
    assert list(folder(web).iterdir()) == []


def test_what_was_put_up_is_taken_away_again(web: WebHall) -> None:
    put_up(web, "01.png", PNG)
    client = web.signed_in("administrator").client
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(PATH).text)
    assert token

    assert client.post(f"{PATH}/remove", data={"csrf_token": token[1], "name": "01.png"}).status_code == 303
    assert names(web) == []


def test_a_supervisor_may_not_put_anything_up(web: WebHall) -> None:
    assert put_up(web, "01.png", PNG, "supervisor").status_code == 403
    assert names(web) == []
