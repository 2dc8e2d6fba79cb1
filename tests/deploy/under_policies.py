"""A real Chromium under the kiosk's policies, in a mount namespace of its own: what loads, and what does not.

`unshare -m python -m tests.deploy.under_policies POLICIES FOLDER ADDRESS…` prints one JSON line: address → what stands
in the page's place afterwards, and whether a picture can be taken.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from device.browser import browser_command
from device.devtools import Chromium, NoAnswer

MANAGED = Path("/etc/chromium/policies/managed")
WITHIN_SECONDS = 20.0


def main(policies: Path, folder: Path, addresses: list[str]) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/etc/chromium"], check=True)
    MANAGED.mkdir(parents=True)
    (MANAGED / "xinting.json").write_bytes(policies.read_bytes())
    os.environ["XINTING_BROWSER_OPTIONS"] = "--no-sandbox --headless=new --disable-gpu"
    found = {}
    for place, address in enumerate(addresses):
        browser = Chromium(browser_command(address, folder / f"profile-{place}"))
        try:
            found[address] = shown(browser)
        finally:
            browser.end()
    print(json.dumps(found))


def shown(browser: Chromium) -> dict[str, object]:
    """Once the page is there, whatever it is."""
    until = time.monotonic() + WITHIN_SECONDS
    address = ""
    while time.monotonic() < until:
        try:
            address = browser.address()
            if address and not address.startswith("about:"):
                return {"address": address, "text": browser.text()[:2000], "picture": len(browser.picture())}
        except NoAnswer as error:
            address = f"no answer: {error}"
        time.sleep(0.1)
    return {"address": address, "text": "", "picture": 0}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
