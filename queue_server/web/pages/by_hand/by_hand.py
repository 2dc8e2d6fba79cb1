"""Entering what counters called from a list on paper while the server was away: a draft first, then each line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, render_template, request

from queue_server.domain.refusals import Refusal
from queue_server.paper_mode.entering import DraftLine, command_of, draft_of, numbers_to_fill
from queue_server.paper_mode.paper_words import paper_words
from queue_server.paper_mode.written import in_the_order_called
from queue_server.stores.base import StorageTrouble
from queue_server.web.api.by_hand import paper_list, people
from queue_server.web.api.common import done, handle
from queue_server.web.context import Context, here
from queue_server.web.errors import refusal_shape
from queue_server.web.security import FLOOR_STAFF, csrf_token, needs_role, who
from queue_server.web.staff_frame import staff_frame
from queue_server.web.views import Json
from queue_server.web.words import reader_language, word

LONGEST = 30_000  # characters: some eight hundred lines


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("by_hand_page", __name__, template_folder=str(Path(__file__).parent))
    page.get("/by-hand")(show)
    page.post("/by-hand")(check)
    page.post("/by-hand/enter")(enter)
    page.get("/by-hand/list")(show_list)
    return page


@needs_role(*FLOOR_STAFF)
def show() -> str:
    filled = here().hall.read(numbers_to_fill) if request.args.get("numbers") else ""
    return draw(filled)


@needs_role(*FLOOR_STAFF)
def check() -> str:
    """Nothing is done."""
    text = typed()
    return draw(text, drafted(text), checked=text)


@needs_role(*FLOOR_STAFF)
def enter() -> str:
    """Each line that can be; what cannot stays in the field, to be put right. Sent twice it is entered once."""
    text = typed()
    lines = drafted(text)
    failed = entered([one for one in lines if one.state == "ready"])
    lines = [failed.get(one.line, one) for one in drafted(text)]
    left = "".join(f"{one.text}\n" for one in lines if one.is_wrong)
    return draw(left, lines, is_entered=True)


@needs_role(*FLOOR_STAFF)
def show_list() -> Response:
    """The list to call from, for printing."""
    return Response(paper_list()[1], mimetype="text/plain")


def typed() -> str:
    return request.form.get("lines", "")[:LONGEST].replace("\r\n", "\n")


def drafted(text: str) -> list[DraftLine]:
    actor, known = who().actor, people()
    return here().hall.read(lambda day, at: draft_of(text, day, at, actor, known))


def entered(lines: list[DraftLine]) -> dict[int, DraftLine]:
    """In the order called. Line → why not, of those that were refused after all: the hall has moved on since."""
    failed, actor, known = {}, who().actor, people()
    drafted_as = {one.line: one for one in lines}
    for one in in_the_order_called([line.written for line in lines if line.written]):
        try:
            handle(command_of(one, actor, known), done)
        except (Refusal, StorageTrouble) as no:
            details = no.details if isinstance(no, Refusal) else {"advice": no.advice}
            failed[one.line] = replace(drafted_as[one.line], state="refused", why=no.code, details=details)
    return failed


def draw(text: str, lines: list[DraftLine] | None = None, *, checked: str = "", is_entered: bool = False) -> str:
    language = reader_language()
    rows = [row(one, language) for one in lines or []]
    states = [one["state"] for one in rows]
    return render_template(
        "by_hand.html",
        page="by-hand",
        csrf=csrf_token(),
        text=text,
        rows=rows,
        asked=lines is not None,
        ready=states.count("ready"),
        wrong=sum(one["wrong"] for one in rows),
        entered=states.count("entered"),
        checked=checked,
        is_entered=is_entered,
        longest=LONGEST,
        staff=staff_frame(here="/by-hand"),
    )


def row(one: DraftLine, language: str) -> Json:
    written = one.written
    shown: Json = {"line": one.line, "text": one.text, "state": one.state, "wrong": one.is_wrong}
    shown["why"] = why(one, language)
    if written is not None:
        shown |= {
            "ticket": written.ticket,
            "counter": written.counter,
            "called": f"{written.called_at:%H:%M}",
            "ended": f"{written.ended_at:%H:%M}" if written.came else word("by_hand.absent", language),
            "officer": officer(written.officer, language),
        }
    return shown


def officer(typed_id: str, language: str) -> str:
    if not typed_id:
        return ""
    known = typed_id in people()
    return here().person_name(typed_id) if known else word("by_hand.nobody", language, typed=typed_id)


def why(one: DraftLine, language: str) -> str:
    match one.state:
        case "unreadable":
            return str(paper_words(language)[f"problem_{one.why}"])
        case "refused":
            return str(refusal_shape(one.why, one.details, language)["message"])
        case "came_later" | "twice":
            return word(f"by_hand.why_{one.state}", language, line=one.why)
    return ""
