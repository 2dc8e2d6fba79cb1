"""Puts the hall together: log, rules, clock, accounts, web, screens. The one place where every part meets."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, Flask
from flask_socketio import SocketIO
from werkzeug.middleware.proxy_fix import ProxyFix

from displays.pages import displays_blueprint
from displays.voice.engine_command import engine_of
from displays.voice.hall_voice import hall_voice
from displays.voice.pack_pages import Surroundings, pack_blueprint
from displays.voice.pages import voice_blueprint
from displays.voice.phrase import Call
from displays.voice.sounds import Sounds
from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import Broadcast
from displays.voice.voice_pack import VoicePack
from kiosk.pages import kiosk_blueprint
from queue_server.accounts import Accounts, DeviceKind, Role
from queue_server.bell import Bell
from queue_server.clock import DemoClock, HallClock, SteadyClock
from queue_server.data_folder import alone_in
from queue_server.demo.marker import is_demo_folder, mark_as_demo
from queue_server.demo.password import DEMO_PASSWORD
from queue_server.demo.start_time import demo_start
from queue_server.domain.apply import replay
from queue_server.domain.events import DayClosed, NoticePutUp, TicketCalled
from queue_server.domain.rules import HallRules
from queue_server.foresight.base import Forecaster
from queue_server.foresight.best_time.keeper import BestTimes
from queue_server.foresight.learn_habits import PastDay
from queue_server.foresight.ledger import Shown
from queue_server.foresight.monte_carlo import MonteCarlo
from queue_server.foresight.queue_work import QueueWork
from queue_server.foresight.recent_days import RecentDays
from queue_server.foresight.worker_client import ANSWERS_WITHIN_SECONDS, WorkerClient
from queue_server.hall_file import HallFile
from queue_server.reports.best_time_ledger import FILE as BEST_TIMES_FILE
from queue_server.reports.best_time_ledger import BestTimeLedger
from queue_server.reports.wait_ledger import FILE as WAITS_FILE
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.service.hall import Hall, Run, run_here
from queue_server.settings import Settings
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.versions import FILE as SETUP_FILE
from queue_server.setup.versions import Versions
from queue_server.stores.base import Log, StorageTrouble
from queue_server.stores.bookings import Bookings
from queue_server.stores.opening import open_log
from queue_server.stores.screen_files import FOLDER as SCREEN_FILES
from queue_server.stores.screen_files import ScreenFiles
from queue_server.stores.visitor_contacts import VisitorContacts
from queue_server.stores.visitor_words import VisitorWords
from queue_server.web.app import create_app, page_values
from queue_server.web.context import Context, VoiceAway, here
from queue_server.web.pages.setup.setup_frame import draw, go_on
from queue_server.web.rate_limits import RateLimits
from queue_server.web.security import known, needs_device, needs_role, takes_up_to
from queue_server.web.shared_rate_limits import SharedRateLimiter
from queue_server.web.told_waits import ToldWaits
from queue_server.web.views import voice_view
from queue_server.web.words import reader_language, word

logger = logging.getLogger(__name__)

DAYS_TO_LEARN_FROM = 20  # four weeks: each weekday four times
VOICE_PACK = "voice-pack"
DEMO_DEVICES = (
    (DeviceKind.KIOSK, "K1"),
    (DeviceKind.DISPLAY, "D1"),
    (DeviceKind.PRINTER, "K1"),
    (DeviceKind.VOICE, "V1"),
)


@dataclass(frozen=True, slots=True)
class Composed:
    app: Flask
    socketio: SocketIO
    hall: Hall
    log: Log
    wait_ledger: WaitLedger


def compose(
    settings: Settings,
    off_hub: Run = run_here,
    async_mode: str = "threading",
    limits: RateLimits | None = None,
    slowly: Run = run_here,
    read_reports: Run = run_here,
) -> Composed:
    """A hall ready to be served. Raises HallFileError or StorageTrouble, both with what to do. `slowly`: where
    passwords are hashed; `read_reports`: where the past is read and learnt from."""
    setup = HallSetup(settings.hall_file, Versions(settings.data / SETUP_FILE))
    hall_file = setup.hall_file()
    keep_demo_apart(settings)
    bell = make_bell(settings.redis_url, hall_file.id) if settings.redis_url else None
    with alone_in(settings.data):
        log: Log = off_hub(open_log, settings.data, settings.database_url)
        visitor_words = VisitorWords(settings.data / "private.sqlite")
        visitor_contacts = VisitorContacts(settings.data / "contacts.sqlite")
        bookings = Bookings(settings.data / "bookings.sqlite")
        wait_ledger: WaitLedger = off_hub(WaitLedger, settings.data / WAITS_FILE)
        accounts = Accounts.open(settings.data, slowly)
        hall_file = setup.with_people_of(accounts.staff, hall_file)
        accounts.set_people(hall_file.people)
        if settings.demo:
            make_demo_accounts(accounts, hall_file)
    clock = make_clock(settings, hall_file.rules, log)
    hall = Hall(log, hall_file.rules, clock, off_hub)
    recent = RecentDays(
        lambda today: past_days(settings, hall.usual_rules, today, setup.rules_on),
        lambda first, last: waits_told(settings, first, last),
        read_reports,
    )
    told_waits = ToldWaits(wait_ledger, lambda: recent.kept)
    today = hall.read(lambda day, _: day.day)
    told_waits.go_on_with(today, off_hub(wait_ledger.of_day, today))
    forecaster = make_forecaster(settings, recent, read_reports)
    best_times = make_best_times(settings, hall, recent, forecaster, off_hub)
    sounds = make_sounds(settings, hall_file)
    surfaces = (
        make_kiosk,
        make_displays,
        lambda _: make_voice(sounds, hall),
        lambda context: make_pack_page(sounds, context),
    )
    app, socketio = create_app(
        hall,
        hall_file,
        forecaster,
        accounts,
        settings,
        surfaces,
        visitor_words=visitor_words,
        visitor_contacts=visitor_contacts,
        bookings=bookings,
        told_waits=told_waits,
        best_times=best_times,
        async_mode=async_mode,
        limits=limits,
        setup=setup,
        read_reports=read_reports,
        speak=lambda text, language, slow: speak(sounds, text, language, slow),
    )
    if bell is not None:  # other processes serve this hall too
        app.extensions["rate_limiter"] = SharedRateLimiter(settings.redis_url, hall_file.id)
        hall.tell_others_by(bell.ring)
        bell.start(lambda: look_at_the_log(hall))
    if settings.behind_proxy:  # one web server in front of us: its word for who asks, by which name and how
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return Composed(app, socketio, hall, log, wait_ledger)


def make_bell(redis_url: str, hall: str) -> Bell:
    try:
        return Bell(redis_url, hall)
    except ValueError as error:
        raise StorageTrouble("XINTING_REDIS_URL cannot be read.", "Write it as redis://host:6379/0.") from error


def look_at_the_log(hall: Hall) -> None:
    with suppress(StorageTrouble):  # the timekeeper looks each second, and says so when it cannot
        hall.catch_up()


def make_forecaster(settings: Settings, recent: RecentDays, read_reports: Run) -> Forecaster:
    if settings.forecaster == "queue_work":
        return QueueWork(lambda today: [day.state for day in recent.of(today).days])
    return MonteCarlo(
        WorkerClient(),
        lambda today: recent.of(today).days,
        lambda today: recent.of(today).straight,
        run=read_reports,
        beside=run_here if read_reports is run_here else begin_beside,
    )


def make_best_times(
    settings: Settings, hall: Hall, recent: RecentDays, forecaster: Forecaster, off_hub: Run
) -> BestTimes | None:
    if not isinstance(forecaster, MonteCarlo):
        return None
    return BestTimes(
        lambda: hall.usual_rules,
        lambda: hall.rules.day_of(hall.clock.now()),
        lambda today: recent.of(today).days,
        off_hub(BestTimeLedger, settings.data / BEST_TIMES_FILE),
        lambda coming: forecaster.worker.work_out(coming, ANSWERS_WITHIN_SECONDS),
    )


def begin_beside(work: Callable[[], None]) -> None:
    """What nobody waits for; under eventlet a greenlet."""
    threading.Thread(target=work, daemon=True).start()


def past_days(
    settings: Settings, rules: HallRules, today: date, rules_on: Callable[[date, HallRules], HallRules]
) -> list[PastDay]:
    """The last few working days before today, from which waits are learnt; each by the rules that held on it. On a
    connection of its own: it takes a second, and nobody who wants a number waits for it."""
    found = []
    with closing(open_log(settings.data, settings.database_url)) as log:
        for day in [day for day in log.days(rules.hall) if day < today][-DAYS_TO_LEARN_FROM:]:
            events = [recorded.event for recorded in log.read(rules.hall, day)]
            found.append(PastDay(replay(rules_on(day, rules), day, events), events))
    return found


def waits_told(settings: Settings, first: date, last: date) -> Sequence[Shown]:
    with closing(WaitLedger(settings.data / WAITS_FILE)) as ledger:
        return ledger.between(first, last)


def frame(context: Context) -> dict[str, object]:
    """What the frame of every page wants."""
    return {**page_values(context), "hall_name": context.hall_file.name.zh}


def make_kiosk(context: Context) -> Blueprint:
    """The kiosk's pages; a package of its own, so it gets what it needs handed in."""

    def values() -> dict[str, object]:
        someone = known()
        device = someone.id if someone and someone.role == DeviceKind.KIOSK else None
        screens = context.hall_file.screens
        printers = {printer.id for printer in context.hall_file.printers}
        measures = screens.kiosks.get(device or "", screens.kiosk)
        return {
            **frame(context),
            "kiosk": device,
            "printer": device if device in printers else None,
            "long_side_mm": measures.long_side_mm,
            "lower_edge_mm": measures.lower_edge_mm,
        }

    return kiosk_blueprint(needs_kiosk=needs_device(DeviceKind.KIOSK.value), page_values=values)


def make_displays(context: Context) -> Blueprint:
    files = ScreenFiles(context.settings.data / SCREEN_FILES)

    def values() -> dict[str, object]:
        someone = known()
        display = someone.id if someone and someone.role == DeviceKind.DISPLAY else ""
        # both languages stand on them, Chinese first
        return {**frame(context), "lang": "zh", "display": display}

    return displays_blueprint(
        needs_display=needs_device(DeviceKind.DISPLAY.value),
        page_values=values,
        zones=lambda: context.hall_file.zones,
        counters=lambda: context.hall.rules.counters,
        corner_files=lambda: [{"name": one.name, "kind": one.kind} for one in files.all()],
        corner_folder=files.folder,
    )


def make_pack_page(sounds: Sounds, context: Context) -> Blueprint:
    """The page on which the centre records its own voice."""
    assert sounds.pack is not None
    around = Surroundings(
        needs_administrator=needs_role(Role.ADMINISTRATOR.value),
        needs_voice=needs_device(DeviceKind.VOICE.value),
        takes_up_to=takes_up_to,
        draw=draw,
        word=lambda key: word(key, reader_language()),
        go_on=go_on,
        tell_voices=context.feed.tell_setup,
        languages=lambda: context.hall_file.voice.languages,
        letters=lambda: letters_of(context.hall.rules),
        counters=lambda: list(context.hall.rules.counters),
        now=lambda: context.hall.rules.local(context.hall.clock.now()),
    )
    return pack_blueprint(sounds.pack, sounds, around)


def letters_of(rules: HallRules) -> list[str]:
    """With which its numbers begin."""
    rows = [*rules.zones.values(), *rules.services.values()]
    return sorted({row.prefix for row in rows if row.prefix})


def keep_demo_apart(settings: Settings) -> None:
    """A demo marks its folder; a real hall refuses one that is marked. Raises StorageTrouble."""
    if settings.demo and settings.database_url:
        raise StorageTrouble(
            "A demo keeps its log in its own folder, never in a database.", "Leave XINTING_DATABASE_URL empty."
        )
    if settings.demo:
        mark_as_demo(settings.data)
    elif is_demo_folder(settings.data):
        raise StorageTrouble(
            f"The folder {settings.data} was a demo's: its passwords are public.",
            "Give the hall a folder of its own with --data.",
        )


def make_clock(settings: Settings, rules: HallRules, log: Log) -> HallClock:
    if not settings.demo:
        return SteadyClock()
    days = log.days(rules.hall)
    events = log.read(rules.hall, days[-1]) if days else []
    last_at = events[-1].event.at if events else None
    last_day = days[-1] if days else None
    if events and last_day and isinstance(events[-1].event, DayClosed):
        last_at = datetime.combine(last_day, datetime.max.time(), tzinfo=rules.timezone).astimezone(UTC)
    return DemoClock(demo_start(rules, datetime.now(UTC), last_day, last_at))


def make_demo_accounts(accounts: Accounts, hall_file: HallFile) -> None:
    accounts.people.set_everybodys_first_password(DEMO_PASSWORD, [person.id for person in hall_file.people])
    for kind, device in DEMO_DEVICES:
        accounts.enrol_demo_device(kind, device)


def make_sounds(settings: Settings, hall_file: HallFile) -> Sounds:
    engine = engine_of(settings.voice_engine)
    pack = VoicePack(settings.data / VOICE_PACK)
    return Sounds(settings.data / "voice", engine, hall_file.voice.languages, pack=pack)


def speak(sounds: Sounds, text: str, language: str, slow: bool) -> tuple[str, float] | None:
    """A part of a kiosk's screen as a sound that its browser can fetch."""
    try:
        made = sounds.spoken(text, language, slow=slow)
    except VoiceTrouble as trouble:
        logger.error("A screen could not be read aloud: %s", trouble, extra={"action": "voice_sound_failed"})
        raise VoiceAway from trouble
    return (f"/displays/voice/spoken/{made.path.stem}.wav", made.seconds) if made else None


def make_voice(sounds: Sounds, hall: Hall):  # type: ignore[no-untyped-def]
    """The voice's blueprint: sound files of calls that the log knows, of today only."""
    begin_beside(sounds.warm_up)

    def find_words(day: str, seq: int) -> Call | Broadcast | None:
        recorded = next(iter(hall.events(after=seq - 1)), None) if seq > 0 else None
        match recorded.event if recorded is not None and recorded.day.isoformat() == day else None:
            case TicketCalled() as event:
                care = hall.read(lambda today, _: today.tickets[event.ticket].care)
                return Call(event.ticket, event.counter, event.attempt, care)
            case NoticePutUp(speak=True) as event:
                return Broadcast.of({"zh": event.text_zh, "en": event.text_en}, emergency=event.emergency)
        return None

    def gain_db() -> float:
        """Takes over the hall's settings of now: its file may be another one since the last call."""
        wanted = hall_voice(voice_view(here().hall_file.voice))
        sounds.follow(wanted)
        return wanted.volume.gain_db(hall.rules.local(hall.clock.now()).time())

    return voice_blueprint(find_words, sounds, gain_db)
