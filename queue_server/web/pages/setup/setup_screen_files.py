"""Pictures and videos for the corner of the hall's screens: what is there, putting one up, taking one away."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from queue_server.stores.screen_files import FOLDER, LARGEST, LARGEST_OF_ALL, MB, MOST_FILES, FileRefused, ScreenFiles
from queue_server.web.context import here
from queue_server.web.pages.setup.setup_frame import draw, go_on
from queue_server.web.security import needs_role, takes_up_to
from queue_server.web.words import reader_language, word

AROUND_THE_FILE = 64 * 1024  # the form's other fields


def add_to(page: Blueprint) -> None:
    page.get("/setup/screen-files")(show_screen_files)
    page.post("/setup/screen-files")(put_up_file)
    page.post("/setup/screen-files/remove")(remove_file)


def files() -> ScreenFiles:
    return ScreenFiles(here().settings.data / FOLDER)


@needs_role("administrator")
def show_screen_files() -> tuple[str, int]:
    return draw_files()


def draw_files(problem: str = "") -> tuple[str, int]:
    return draw(
        "setup_screen_files.html",
        "screen-files",
        status=422 if problem else 200,
        files=[(one, f"{one.size / MB:.1f}") for one in files().all()],
        largest={kind: size // MB for kind, size in LARGEST.items()},
        problem=problem,
    )


@needs_role("administrator")
@takes_up_to(LARGEST_OF_ALL + AROUND_THE_FILE)
def put_up_file() -> Response | tuple[str, int]:
    given = request.files.get("file")
    try:
        if given is None or not given.filename:
            raise FileRefused("file_none")
        name = given.filename.lower().replace(".jpeg", ".jpg")
        files().keep(name, given.stream)
    except FileRefused as refused:
        return draw_files(word(f"setup.fault_{refused.code}", reader_language(), most=MOST_FILES))
    return go_on("/setup/screen-files", "file_kept")


@needs_role("administrator")
def remove_file() -> Response:
    files().remove(request.form.get("name", ""))
    return go_on("/setup/screen-files", "file_removed")
