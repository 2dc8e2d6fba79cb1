"""`xinting kiosk`: the kiosk device. Prints what its touch pages asked for; shows the pages when told to."""

from __future__ import annotations

import threading
from pathlib import Path

from displays.browser import show_for_ever
from printers.agent import main_agent


def run_kiosk(server_url: str, token: str, printer: str, device_url: str, data: Path, browser: bool) -> None:
    """Blocks. The paper has its own thread of life: a browser that falls never stops the printer."""
    if browser:
        page = f"{server_url.rstrip('/')}/devices/enter/{token}?next=/kiosk"
        threading.Thread(target=show_for_ever, args=(page, data / "kiosk-browser"), daemon=True).start()
    main_agent(server_url, token, printer, device_url, data / f"spool-{printer}.sqlite")
