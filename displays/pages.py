"""The pages of the hall, zone and counter screens. Everything they show comes to them by the API and the feed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, render_template, send_from_directory

FOLDER = Path(__file__).parent / "pages"
SERVED_AS_FILES = frozenset({".js", ".css"})

View = TypeVar("View", bound=Callable[..., Any])


def displays_blueprint(
    *,
    needs_display: Callable[[View], View],
    page_values: Callable[[], Mapping[str, object]],
    zones: Callable[[], Collection[str]],
    counters: Callable[[], Collection[str]],
    corner_files: Callable[[], Collection[Mapping[str, str]]] = tuple,
    corner_folder: Path = FOLDER / "no-files",
) -> Blueprint:
    """`needs_display` marks pages that only an enrolled screen may open; `page_values()` is what the frame of every
    page wants (lang, demo, simulation) and `hall_name`; `zones` and `counters` are those of this moment;
    `corner_files` those that screens may show in a corner, {name, kind: picture|video}, all in `corner_folder`. The
    templates extend `_base.html` of the common code."""
    pages = Blueprint("displays", __name__, url_prefix="/displays", template_folder="pages")

    def page(template: str, **values: object) -> str:
        # a screen speaks to the whole hall: Chinese first with English beside it, whatever its browser prefers
        return render_template(template, **{**page_values(), "lang": "zh", "device": "display", **values})

    @pages.get("/hall")
    @needs_display
    def hall_screen() -> str:
        return page("hall.html", page="hall")

    @pages.get("/zone/<zone>")
    @needs_display
    def zone_screen(zone: str) -> str:
        if zone not in zones():
            abort(404)
        return page("zone.html", page="zone", zone=zone)

    @pages.get("/counter/<counter>")
    @needs_display
    def counter_screen(counter: str) -> str:
        if counter not in counters():
            abort(404)
        return page("counter.html", page="counter", counter=counter)

    @pages.get("/files")
    @needs_display
    def files_of_the_corner() -> dict[str, object]:
        return {"files": list(corner_files())}

    @pages.get("/files/<name>")
    @needs_display
    def file_of_the_corner(name: str) -> Response:
        if name not in {one["name"] for one in corner_files()}:
            abort(404)
        answer = send_from_directory(corner_folder.absolute(), name, conditional=True)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    @pages.get("/pages/<name>")
    def page_file(name: str) -> Response:
        if Path(name).suffix not in SERVED_AS_FILES:
            abort(404)
        answer = send_from_directory(FOLDER, name)
        answer.headers["Cache-Control"] = "no-cache"  # kept, but asked for again: an update reaches every screen
        return answer

    return pages
