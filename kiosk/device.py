"""`xinting kiosk`: the kiosk device. Prints what its touch pages asked for; shows the pages when told to."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

import requests

from displays.browser import show_for_ever
from kiosk.card.reader import CardReader
from kiosk.card.teller import CardTeller
from printers.agent import main_agent

logger = logging.getLogger(__name__)

ASK_WITHIN_SECONDS = 5.0
ASK_AGAIN_SECONDS = 3.0


def run_kiosk(
    server_url: str,
    token: str,
    printer: str,
    device_url: str | None,
    data: Path,
    browser: bool,
    card_reader: CardReader | None = None,
) -> None:
    """Blocks. Without `device_url` the hall's file says where the printer is.

    The paper has its own thread of life: a browser that falls, or a card reader, never stops the printer.
    """
    if browser:
        page = f"{server_url.rstrip('/')}/devices/enter/{token}?next=/kiosk"
        threading.Thread(target=show_for_ever, args=(page, data / "kiosk-browser"), daemon=True).start()
    if card_reader is not None:
        CardTeller(server_url, token, card_reader).start()
    device_url = device_url or device_of_hall(server_url, token, printer)
    main_agent(server_url, token, printer, device_url, data / f"spool-{printer}.sqlite")


def device_of_hall(server_url: str, token: str, printer: str) -> str:
    """Where the hall's file says this printer is. Waits for a server that is away: without it nothing is to print."""
    url = f"{server_url.rstrip('/')}/api/v1/printers/{printer}"
    while True:
        try:
            answer = requests.get(url, headers={"Authorization": f"Bearer {token}"}, timeout=ASK_WITHIN_SECONDS)
            answer.raise_for_status()
            return str(answer.json()["device"])
        except (requests.RequestException, ValueError, KeyError) as error:
            logger.warning("The hall does not say where printer %s is (%s); asking again", printer, error)
            time.sleep(ASK_AGAIN_SECONDS)
