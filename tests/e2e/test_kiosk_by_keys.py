"""The kiosk for those who do not see it, do not reach it, take their time, or are four years old."""

import contextlib
import json
import os
import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.acts import number_on, tap
from tests.e2e.browsers import KIOSK, keep_picture
from tests.e2e.hall_process import wait_until

pytestmark = pytest.mark.browser

CHILD_SECONDS = int(os.environ.get("CHILD_SECONDS", "4"))  # a minute in `make soak`
STEPS_AT_MOST = 40


@pytest.fixture
def hall(shared_hall):
    return shared_hall


class Ear:
    """Hears what the kiosk has said, and nothing else: whoever uses it knows the screen by that alone."""

    def __init__(self, kiosk: Page) -> None:
        self.kiosk = kiosk
        self.heard: list[dict[str, str]] = []
        self.sounds: list[int] = []
        kiosk.on("request", self._listen)
        kiosk.on("response", lambda answer: "/voice/spoken/" in answer.url and self.sounds.append(answer.status))

    def _listen(self, request: Request) -> None:
        if request.url.endswith("/api/v1/speech"):
            self.heard.append(json.loads(request.post_data or "{}"))

    def hears(self, words: str) -> None:
        wait_for(self.kiosk, lambda: any(words in part["text"] for part in self.heard))

    def press(self, key: str) -> str:
        """Presses a key and hears what comes of it."""
        before = len(self.heard)
        self.kiosk.keyboard.press(key)
        wait_for(self.kiosk, lambda: len(self.heard) > before)
        return self.heard[-1]["text"]

    def choose(self, words: str) -> None:
        """Goes on until the kiosk names it, then presses Enter."""
        for _ in range(STEPS_AT_MOST):
            if words in self.press("ArrowDown"):
                self.heard.clear()
                self.kiosk.keyboard.press("Enter")
                return
        raise AssertionError(f"the kiosk never said “{words}”")


def wait_for(page: Page, what) -> None:  # type: ignore[no-untyped-def]
    """Until it is true; Playwright hears its events only while it waits itself."""
    wait_until(lambda: (page.wait_for_timeout(20), what())[1])


def test_by_ear_and_three_keys_from_the_first_screen_to_the_number(hall, browsers):
    kiosk = browsers.kiosk()
    ear = Ear(kiosk)
    kiosk.keyboard.press("F2")
    ear.hears("朗读已打开")
    ear.choose("退休 离职取钱")
    ear.hears("您要办的是哪一样")
    ear.choose("退休取钱")
    ear.hears("退休取钱")
    ear.choose("不用，谢谢")
    wait_for(kiosk, lambda: any(re.search("您的号|想怎么办", part["text"]) for part in ear.heard))
    if not kiosk.locator("[data-ticket]").count():
        ear.choose("到窗口，当面办")
    number = number_on(kiosk)

    ear.hears(number)
    keep_picture(kiosk, "kiosk-by-ear")
    assert set(ear.sounds) & {200, 206}  # they were made and fetched, not only asked for
    expect(kiosk.locator("[data-paper=printed]")).to_be_visible()  # news that is said, and said again, by itself
    kiosk.keyboard.press("F4")
    wait_for(kiosk, lambda: any(part.get("slow") for part in ear.heard))
    ear.heard.clear()
    kiosk.keyboard.press("F3")
    ear.hears("您的号")
    assert browsers.console_errors == []


def test_by_ear_in_english_with_a_numeric_keypad(hall, browsers):
    kiosk = browsers.kiosk()
    ear = Ear(kiosk)
    kiosk.keyboard.press("NumpadMultiply")
    ear.hears("朗读已打开")
    tap(kiosk, "[data-action=language]")
    ear.hears("What brings you here")
    assert ear.heard[-1]["language"] == "en"
    while "Rent" not in ear.press("Numpad2"):
        pass  # goes round: the test's own time limit ends it
    kiosk.keyboard.press("Numpad5")
    expect(kiosk.locator("[data-screen=tile]")).to_be_visible()
    kiosk.keyboard.press("Numpad7")
    expect(kiosk.locator("[data-screen=home]")).to_be_visible()


def test_by_keyboard_alone_with_the_focus_always_to_be_seen(hall, browsers):
    kiosk = browsers.kiosk()
    seen = set()
    for _ in range(STEPS_AT_MOST):
        kiosk.keyboard.press("ArrowDown")
        here = kiosk.evaluate("""() => {
          const { outlineWidth, outlineStyle } = getComputedStyle(document.activeElement);
          return [document.activeElement.textContent.trim(), outlineStyle !== "none" && parseFloat(outlineWidth) >= 3];
        }""")
        assert here[1], f"nobody sees that the focus is on {here[0]}"
        seen.add(here[0])
    assert {"大字", "♥请人帮我", "全部事项按类别看，还有咨询投诉"} <= {re.sub(r"\s+", "", text) for text in seen}
    kiosk.keyboard.press("F1")
    expect(kiosk.locator("[data-over=help-coming]")).to_be_visible()
    kiosk.keyboard.press("Escape")
    expect(kiosk.locator(".over")).to_have_count(0)


def test_modes_last_for_the_visit_and_are_gone_for_the_next_visitor(hall, browsers):
    kiosk = browsers.kiosk()
    page = kiosk.locator("html")
    tap(kiosk, "[data-mode=large]", "[data-mode=contrast]", "[data-mode=low]", "[data-tile=leaving]")
    kiosk.wait_for_selector("[data-screen=tile]")
    expect(page).to_have_class(re.compile("is-large is-contrast is-low"))
    tap(kiosk, "[data-action=home]")
    expect(page).to_have_class(re.compile("is-large is-contrast is-low"))
    tap(kiosk, "[data-action=search]")
    kiosk.keyboard.type("tuixiu", delay=60)
    tap(kiosk, "[data-screen=search] [data-service=TQ11]", "[data-answer=care]")
    number_on(kiosk)
    tap(kiosk, "[data-action=done]")
    kiosk.wait_for_selector("[data-screen=home]")
    expect(page).not_to_have_class(re.compile("is-"))


def test_whoever_needs_longer_is_asked_and_may_stay_ten_times(hall, browsers):
    kiosk = browsers.open("/sign-in", KIOSK, has_touch=True)
    kiosk.clock.install()
    kiosk.goto(hall.enter("kiosk", "/kiosk"))
    tap(kiosk, "[data-tile=leaving]")
    warning = kiosk.locator("[data-over=idle]")
    for _ in range(11):
        kiosk.clock.run_for(61_000)
        expect(warning).to_be_visible()
        tap(kiosk, "[data-action=stay]")
        expect(warning).to_have_count(0)
        expect(kiosk.locator("[data-screen=tile]")).to_be_visible()
    kiosk.clock.run_for(61_000)
    expect(warning).to_contain_text(re.compile("1[89]|20"))  # seconds in which one touch is enough
    kiosk.clock.run_for(21_000)
    expect(kiosk.locator("[data-screen=home]")).to_be_visible()


def test_a_childs_hands_on_the_glass_take_no_numbers_and_break_nothing(hall, browsers):
    kiosk = browsers.kiosk()
    before = len(hall.events())

    kiosk.evaluate(
        """seconds => new Promise(done => {
          let touches = 0;
          const hands = setInterval(() => {
            const [x, y] = [Math.random() * innerWidth, Math.random() * innerHeight];
            const what = document.elementFromPoint(x, y);
            const touch = { bubbles: true, cancelable: true, composed: true, clientX: x, clientY: y, detail: 1 };
            what?.dispatchEvent(new PointerEvent("pointerdown", touch));
            what?.dispatchEvent(new MouseEvent("click", touch));
            if ((touches += 1) >= seconds * 100) { clearInterval(hands); done(touches); }
          }, 10);
        })""",
        CHILD_SECONDS,
    )

    happened = [event["name"] for event in hall.events()[before:]]
    assert happened.count("ticket_issued") <= 1  # before a person would notice that it is no person
    assert len(happened) <= 4
    expect(kiosk.locator(".slowly")).to_be_hidden()  # the hands have rested
    kiosk.keyboard.press("Escape")
    if not kiosk.locator("[data-screen=home]").count():
        tap(kiosk, "[data-action=home], [data-action=done]")
    tap(kiosk, "[data-tile=leaving]")
    expect(kiosk.locator("[data-screen=tile]")).to_be_visible()
    assert browsers.console_errors == []


def scan(kiosk, code: str, selector: str, says: str) -> None:
    """As a scanner sends it. A busy machine may send the keys so slowly that they are no scan: then once more."""

    def came() -> bool:
        kiosk.keyboard.type(f"{code}\n")
        with contextlib.suppress(AssertionError):
            expect(kiosk.locator(selector)).to_contain_text(says, timeout=3000)
            return True
        if kiosk.locator("[data-action=home]").count():
            tap(kiosk, "[data-action=home]")
        return False

    wait_until(came)


def test_what_a_scanner_writes_is_looked_up_from_any_screen(hall, browsers):
    taken = hall.take_number("TQ02")
    kiosk = browsers.kiosk()
    for code, says in (
        ("https://u.alipay.com/pay?x=1", "不是大厅的号票"),
        (taken["link"][:-8], "没有扫全"),
        ("62010219480101123X", "不用身份证号"),
    ):
        scan(kiosk, code, ".handresult", says)
        assert code not in kiosk.content()  # what a code holds is nobody's to read
        tap(kiosk, "[data-action=home]")
        kiosk.wait_for_selector("[data-screen=home]")
    scan(kiosk, taken["link"], ".held__number", taken["ticket"])
    tap(kiosk, "[data-action=reprint]")
    expect(kiosk.locator(".held__problem")).to_contain_text("正在补打")
    assert [event["name"] for event in hall.events()][-2:].count("paper_asked") >= 1
