"""What a visitor can wish for by phone: each form is one command, then back to the page, which shows the outcome."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.domain import commands as c
from queue_server.domain.refusals import Refusal
from queue_server.stores.repairs import LONGEST_CONTACT
from queue_server.stores.visitor_words import LONGEST_WORDS
from queue_server.web.api.common import wish_id
from queue_server.web.context import here
from queue_server.web.errors import wants_page
from queue_server.web.pages.progress.feedback_levels import LEVELS, reasons_of
from queue_server.web.pages.progress.progress_looks import looks_of_reader
from queue_server.web.pages.progress.progress_tickets import find, language_of
from queue_server.web.progress_link import TicketOfLink
from queue_server.web.security import limit_public_post

WISH = re.compile(r"[0-9a-f]{8,32}")


def add_wishes(page: Blueprint) -> None:
    page.post("/p/<link>/leave")(leave)
    page.post("/p/<link>/help")(ask_for_help)
    page.post("/p/<link>/here")(say_here)
    page.post("/p/<link>/return")(come_back)
    page.post("/p/<link>/minutes")(ask_for_minutes)
    page.post("/p/<link>/on-the-way")(say_on_the_way)
    page.post("/p/<link>/feedback")(give_feedback)
    page.post("/p/<link>/supervisor")(ask_for_supervisor)
    page.post("/p/<link>/reach")(say_how_to_reach)


def leave(link: str) -> AnyResponse:
    found = for_a_wish(link)
    command = c.AbandonTicket(id=wish(found, "leave"), actor="visitor", ticket=found.ticket, reason="left")
    return done(link, found, command)


def ask_for_help(link: str) -> AnyResponse:
    found = for_a_wish(link)
    command = c.AskForHelp(id=wish(found, "help"), actor="visitor", place=found.ticket, ticket=found.ticket)
    return done(link, found, command)


def say_here(link: str) -> AnyResponse:
    """Asked near the front whether the visitor is in the hall still; the answer changes nothing in the order."""
    found = for_a_wish(link)
    return done(link, found, c.ConfirmPresence(id=wish(found, "here"), actor="visitor", ticket=found.ticket))


def come_back(link: str) -> AnyResponse:
    """Back after a missed call, or with what was missing: the same as a guide or the kiosk does."""
    found = for_a_wish(link)
    return done(link, found, c.ReturnTicket(id=wish(found, "return"), actor="visitor", ticket=found.ticket))


def ask_for_minutes(link: str) -> AnyResponse:
    """Others go first meanwhile. Two taps of the same button are one wish."""
    found = for_a_wish(link)
    return done(link, found, c.AskForMinutes(id=wish(found, "minutes"), actor="visitor", ticket=found.ticket))


def say_on_the_way(link: str) -> AnyResponse:
    found = for_a_wish(link)
    return done(link, found, c.SayOnTheWay(id=wish(found, "on-the-way"), actor="visitor", ticket=found.ticket))


def ask_for_supervisor(link: str) -> AnyResponse:
    """After a low mark: “yes, I would like somebody to come now”."""
    found = for_a_wish(link)
    command = c.AskForSupervisor(id=wish(found, "supervisor"), actor="visitor", ticket=found.ticket)
    return done(link, found, command)


def give_feedback(link: str) -> AnyResponse:
    found = for_a_wish(link)
    words = request.form.get("words", "").strip()[:LONGEST_WORDS]
    return done(link, found, feedback_command(found, "visitor", words), words)


def say_how_to_reach(link: str) -> AnyResponse:
    """After a low mark, if the visitor likes: for the supervisor alone, and deleted with the repair's own words."""
    found = for_a_wish(link)
    desk = here().repair_desk
    desk.follow()
    if repair := desk.store.of_ticket(found.day, found.ticket):
        desk.store.leave_contact(repair.id, request.form.get("contact", "").strip()[:LONGEST_CONTACT])
    looks = looks_of_reader(language_of(found))
    keep = looks.keep_and("talk=no") if request.args.get("talk") == "no" else looks.keep  # not asked once more
    return redirect(f"/p/{link}{keep}", 303)


def feedback_command(found: TicketOfLink, actor: str, words: str) -> c.GiveFeedback:
    """The form as it came; a level that is none is the hall's to refuse."""
    level = level_given(request.form.get("level", ""))
    return c.GiveFeedback(
        id=wish(found, "feedback"),
        actor=actor,
        ticket=found.ticket,
        level=level,
        handling=handling_given(request.form.get("handling", "")),
        reasons=reasons_of(level, request.form.getlist("reasons")),
        with_words=bool(words),
    )


def handling_given(text: str) -> int | None:
    """Which of the services done; None, the last, for anything that is no number of one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 and int(text) > 0 else None


def level_given(text: str) -> int:
    """0, which the hall does not understand, for anything that is no level."""
    return int(text) if text in {str(level) for level in LEVELS} else 0


def for_a_wish(link: str) -> TicketOfLink:
    limit_public_post()
    return find(link)


def wish(found: TicketOfLink, verb: str) -> str:
    """The form's own mark makes a double tap one wish; without one each post is a wish of its own."""
    who = f"visitor:{found.day.isoformat()}.{found.ticket}"
    mark = request.form.get("wish", "")
    return f"{who}/{verb}/{mark}" if WISH.fullmatch(mark) else wish_id(who, verb)


def done(link: str, found: TicketOfLink, command: c.Command, words: str = "") -> AnyResponse:
    """Ask the hall, then back to the page, which shows how things stand now."""
    looks = looks_of_reader(language_of(found))
    context = here()
    try:
        handled = context.hall.handle(command)
    except Refusal as refusal:
        if not wants_page():
            raise
        return redirect(f"/p/{link}{looks.keep_and(f'trouble={refusal.code}')}", 303)
    if words and handled.recorded:
        context.visitor_words.add(found.day, found.ticket, words, context.hall.clock.now())
    return redirect(f"/p/{link}{looks.keep}", 303)
