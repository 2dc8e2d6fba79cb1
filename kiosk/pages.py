"""The kiosk's touch pages as a Flask blueprint. All they show comes to them by the published API and the feed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, render_template, send_from_directory

FOLDER = Path(__file__).parent / "pages"
SERVED_AS_FILES = frozenset({".js", ".css"})

View = TypeVar("View", bound=Callable[..., Any])


def kiosk_blueprint(
    *,
    needs_kiosk: Callable[[View], View],
    page_values: Callable[[], Mapping[str, object]],
) -> Blueprint:
    """`needs_kiosk` marks the page as one that only an enrolled kiosk may open; `page_values()` is what the frame of
    every page wants (demo, simulation), `kiosk` (this device's id), `printer` (where its paper comes out, if it has
    one), `long_side_mm` of the screen and `lower_edge_mm` above the floor. The template extends `_base.html` of the
    common code."""
    pages = Blueprint("kiosk", __name__, url_prefix="/kiosk", template_folder="pages")

    @pages.get("")
    @needs_kiosk
    def kiosk_page() -> str:
        # begins in Chinese for everybody; the visitor changes the language in one touch
        return render_template("kiosk.html", **{**page_values(), "lang": "zh", "page": "kiosk", "device": "kiosk"})

    @pages.get("/pages/<name>")
    def page_file(name: str) -> Response:
        if Path(name).suffix not in SERVED_AS_FILES:
            abort(404)  # the template is rendered, never sent
        answer = send_from_directory(FOLDER, name)
        answer.headers["Cache-Control"] = "no-cache"  # kept, but asked for again: an update reaches every kiosk
        return answer

    return pages
