"""create_app: puts the web together. Importing this module opens nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask
from flask_openapi3 import Info
from flask_socketio import SocketIO

from queue_server.accounts import Accounts
from queue_server.accounts.audit import FILE as AUDIT_FILE
from queue_server.accounts.audit import Audit
from queue_server.concurrency import make_client_manager
from queue_server.foresight.base import Forecaster
from queue_server.foresight.best_time.keeper import BestTimes
from queue_server.hall_file import HallFile
from queue_server.notices.push import PushNotices
from queue_server.notices.webhook import Webhook
from queue_server.reports.advice_book import FILE as ADVICE_FILE
from queue_server.reports.advice_book import AdviceBook
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.service.booking_desk import BookingDesk
from queue_server.service.hall import Hall, Run, run_here
from queue_server.service.repair_desk import RepairDesk
from queue_server.settings import Settings
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.versions import FILE as SETUP_FILE
from queue_server.setup.versions import Versions
from queue_server.stores.bookings import Bookings
from queue_server.stores.printer_errands import FILE as ERRANDS_FILE
from queue_server.stores.printer_errands import PrinterErrands
from queue_server.stores.repairs import FILE as REPAIRS_FILE
from queue_server.stores.repairs import Repairs
from queue_server.stores.screen_pictures import ScreenPictures
from queue_server.stores.sheet_jobs import SheetJobs
from queue_server.stores.visit_notes import VisitNotes
from queue_server.stores.visitor_contacts import VisitorContacts
from queue_server.stores.visitor_words import VisitorWords
from queue_server.web.adviser import LOOKS_EVERY_SECONDS, Adviser
from queue_server.web.ahead_keeper import AheadKeeper
from queue_server.web.alert_teller import AlertTeller
from queue_server.web.api import APIS
from queue_server.web.api.common import PREFIX, Refused
from queue_server.web.audited import audit_acts
from queue_server.web.card_marks import CardMarks
from queue_server.web.context import EXTENSION, Context, Speak
from queue_server.web.devices_enter import device_entrance
from queue_server.web.errors import add_error_handlers, fields_wrong
from queue_server.web.feed import Feed, Send
from queue_server.web.health import health, program_version
from queue_server.web.json_answers import JsonAnswers
from queue_server.web.late_document import Program
from queue_server.web.notifier import Notifier
from queue_server.web.openapi_page import openapi_page
from queue_server.web.papers import Papers
from queue_server.web.progress_link import ProgressLinks
from queue_server.web.rate_limits import RateLimits
from queue_server.web.security import BODY_LIMIT_BYTES, protect
from queue_server.web.short_way import ShortWay
from queue_server.web.staff_pages import staff_pages
from queue_server.web.staffing_desk import Categories, StaffingDesk
from queue_server.web.static_files import shared_files
from queue_server.web.told_waits import ToldWaits
from queue_server.web.waits import LEAST_SECONDS, Waits
from queue_server.web.words import reader_language, word

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
WARM_UP_AFTER_SECONDS = 0.1
# a page of somebody else's, or how to make it once the web's context is there
Surface = Blueprint | Callable[[Context], Blueprint]
REFUSALS = {401: Refused, 403: Refused, 404: Refused, 409: Refused, 422: Refused, 429: Refused, 503: Refused}
SECURITY_SCHEMES: dict[str, Any] = {
    "staff": {"type": "apiKey", "in": "cookie", "name": "xinting_session"},
    "device": {"type": "http", "scheme": "bearer"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}


def create_app(
    hall: Hall,
    hall_file: HallFile,
    forecaster: Forecaster,
    accounts: Accounts,
    settings: Settings,
    blueprints: Iterable[Surface] = (),
    *,
    visitor_words: VisitorWords | None = None,
    visitor_contacts: VisitorContacts | None = None,
    bookings: Bookings | None = None,
    told_waits: ToldWaits | None = None,
    best_times: BestTimes | None = None,
    limits: RateLimits | None = None,
    async_mode: str = "eventlet",
    live: bool = True,
    send: Send | None = None,
    speak: Speak | None = None,
    setup: HallSetup | None = None,
    read_reports: Run = run_here,
) -> tuple[Flask, SocketIO]:
    """The Flask program with its feed. `live`: background tasks run; `send`: another way to reach a room; `speak`:
    the voice that reads screens aloud; `read_reports`: where the tables of the past are read."""
    app = make_program()
    protect(app, accounts.key_for("browser sessions"), secure=settings.address.startswith("https:"))
    add_error_handlers(app)
    audit_acts(app)
    socketio = make_socketio(app, async_mode, settings.redis_url, hall.rules.hall)
    context = make_context(
        hall,
        hall_file,
        forecaster,
        accounts,
        settings,
        visitor_words,
        visitor_contacts,
        bookings,
        told_waits or ToldWaits(WaitLedger(None), judged_every_seconds=0.0),
        limits,
        live,
        setup,
    )
    context.speak, context.read_reports, context.best_times = speak, read_reports, best_times
    app.extensions[EXTENSION] = context
    equip(context)
    context.feed = Feed(socketio, context, live=live, send=send)
    register(app, context, blueprints)
    if live:
        start(socketio, context)
    return app, socketio


def make_program() -> Program:
    """Flask with its documents, its way to write answers and the short way past it."""
    app = Program(
        "queue_server.web",
        info=Info(
            title="Xinting 心厅", version=program_version(), description="The service hall's API. See docs/api.md."
        ),
        security_schemes=SECURITY_SCHEMES,
        responses=REFUSALS,
        validation_error_status=422,
        validation_error_model=Refused,
        validation_error_callback=fields_wrong,
        doc_ui=False,
        static_folder=None,
        template_folder=str(HERE / "common" / "templates"),
    )
    app.json = JsonAnswers(app)
    app.wsgi_app = ShortWay(app)  # type: ignore[method-assign]
    return app


def equip(context: Context) -> None:
    """Helpers that look into the context themselves."""
    hall, accounts = context.hall, context.accounts
    context.setup.may_sign_in = accounts.people.may_sign_in
    if context.setup.staff is None:
        context.setup.with_people_of(accounts.staff, context.hall_file)
    context.notifier = make_notifier(context)
    context.staffing = StaffingDesk(hall, context.forecaster, lambda: categories_of(context))
    context.alert_teller = make_alert_teller(context)
    book = AdviceBook(context.settings.data / ADVICE_FILE)
    context.ahead = AheadKeeper(hall, context.forecaster)
    context.adviser = Adviser(hall, context.staffing, book, lambda: categories_of(context))


def register(app: Program, context: Context, blueprints: Iterable[Surface]) -> None:
    """Everything that answers at an address."""
    for api in APIS:
        app.register_api(api)
    app.register_blueprint(Blueprint("web", __name__, template_folder="templates"))
    for blueprint in (*shared_files(), device_entrance(), health(), openapi_page(), *staff_pages(context)):
        app.register_blueprint(blueprint)
    for surface in blueprints:
        app.register_blueprint(surface if isinstance(surface, Blueprint) else surface(context))
    app.context_processor(lambda: page_values(context))


def start(socketio: SocketIO, context: Context) -> None:
    """What goes on beside the answers while the process lives."""
    run = socketio.start_background_task
    context.feed.start()
    run(warm_up, socketio, context)
    run(context.notifier.notify_for_ever, run, socketio.sleep)
    run(context.alert_teller.tell_for_ever, run, socketio.sleep)
    run(advise_for_ever, socketio, context.adviser)
    run(context.ahead.look_for_ever, socketio.sleep)


def advise_for_ever(socketio: SocketIO, adviser: Adviser) -> None:
    while True:
        socketio.sleep(LOOKS_EVERY_SECONDS)
        try:
            adviser.look()
        except Exception:  # the hall needs no advice to go on; the next look may go well
            logger.exception("No advice could be worked out", extra={"action": "advice_failed"})


def warm_up(socketio: SocketIO, context: Context) -> None:
    """What neither the start nor the first visitor should have to wait for, once the hall has opened."""
    socketio.sleep(WARM_UP_AFTER_SECONDS)
    context.prepare_search()


def make_context(
    hall: Hall,
    hall_file: HallFile,
    forecaster: Forecaster,
    accounts: Accounts,
    settings: Settings,
    visitor_words: VisitorWords | None,
    visitor_contacts: VisitorContacts | None,
    bookings: Bookings | None,
    told_waits: ToldWaits,
    limits: RateLimits | None,
    live: bool,
    setup: HallSetup | None,
) -> Context:
    links = ProgressLinks(accounts.key_for("progress links"), hall.rules.hall, settings.address)
    return Context(
        hall=hall,
        hall_file=hall_file,
        forecaster=forecaster,
        accounts=accounts,
        settings=settings,
        progress_links=links,
        family_links=ProgressLinks(accounts.key_for("family links"), hall.rules.hall, settings.address, "f"),
        waits=Waits(hall, forecaster, LEAST_SECONDS if live else 0.0, told=told_waits),
        told_waits=told_waits,
        papers=Papers([printer.id for printer in hall_file.printers]),
        visitor_words=visitor_words or VisitorWords(settings.data / "private.sqlite"),
        visitor_contacts=visitor_contacts or VisitorContacts(settings.data / "contacts.sqlite"),
        visit_notes=VisitNotes(settings.data / "notes.sqlite"),
        audit=Audit(settings.data / AUDIT_FILE, accounts.key_for("audit"), accounts.now),
        sheet_jobs=SheetJobs(settings.data / "sheets.sqlite"),
        printer_errands=PrinterErrands(settings.data / ERRANDS_FILE),
        screen_pictures=ScreenPictures(settings.data / "screen-pictures.sqlite"),
        booking_desk=BookingDesk(
            bookings or Bookings(settings.data / "bookings.sqlite"), hall, accounts.key_for("telephones of bookings")
        ),
        repair_desk=RepairDesk(Repairs(settings.data / REPAIRS_FILE, hall.rules.hall), hall),
        card_marks=CardMarks(accounts.key_for("card marks")),
        limits=limits or RateLimits(),
        setup=setup or HallSetup(settings.hall_file, Versions(settings.data / SETUP_FILE)),
    )


def categories_of(context: Context) -> Categories:
    found = context.hall_file.catalogue.categories
    return {one.id: {guide.id for guide in one.services} for one in found}


def make_notifier(context: Context) -> Notifier:
    settings = context.settings
    push = PushNotices(context.accounts.key_for("web push"), settings.push_services.split(), settings.push_contact)
    url, secret = settings.notice_webhook_url, settings.notice_webhook_secret
    return Notifier(context, context.visitor_contacts, push, Webhook(url, secret) if url else None)


def make_alert_teller(context: Context) -> AlertTeller:
    url, secret = context.settings.alert_webhook_url, context.settings.alert_webhook_secret
    return AlertTeller(context, Webhook(url, secret) if url else None)


def make_socketio(app: Flask, async_mode: str, redis_url: str, hall: str) -> SocketIO:
    return SocketIO(
        app,
        async_mode=async_mode,
        client_manager=make_client_manager(redis_url or None, f"xinting:{hall}:feed"),
        transports=["websocket"],  # one way in: no sticky sessions, and half the work of long polling
        max_http_buffer_size=BODY_LIMIT_BYTES,
        ping_interval=20,
        ping_timeout=15,
        manage_session=False,
        logger=False,  # its INFO lines cost a third of the processor
        engineio_logger=False,
        http_compression=False,
    )


def page_values(context: Context) -> dict[str, Any]:
    """What every page's template may use."""
    language = reader_language()
    return {
        "lang": language,
        "demo": context.settings.demo,
        "simulation": context.demo.running,
        "hall_file": context.hall_file,
        "word": lambda key, **values: word(key, language, **values),
    }


logging.getLogger("flask_wtf.csrf").setLevel(logging.WARNING)  # each wrong token is answered, not worth a line

__all__ = ["PREFIX", "create_app"]
