"""The code of a phone: setting it up, new recovery codes, taking it away. Each needs a code that is right now."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from queue_server.accounts.codes import Checked, address_of
from queue_server.accounts.failures import of_code
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.account.account_frame import code_view, draw, to
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.security import STAFF, before_code, csrf_token, needs_role, who
from queue_server.web.words import reader_language, word

Drawn = tuple[str, int]


def add_to(page: Blueprint) -> None:
    page.post("/account/code")(begin)
    page.get("/account/code")(show_code)
    page.post("/account/code/confirm")(confirm)
    page.post("/account/code/recovery")(new_recovery_codes)
    page.post("/account/code/off")(take_away)


@needs_role(*STAFF)
@before_code
def begin() -> Response | Drawn:
    """Whoever has a code already takes it away first, with a code."""
    if here().accounts.codes.has(who().id):
        return redirect(to("/account"), 303)
    here().accounts.codes.begin(who().id)
    return redirect(to("/account/code"), 303)


@needs_role(*STAFF)
@before_code
def show_code() -> Response | Drawn:
    return draw_code()


def draw_code(problem: str = "") -> Response | Drawn:
    secret = here().accounts.codes.pending(who().id)
    if secret is None:
        return redirect(to("/account"), 303)
    hall = here().hall_file.name.in_language(reader_language())
    address = address_of(secret, who().id, f"{hall} 心厅")
    shown = {"qr": b64encode(qr_svg(address)).decode(), "secret": " ".join(_by_four(secret)), "problem": problem}
    return page("account_code.html", 422 if problem else 200, **shown)


def page(template: str, status: int = 200, **shown: Any) -> Drawn:
    return render_template(template, page="account", csrf=csrf_token(), to=to, me=who(), **shown), status


def _by_four(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]


@needs_role(*STAFF)
@before_code
def confirm() -> Response | Drawn:
    counted = knock()
    checked = here().accounts.codes.confirm(who().id, request.form.get("code", ""))
    if checked is not Checked.RIGHT:
        return draw_code(said(checked))
    here().accounts.failures.succeeded(counted)
    return draw_recovery_codes()


def draw_recovery_codes() -> Drawn:
    return page("account_recovery.html", codes=here().accounts.codes.new_recovery_codes(who().id))


@needs_role(*STAFF)
def new_recovery_codes() -> Response | Drawn:
    return refused() or draw_recovery_codes()


@needs_role(*STAFF)
def take_away() -> Response | Drawn:
    if code_view(who())["is_demanded"]:
        return draw(word("account.code_is_demanded", reader_language()), 422)
    if no := refused():
        return no
    here().accounts.codes.remove(who().id)
    return redirect(to("/account", said="code_off"), 303)


def refused() -> Drawn | None:
    counted = knock()
    checked = here().accounts.codes.check(who().id, request.form.get("code", ""))
    if checked is not Checked.RIGHT:
        return draw(said(checked), 422)
    here().accounts.failures.succeeded(counted)
    return None


def knock() -> list[Any]:
    """Six digits must not be tried out by whoever found an open session."""
    counted = [of_code(who().id)]
    if seconds := here().accounts.failures.try_now(counted):
        raise ApiError(429, "too_many", seconds=int(seconds) + 1)
    return counted


def said(checked: Checked) -> str:
    key = "refusals.code_clock" if checked is Checked.CLOCK else "refusals.code_wrong"
    return word(key, reader_language())
