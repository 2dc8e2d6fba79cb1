"""Scripts, styles and words, served from where they lie. Browsers ask each time and get 304 while nothing changed."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, jsonify, request, send_from_directory
from flask.wrappers import Response

from queue_server.web.words import LANGUAGES, own_words, surface_words

HERE = Path(__file__).parent
SENDABLE = frozenset(
    {".js", ".mjs", ".css", ".svg", ".png", ".webp", ".ico", ".json", ".woff2", ".wav", ".txt", ".map"}
)


def send(folder: Path, file: str) -> Response:
    """One file of a surface's folder; its templates and Python stay at home."""
    if Path(file).suffix not in SENDABLE:
        abort(404)
    response = send_from_directory(folder, file, max_age=0, etag=True, conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def serve_folder(name: str, address: str, folder: Path) -> Blueprint:
    """A blueprint that serves a folder's scripts and styles under `address`, as `/kiosk/files`."""
    blueprint = Blueprint(f"{name}_files", __name__)

    @blueprint.get(f"{address.rstrip('/')}/<path:file>", endpoint="file")
    def file_of_surface(file: str) -> Response:
        return send(folder, file)

    return blueprint


def screen_words() -> Blueprint:
    """The surfaces' words as this hall says them."""
    blueprint = Blueprint("words_files", __name__)

    @blueprint.get("/common/words/<language>/<surface>.json", endpoint="file")
    def words_of_surface(language: str, surface: str) -> Response:
        if language not in LANGUAGES or not (own := own_words(surface, language)):
            return send(HERE / "words", f"{language}/{surface}.json")
        response = jsonify({**surface_words(surface, language), **own})
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        return response.make_conditional(request)

    return blueprint


def shared_files() -> list[Blueprint]:
    """`/common/…`, `/common/words/…`, and the staff pages' own files under `/pages/<page>/…`."""
    return [
        screen_words(),
        serve_folder("common", "/common", HERE / "common"),
        serve_folder("pages", "/pages", HERE / "pages"),
    ]
