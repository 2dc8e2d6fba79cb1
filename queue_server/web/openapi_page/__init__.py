"""The API's document, and a page to read it (Swagger UI)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Flask, current_app, render_template
from flask.wrappers import Response

from queue_server.web.context import here
from queue_server.web.security import SAFE_METHODS, Access, open_to_all
from queue_server.web.static_files import send

HERE = Path(__file__).parent


def openapi_page() -> Blueprint:
    blueprint = Blueprint("openapi_page", __name__, template_folder="templates")

    @blueprint.get("/api/v1/openapi.json")
    @open_to_all
    def document() -> dict[str, Any]:
        # where nobody waits for it: the first reader has it made
        return here().read_reports(document_of, cast(Any, current_app)._get_current_object())  # type: ignore[no-any-return]

    @blueprint.get("/api/docs")
    @open_to_all
    def page() -> str:
        return render_template("openapi_page.html")

    @blueprint.get("/api/docs/<file>")
    @open_to_all
    def file_of_page(file: str) -> Response:
        return send(HERE, file)

    return blueprint


def document_of(app: Flask) -> dict[str, Any]:
    """The OpenAPI document with who may do what, as the endpoints themselves say it."""
    document: dict[str, Any] = app.api_doc  # type: ignore[attr-defined]
    for rule in app.url_map.iter_rules():
        operations = document["paths"].get(re.sub(r"<(\w+)>", r"{\1}", rule.rule), {})
        for method in rule.methods or ():
            if operation := operations.get(method.lower()):
                _say_who(method, operation, app.view_functions[rule.endpoint].access)  # type: ignore[attr-defined]
    return document


def _say_who(method: str, operation: dict[str, Any], access: Access) -> None:
    operation["x-who"] = access.names()
    if access.everyone:
        operation["security"] = [{"csrf": []}] if access.with_csrf else [{}]
        return
    staff: dict[str, list[str]] = {"staff": []} if method in SAFE_METHODS else {"staff": [], "csrf": []}
    operation["security"] = [*([staff] if access.roles else []), *([{"device": []}] if access.devices else [])]
