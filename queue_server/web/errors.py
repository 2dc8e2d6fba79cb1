"""The one place where the hall's no, a wrong request or a fault becomes an answer that says what to do next."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from queue_server.domain.refusals import Refusal
from queue_server.stores.base import StorageTrouble
from queue_server.web.context import here
from queue_server.web.words import reader_language, word

logger = logging.getLogger(__name__)

UNKNOWN = frozenset(
    {"unknown_service", "unknown_zone", "unknown_counter", "unknown_ticket", "no_ticket_that_day", "unknown_lease"}
)
CODE_OF_STATUS = {
    400: "malformed",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "not_found",
    413: "too_large",
    415: "malformed",
    429: "too_many",
    503: "storage_trouble",
}

MOMENTS = ("opens_at", "slot", "earliest")  # details that are moments, shown in the hall's own time


class ApiError(Exception):
    """The web saying no before the hall is asked. `code` has its words in refusals.json."""

    def __init__(self, status: int, code: str, **details: Any) -> None:
        self.status = status
        self.code = code
        self.details = details
        super().__init__(f"{status} {code}")


def refusal_shape(code: str, details: Mapping[str, Any], language: str) -> dict[str, Any]:
    values = {name: readable(name, value, language) for name, value in details.items()}
    return {"code": code, "message": word(f"refusals.{code}", language, **values), "details": dict(details)}


def readable(name: str, value: Any, language: str) -> Any:
    """Ids become the names people know: a zone's, a person's; moments become the hall's own time."""
    context = here()
    if value in (None, ""):
        return "—"
    if name == "zone" and value in context.hall_file.zones:
        return context.hall_file.zones[value].name.in_language(language)
    if name in {"officer", "guide"}:
        return context.person_name(str(value))
    if name == "stage":
        return word(f"refusals.stage_{value}", language)
    if name in MOMENTS:
        return context.hall.rules.local(datetime.fromisoformat(value)).strftime("%m-%d %H:%M")
    return value


def answer(status: int, code: str, details: Mapping[str, Any] | None = None) -> Response:
    """JSON for programs and screens, a calm page for people."""
    language = reader_language()
    shape = refusal_shape(code, details or {}, language)
    if wants_page():
        page = render_template("error.html", language=language, status=status, **shape)
        return make_response(page, status)
    return make_response(jsonify(shape), status)


def wants_page() -> bool:
    is_api = request.path.startswith(("/api/", "/socket.io"))
    return not is_api and request.accept_mimetypes.best_match(("text/html", "application/json")) == "text/html"


def fields_wrong(error: ValidationError) -> Response:
    """Which fields, and what is expected of each; what was sent is not repeated."""
    fields = [
        {"field": ".".join(str(part) for part in fault["loc"]), "problem": fault["msg"]}
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return answer(422, "fields_wrong", {"fields": fields})


def add_error_handlers(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> Response:
        return answer(404 if refusal.code in UNKNOWN else 409, refusal.code, refusal.details)

    @app.errorhandler(ApiError)
    def not_so(error: ApiError) -> Response:
        return answer(error.status, error.code, error.details)

    @app.errorhandler(StorageTrouble)
    def cannot_write(trouble: StorageTrouble) -> Response:
        logger.error("%s %s", trouble.what, trouble.advice, extra={"action": "storage_trouble"})
        response = answer(503, trouble.code, {"advice": trouble.advice})
        response.headers["Retry-After"] = "5"
        return response

    @app.errorhandler(HTTPException)
    def http_fault(fault: HTTPException) -> Response:
        if fault.response is not None:  # made by ourselves further in, as `fields_wrong`
            return fault.response  # type: ignore[return-value]
        status = fault.code or 500
        return answer(status, CODE_OF_STATUS.get(status, "malformed"))

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Response:  # anything unexpected: the reference leads from the screen to the log
        reference = secrets.token_hex(4)
        logger.exception("Fault %s at %s", reference, request.endpoint, extra={"action": "fault"})
        return answer(500, "fault", {"reference": reference})
