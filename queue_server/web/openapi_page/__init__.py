"""The API's document, and a page to read it (Swagger UI)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.wrappers import Response

from queue_server.web.security import open_to_all
from queue_server.web.static_files import send

HERE = Path(__file__).parent


def openapi_page() -> Blueprint:
    blueprint = Blueprint("openapi_page", __name__, template_folder="templates")

    @blueprint.get("/api/v1/openapi.json")
    @open_to_all
    def document() -> dict[str, Any]:
        return current_app.api_doc  # type: ignore[attr-defined, no-any-return]

    @blueprint.get("/api/docs")
    @open_to_all
    def page() -> str:
        return render_template("openapi_page.html")

    @blueprint.get("/api/docs/<file>")
    @open_to_all
    def file_of_page(file: str) -> Response:
        return send(HERE, file)

    return blueprint
