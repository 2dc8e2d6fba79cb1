"""Runs one hall's server until it is stopped: listens at once, keeps time, ends cleanly."""

from __future__ import annotations

import logging
import signal
import time
from datetime import date

from queue_server import concurrency
from queue_server.compose import Composed, compose
from queue_server.demo.next_morning import go_on_to_next_morning
from queue_server.hall_file import HallFileError
from queue_server.mistake import Mistake
from queue_server.reports.table_keeper import TableKeeper
from queue_server.reports.tables import FILE as TABLES_FILE
from queue_server.reports.tables import RulesOn
from queue_server.service.timekeeper import keep_time
from queue_server.settings import Settings
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.versions import FILE as SETUP_FILE
from queue_server.setup.versions import Versions
from queue_server.stores.base import StorageTrouble
from queue_server.stores.opening import open_log
from queue_server.web.alert_signs import signs_of
from queue_server.web.context import EXTENSION, Context

logger = logging.getLogger(__name__)

KEEP_TIME_EVERY_SECONDS = 1.0
WRITE_LEDGER_EVERY_SECONDS = 10.0
SAY_AGAIN_SECONDS = 60.0


def serve_hall(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises Mistake with one sentence when the hall cannot start."""
    writer = concurrency.NativeThread()
    try:
        listener = concurrency.listen(settings.host, settings.port)
    except OSError as error:
        raise Mistake(
            f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}. "
            "Another program may use this port; choose another with --port."
        ) from error
    try:
        passwords = concurrency.NativeThread()
        reports = concurrency.NativeThread()
        composed = compose(settings, writer.run, async_mode="eventlet", slowly=passwords.run, read_reports=reports.run)
    except (HallFileError, StorageTrouble) as error:
        raise Mistake(str(error)) from error
    composed.socketio.start_background_task(_keep_time_for_ever, composed)
    composed.socketio.start_background_task(_keep_tables_for_ever, composed, settings)
    composed.socketio.start_background_task(_keep_ledger_for_ever, composed, writer)
    context: Context = composed.app.extensions[EXTENSION]
    if context.best_times is not None:
        keep, sleep = context.best_times.keep_for_ever, composed.socketio.sleep
        composed.socketio.start_background_task(keep, sleep, concurrency.NativeThread().run)
    concurrency.end_at(signal.SIGTERM)
    port = listener.getsockname()[1]
    logger.info("The hall serves at http://%s:%s", settings.host, port, extra={"action": "serving"})
    concurrency.serve(composed.app, listener)


class TroubleLog:
    """Says that the log cannot be used when that begins, changes or has lasted another minute; and when it is over."""

    def __init__(self) -> None:
        self._said: tuple[str, float] | None = None

    def trouble(self, trouble: StorageTrouble, now: float) -> None:
        if self._said is None or self._said[0] != str(trouble) or now - self._said[1] >= SAY_AGAIN_SECONDS:
            logger.error("%s", trouble, extra={"action": "storage_trouble"})
            self._said = (str(trouble), now)

    def over(self) -> None:
        if self._said is not None:
            logger.info("The log can be used again", extra={"action": "storage_back"})
        self._said = None


def _keep_time_for_ever(composed: Composed) -> None:
    context: Context = composed.app.extensions[EXTENSION]
    tidied_for: date | None = None
    trouble_log = TroubleLog()
    while True:
        composed.socketio.sleep(KEEP_TIME_EVERY_SECONDS)
        try:
            keep_time(composed.hall, context.booking_desk.missed)
            today = composed.hall.rules.day_of(composed.hall.clock.now())
            if today != tidied_for:
                context.visitor_words.forget_old(today)
                context.visitor_contacts.forget_old(today)
                context.visit_notes.forget_old(today)
                _tidy_audit(context)
                context.repair_desk.forget_old(today)
                tidied_for = today
            context.setup.follow(composed.hall, context.take_hall_file)
            context.alert_keeper.look(signs_of(context))
            context.repair_desk.follow()  # last: no alert waits for its file
            trouble_log.over()
            if context.settings.demo and go_on_to_next_morning(composed.hall):
                context.feed.tell_clock()
        except StorageTrouble as trouble:
            trouble_log.trouble(trouble, time.monotonic())
        except Exception:  # the hall must go on; the traceback is for the operator
            logger.exception("Keeping time failed", extra={"action": "timekeeper_failed"})


def _tidy_audit(context: Context) -> None:
    """Once a day. The newest seal goes to the operator's log: it proves later that nothing before it was changed."""
    context.audit.forget_old(context.hall_file.accounts.audit_days)
    seq, seal = context.audit.newest()
    logger.info("The audit stands at entry %s, seal %s", seq, seal, extra={"action": "audit_stands"})


def _keep_ledger_for_ever(composed: Composed, writer: concurrency.NativeThread) -> None:
    while True:
        composed.socketio.sleep(WRITE_LEDGER_EVERY_SECONDS)
        try:
            writer.run(composed.wait_ledger.write)
        except Exception:  # no number depends on it; the traceback is for the operator
            logger.exception("The ledger of waits could not be written", extra={"action": "ledger_failed"})


def _keep_tables_for_ever(composed: Composed, settings: Settings) -> None:
    """In a thread and on a connection of their own: nobody who wants a number waits for a report."""
    keeper = TableKeeper(
        settings.data / TABLES_FILE,
        lambda: open_log(settings.data, settings.database_url),
        composed.hall.usual_rules,
        concurrency.NativeThread().run,
        _rules_by_themselves(settings),
    )
    keeper.keep_for_ever(composed.socketio.sleep)


def _rules_by_themselves(settings: Settings) -> RulesOn:
    """What held on a day, read in the keeper's own thread: the hall's versions stay behind the hub's lock."""
    setup = HallSetup(settings.hall_file, Versions(settings.data / SETUP_FILE))
    return setup.rules_on
