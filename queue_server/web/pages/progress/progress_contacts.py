"""How a visitor wants to be told outside the page: a phone number or this browser; and that it be forgotten again."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from queue_server.stores.visitor_contacts import PHONE, PUSH, mobile_number
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.pages.progress.progress_looks import looks_of_reader
from queue_server.web.pages.progress.progress_tickets import find, language_of
from queue_server.web.progress_link import TicketOfLink
from queue_server.web.security import limit_public_post
from queue_server.web.views import Json


def add_contacts(page: Blueprint) -> None:
    page.post("/p/<link>/phone")(keep_phone)
    page.post("/p/<link>/push")(keep_push)
    page.post("/p/<link>/forget")(forget)


def contacts_view(found: TicketOfLink) -> Json:
    """What may be offered, and what is kept: of a number only its end, so that whoever looks on does not read it."""
    notifier = here().notifier
    kept = notifier.contacts.of(found.day, found.ticket)
    number = next((contact.address for contact in kept if contact.kind == PHONE), "")
    return {
        "offers_phone": notifier.webhook is not None,
        "offers_push": notifier.push.is_on,
        "phone_end": number[-4:],
        "pushes": any(contact.kind == PUSH for contact in kept),
    }


def keep_phone(link: str) -> AnyResponse:
    limit_public_post()
    found = find(link)
    looks = looks_of_reader(language_of(found))
    context = here()
    number = mobile_number(request.form.get("phone", "")[:40])
    if context.notifier.webhook is None:
        raise ApiError(404, "not_found")
    if number is None:
        return redirect(f"/p/{link}{looks.keep_and('trouble=phone_not_understood')}", 303)
    context.visitor_contacts.keep_phone(found.day, found.ticket, number, context.hall.clock.now())
    return redirect(f"/p/{link}{looks.keep}#notices", 303)


def keep_push(link: str) -> tuple[Json, int]:
    """From the page's script: the browser's subscription as JSON. Only push services on the hall's list."""
    limit_public_post()
    found = find(link)
    context = here()
    subscription = context.notifier.push.understood(request.get_json(silent=True))
    if subscription is None:
        raise ApiError(422, "fields_wrong", fields=[{"field": "endpoint", "problem": "not a push service we know"}])
    context.visitor_contacts.keep_push(found.day, found.ticket, subscription, context.hall.clock.now())
    return {"kept": True}, 201


def forget(link: str) -> AnyResponse:
    limit_public_post()
    found = find(link)
    here().visitor_contacts.forget(found.day, found.ticket)
    looks = looks_of_reader(language_of(found))
    return redirect(f"/p/{link}{looks.keep}#notices", 303)
