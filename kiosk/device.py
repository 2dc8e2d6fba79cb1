"""`xinting kiosk`: the kiosk device. Serves its touch pages and prints; goes on without the hall."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from device.agent import Deed, DeviceAgent
from device.browser import Screen
from kiosk.alone.desk import AloneDesk
from kiosk.alone.gateway import Gateway
from kiosk.alone.hall_line import HallLine
from kiosk.alone.store import AloneStore, Answer, DiskFull
from kiosk.card.reader import CardReader
from kiosk.card.teller import CardTeller
from printers.agent import PrintAgent, until_told_to_stop

logger = logging.getLogger(__name__)

ASK_WITHIN_SECONDS = 5.0
ASK_AGAIN_SECONDS = 3.0
PRINTER = "own/printer"  # where it was when the hall last said so


@dataclass(frozen=True, slots=True)
class KioskSettings:
    server_url: str
    token: str
    printer: str
    data: Path
    port: int = 0  # of the touch pages on this machine; 0: any
    device_url: str | None = None  # None: the hall's file says where the printer is
    screen: Screen | None = None
    card_reader: CardReader | None = None


def run_kiosk(settings: KioskSettings) -> bool:
    """Blocks; then says whether it was asked to start again. The paper has its own thread of life: a browser, a line or
    a card reader that falls never stops it."""
    store = AloneStore(settings.data / f"alone-{settings.printer}.sqlite")
    desk = AloneDesk(store)
    device_url = settings.device_url or device_of_hall(settings, store)
    agent = PrintAgent(
        settings.server_url,
        settings.token,
        settings.printer,
        device_url,
        settings.data / f"spool-{settings.printer}.sqlite",
        has_another_paper=store.has_another_paper,
    )
    line = HallLine(settings.server_url, settings.token, store, desk)
    gateway = Gateway(
        settings.server_url,
        settings.token,
        store,
        desk,
        print_job=agent.take_own,
        paper_of_press=agent.paper_of_press,
        paper_turn=agent.paper_turn,
        paper_states=agent.paper_states,
        printer_view=agent.printer_view,
        rang=line.ring,
    )
    if settings.card_reader is not None:
        CardTeller(settings.server_url, settings.token, settings.card_reader).start()
    threading.Thread(target=line.run, name="hall-line", daemon=True).start()
    if (server := _serve(gateway, settings.port)) is not None:
        page = f"http://127.0.0.1:{server.port}/kiosk"
        logger.info("Touch pages at %s", page, extra={"action": "touch_pages"})
        if settings.screen is not None:
            settings.screen.show(page)
    device = _device_agent(settings, store, agent, server)
    device.start()
    until_told_to_stop(agent)
    line.stop()
    if settings.screen is not None:
        settings.screen.stop()
        settings.screen.wait_for_end()
    return device.starts_again


def _device_agent(
    settings: KioskSettings, store: AloneStore, printing: PrintAgent, server: BaseWSGIServer | None
) -> DeviceAgent:
    screen = settings.screen
    parts: dict[str, Callable[[], Any]] = {
        "printer": lambda: {"problem": printing.condition()},
        "alone": lambda: {"kept": sum(store.in_hand().values()), "untold": len(store.untold())},
    }
    deeds: dict[str, Deed] = {}
    if screen is not None:
        parts["screen"] = screen.report
        deeds = {"restart_screen": screen.start_again, "picture": screen.picture}
    return DeviceAgent(
        settings.server_url,
        settings.token,
        "kiosk",
        settings.data,
        parts,
        deeds,
        stop_program=printing.stop,
        is_well=lambda: server is None or answers(server.port),
    )


def answers(port: int) -> bool:
    """Whether the touch pages are served: a program that lives and serves nobody is to be started again."""
    try:
        return requests.get(f"http://127.0.0.1:{port}/", timeout=ASK_WITHIN_SECONDS).status_code == 404
    except requests.RequestException:
        return False


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: what visitors touch is nobody's business."""


def _serve(gateway: Gateway, port: int) -> BaseWSGIServer | None:
    """For this machine's browser alone. None when the port is taken: the printer goes on all the same."""
    try:
        server = make_server("127.0.0.1", port, gateway, threaded=True, request_handler=_QuietHandler)
    except (OSError, SystemExit) as error:  # werkzeug ends the program where a port is taken
        logger.error(
            "No touch pages: port %s is taken (%s). Choose another with --port.", port, error, extra={"action": "port"}
        )
        return None
    threading.Thread(target=server.serve_forever, name="touch-pages", daemon=True).start()
    return server


def device_of_hall(settings: KioskSettings, store: AloneStore) -> str:
    """Where the hall's file says this printer is, or said when it could last be asked. Waits where it never could."""
    url = f"{settings.server_url.rstrip('/')}/api/v1/printers/{settings.printer}"
    while True:
        try:
            headers = {"Authorization": f"Bearer {settings.token}"}
            answer = requests.get(url, headers=headers, timeout=ASK_WITHIN_SECONDS)
            answer.raise_for_status()
            device = str(answer.json()["device"])
            with suppress(DiskFull):
                store.keep_answer(PRINTER, Answer("text/plain", device.encode()))
            return device
        except (requests.RequestException, ValueError, KeyError) as error:
            if kept := store.answer(PRINTER):
                return kept.body.decode()
            logger.warning("The hall does not say where printer %s is (%s); asking again", settings.printer, error)
            time.sleep(ASK_AGAIN_SECONDS)
