"""How the tests start a browser and take its picture, wherever they do."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Error, Locator, Page

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",  # containers have little shared memory, and a picture of a large page needs some
        "--disable-background-networking",
        "--use-fake-device-for-media-stream",  # a microphone that beeps
        "--autoplay-policy=no-user-gesture-required",  # as a hall's display is set up: it speaks without a touch
    ],
}

PICTURE_TRIES = 3


def picture_of(target: Page | Locator, **options: Any) -> bytes:
    """A PNG of a page or a part. Chromium now and then cannot take one while a page is being replaced: then again."""
    for _ in range(PICTURE_TRIES - 1):
        try:
            return target.screenshot(**options)
        except Error as error:
            if "Unable to capture screenshot" not in str(error):
                raise
    return target.screenshot(**options)
