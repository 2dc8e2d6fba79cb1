"""Every page of the staff, in both languages; `python -m tests.shots.run staff` takes these pictures alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from queue_server.demo.password import DEMO_PASSWORD
from queue_server.demo.profile import LEFT_FREE
from tests.e2e.browsers import DESK, SCREEN, TABLET, Browsers
from tests.shots.demo_hall import DemoHall

LANGUAGES = ("zh", "en")
SETTLES_MS = 700  # charts and the feed's first picture
STRIP = {"width": 360, "height": 760}
# who opens what, on which screen, and what must stand there before the picture is taken
PAGES = {
    "desk": ("liu", "/desk", DESK, ".desk-checklist"),
    "desk_strip": ("liu", "/desk", STRIP, ".desk-verbs"),
    "guide": ("ma", "/guide", TABLET, ".guide-row"),
    "supervisor": ("sun", "/supervisor", SCREEN, "main [data-zone], main [data-tone]"),
    "supervisor_at_a_pc": ("sun", "/supervisor", DESK, "main [data-zone], main [data-tone]"),
    "supervisor_wall": ("sun", "/supervisor/wall", SCREEN, "[data-zone]"),
    "kiosks": ("sun", "/supervisor/kiosks", DESK, "#page h1"),
    "devices": ("sun", "/supervisor/devices", DESK, "#page h1"),
    "by_hand": ("sun", "/by-hand?numbers=1", DESK, "#page h1"),
    "staffing": ("sun", "/staffing", DESK, "#page h1"),
    "history": ("sun", "/history", DESK, "#page h1"),
    "when": ("sun", "/when", DESK, "main"),
    "audit": ("sun", "/audit", DESK, "#page h1"),
    "poster": ("sun", "/poster", DESK, "main"),
    "account": ("admin", "/account", DESK, "#page h1"),
    "setup_history": ("admin", "/setup", DESK, "#page h1"),
    "setup_changes": ("admin", "/setup/changes", DESK, "#page h1"),
    "setup_people": ("admin", "/setup/people", DESK, "#page h1"),
    "setup_person": ("admin", "/setup/people/ma", DESK, "#page h1"),
    "setup_devices": ("admin", "/setup/devices", DESK, "#page h1"),
    "setup_zone": ("admin", "/setup/zones/0", DESK, "#page h1"),
    "setup_hours": ("admin", "/setup/hours", DESK, "#page h1"),
    "setup_service": ("admin", "/setup/services/TQ04", DESK, "#page h1"),
    "setup_phrases": ("admin", "/setup/phrases", DESK, "#page h1"),
    "setup_wording": ("admin", "/setup/wording", DESK, "#page h1"),
    "setup_sentence": ("admin", "/setup/wording/kiosk.greeting", DESK, "#page h1"),
    "setup_limits": ("admin", "/setup/limits", DESK, "#page h1"),
    "setup_alert_rules": ("admin", "/setup/alert_rules", DESK, "#page h1"),
    "setup_figures": ("admin", "/setup/figures", DESK, "#page h1"),
    "setup_voice_pack": ("admin", "/setup/voice-pack", DESK, "#page h1"),
    "setup_screen_files": ("admin", "/setup/screen-files", DESK, "#page h1"),
    "setup_file": ("admin", "/setup/files/hall-file", DESK, "#page h1"),
}


def take_staff_pages(browsers: Browsers, hall: DemoHall, take: Callable[[Page, str], object]) -> None:
    a_visitor_is_served(hall)
    for language in LANGUAGES:
        sign_in = browsers.open(f"/sign-in?lang={language}", DESK)
        sign_in.wait_for_selector("#person")
        take(sign_in, f"staff/sign_in.{language}")
        for name, (person, path, size, there) in PAGES.items():
            page = browsers.open("/sign-in", size)
            origin = "/".join(page.url.split("/")[:3])
            page.request.post(f"{origin}/api/v1/session", data={"person": person, "password": DEMO_PASSWORD})
            if name.startswith("supervisor"):  # the chart is there
                hall.foresee()
            page.goto(f"{origin}{path}{'&' if '?' in path else '?'}lang={language}")
            page.wait_for_selector(there)
            page.wait_for_timeout(SETTLES_MS)
            take(page, f"staff/{name}.{language}")
            page.context.close()


def a_visitor_is_served(hall: DemoHall) -> None:
    """At the counter that the simulated officers leave free."""
    officer = hall.member("liu")
    officer.post(f"/counters/{LEFT_FREE}/open")
    called = officer.post(f"/counters/{LEFT_FREE}/call-next")["ticket"]
    officer.post(f"/tickets/{called['ticket']}/start")
