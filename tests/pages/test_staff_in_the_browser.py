"""Officers and guides at work, in a real browser on a real server."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.pages.staff_hall import sign_in

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def desk(open_page):
    page = open_page("/sign-in?next=/desk")
    sign_in(page, "zhao")
    page.wait_for_selector(".desk-verbs")
    return page


@pytest.fixture
def guide(open_page):
    page = open_page("/sign-in?next=/guide", 1024, 768)
    sign_in(page, "ma")
    page.wait_for_selector(".guide-zone")
    return page


def press(page, *verbs):
    """Each verb by its key, as soon as it may be pressed."""
    for verb in verbs:
        button = page.locator(f"[data-verb={verb}]")
        expect(button).to_be_enabled()
        page.keyboard.press(button.locator("kbd").inner_text())


def says(page, selector, words):
    expect(page.locator(selector)).to_contain_text(words)


def test_an_officer_s_day_with_the_keyboard_alone(hall, desk, open_page):
    """Sign-in to closing without a mouse; each act takes the keys that docs/touches.md counts."""
    first, second, third = hall.visitors_come(3)
    hall.member("chen").post("/counters/4/open")
    guide = hall.member("ma")
    guide.post(f"/tickets/{first}/note", words="听力不好，请慢慢说")
    press(desk, "open", "next")
    says(desk, ".desk-number", first)
    expect(desk.locator(".desk-note")).to_have_value("听力不好，请慢慢说")
    press(desk, "start", "end")
    expect(desk.locator("[data-choice=done]")).to_be_disabled()
    says(desk, ".desk-totell", "找中介套取")
    desk.keyboard.press("k")  # told and read
    desk.keyboard.press("e")
    says(desk, ".desk-now", f"{first} 已办结")
    says(desk, ".desk-day", "今天您办结 1 件")
    press(desk, "next", "start")
    says(desk, ".desk-number", second)

    desk.keyboard.press("i")
    desk.keyboard.type("kbe", delay=20)  # words, not verbs
    desk.keyboard.press("Enter")
    desk.keyboard.press("c")
    desk.keyboard.press("2")  # a guide, for copies
    says(desk, ".desk-says", "已叫导办，还没人接")
    assert guide.get(f"/tickets/{second}/note")["words"] == "kbe"
    tablet = open_page("/sign-in?next=/guide", 1024, 768)
    sign_in(tablet, "ma")
    says(tablet, ".guide-attention", "3 号窗口叫您")
    says(tablet, ".guide-attention", "帮忙复印")
    tablet.get_by_role("button", name="我来").click()
    says(desk, ".desk-says", "马小兰 就来")

    desk.keyboard.press("g")
    desk.keyboard.press("1")  # to the colleague at counter 4
    says(desk, ".desk-now", f"{second} 已转走")
    handed = guide.get(f"/tickets/{second}")
    assert (handed["for_officer"], handed["put_first"]) == ("chen", True)
    desk.keyboard.press("b")
    desk.keyboard.press("1")
    says(desk, ".desk-now", "短暂休息")
    press(desk, "open", "next")

    says(desk, ".desk-number", third)


def test_the_desk_is_a_strip_of_360_px_and_opens_as_a_small_window(hall, desk):
    hall.visitors_come(2)
    desk.evaluate("delete window.documentPictureInPicture")  # a browser that has no window on top
    press(desk, "open", "next")
    with desk.expect_popup() as opened:
        desk.get_by_role("button", name="小窗").click()
    strip = opened.value
    strip.set_viewport_size({"width": 360, "height": 640})
    press(strip, "start")
    says(strip, ".desk-stage", "开始办理")
    says(desk, ".desk-stage", "开始办理")
    for verb in ("end", "recall", "park", "transfer", "missed", "hold"):
        box = strip.locator(f"[data-verb={verb}]").bounding_box()
        assert box["y"] + box["height"] <= 640, verb
    assert strip.evaluate("document.documentElement.scrollWidth") <= 360
    assert desk.evaluate("document.documentElement.scrollHeight") <= 768


def test_a_desk_explains_undoes_adds_keeps_and_sends_on(hall, desk):
    first, second = hall.visitors_come(2)
    guide = hall.member("ma")
    press(desk, "open")
    desk.click(f"[data-row={second}]")
    desk.keyboard.press("2")
    says(desk, ".order__decided", f"{first} 比 {second} 来得早")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Escape")

    press(desk, "next", "start", "end")
    for key in "ke":
        desk.keyboard.press(key)
    says(desk, ".desk-undo", "撤回")
    desk.keyboard.press("z")
    says(desk, ".desk-stage", "开始办理")

    press(desk, "add")
    desk.keyboard.type("tuixiu", delay=20)
    says(desk, ".desk-choices", "退休")
    desk.keyboard.press("Enter")
    says(desk, ".desk-plan", "退休取钱")

    press(desk, "park")
    for key in "bb1":  # comes back to: this counter, me; fills in a form
        desk.keyboard.press(key)
    says(desk, ".desk-now", f"{first} 已暂离")
    assert guide.get(f"/tickets/{first}")["for_officer"] == "zhao"
    says(desk, ".desk-side", "留给您")
    desk.keyboard.press("z")

    press(desk, "transfer")
    desk.keyboard.press("q")  # first in line …
    expect(desk.locator("[data-choice=care]")).to_be_disabled()
    desk.keyboard.press("y")  # … because unwell
    desk.keyboard.press("3")
    says(desk, ".desk-now", f"{first} 已转走")
    moved = guide.get(f"/tickets/{first}")
    assert (moved["zone"], moved["put_first"]) == ("care", True)

    desk.keyboard.press("d")
    desk.keyboard.type("zufang", delay=20)
    says(desk, ".desk-choices", "租房")
    desk.keyboard.press("Enter")
    says(desk, ".desk-stage", "开始办理")


def test_letters_typed_into_the_search_are_no_verbs(hall, desk):
    hall.visitors_come(1)
    press(desk, "open", "next", "start", "transfer")
    desk.keyboard.press("4")
    desk.keyboard.type("tuixiu", delay=20)

    says(desk, ".desk-choices", "退休")
    says(desk, ".desk-stage", "开始办理")


def test_recall_is_refused_by_a_countdown_until_the_visitor_could_be_there(hall, desk):
    hall.visitors_come(1)
    press(desk, "open", "next")

    recall = desk.locator("[data-verb=recall]")
    expect(recall).to_be_disabled()
    expect(recall).to_contain_text(re.compile(r"\d+ 秒后"))


def test_somebody_who_stepped_aside_is_called_back_to_the_same_counter(hall, desk):
    number, other = hall.visitors_come(2)
    press(desk, "open", "next", "park")
    desk.keyboard.press("2")
    says(desk, ".desk-side", "去复印")

    desk.get_by_role("button", name=f"叫回 {number}").click()

    says(desk, ".desk-number", number)
    says(desk, ".desk-row >> nth=0", other)


def test_without_network_an_officer_works_on_and_all_is_done_in_order_once_it_is_back(hall, desk):
    first, second, third = hall.visitors_come(3)
    press(desk, "open", "next")
    says(desk, ".desk-number", first)
    desk.context.set_offline(True)
    press(desk, "start")
    says(desk, ".desk-stage", "已记下：开始办理")
    press(desk, "end")
    for key in "k1":
        desk.keyboard.press(key)
    press(desk, "next")
    says(desk, ".desk-line", f"开始 {first}")
    says(desk, ".desk-now", "连上后就知道是谁")
    desk.keyboard.press("z")  # the last one, not sent yet, is taken back …
    press(desk, "next")  # … and pressed again
    desk.context.set_offline(False)

    says(desk, ".desk-number", second)
    guide = hall.member("ma")
    assert [guide.get(f"/tickets/{one}")["stage"] for one in (first, second, third)] == ["served", "called", "waiting"]

    desk.context.set_offline(True)
    press(desk, "start", "end")
    for key in "k1":
        desk.keyboard.press(key)
    press(desk, "next")
    guide.post(f"/tickets/{second}/transfer", zone="care", reason="unwell")  # meanwhile, on the floor
    desk.context.set_offline(False)

    says(desk, ".desk-says", f"“开始 {second}”没有办成")
    says(desk, ".desk-says", "后面的没有发出")
    assert guide.get(f"/tickets/{third}")["stage"] == "waiting"
    expect(desk.locator("[data-verb=next]")).to_be_enabled()


def test_a_refusal_is_told_in_words_near_the_buttons(hall, desk):
    hall.visitors_come(1)
    press(desk, "open")
    desk.route("**/call-next", lambda route: route.continue_(url=f"{hall.address}/api/v1/counters/9/call-next"))
    press(desk, "next")

    says(desk, ".desk-says", "窗口")
    expect(desk.locator("[data-verb=next]")).to_be_enabled()


def test_a_guide_moves_a_ticket_in_two_touches_and_takes_it_back(hall, guide):
    _, number, _ = hall.visitors_come(3)
    arrived = hall.member("ma").get(f"/tickets/{number}")["first_arrival_at"]

    guide.click(f"[data-ticket={number}]")
    guide.click("[data-target=care]")
    says(guide, ".toast", "先来的时间不变")
    says(guide, ".toast", "前面 0 人")
    moved = hall.member("ma").get(f"/tickets/{number}")
    assert (moved["zone"], moved["first_arrival_at"]) == ("care", arrived)

    guide.click(".toast__undo")
    says(guide, ".guide-says", "已放回原处")
    assert hall.member("ma").get(f"/tickets/{number}")["zone"] == "special"


def test_a_guide_sends_first_with_a_reason_explains_and_lets_a_booking_arrive(hall, guide):
    first, second, third = hall.visitors_come(3)
    guide.click(f"[data-ticket={third}]")
    guide.get_by_role("button", name="改", exact=True).click()
    guide.click(".sheet [data-value=first]")
    expect(guide.locator("[data-target=care]")).to_be_disabled()
    guide.click(".sheet [data-value=unwell]")
    guide.click("[data-target=care]")
    says(guide, ".toast", "爱心服务区")
    assert hall.member("ma").get(f"/tickets/{third}")["put_first"] is True

    guide.click(f"[data-ticket={second}]")
    guide.get_by_role("button", name="为什么排在这里").click()
    says(guide, ".order__decided", f"{first} 比 {second} 来得早")
    guide.get_by_role("button", name="返回").click()
    guide.get_by_role("button", name="加事项").click()
    guide.fill(".sheet input", "退休")
    guide.click(".sheet [data-service] >> nth=0")
    says(guide, ".guide-says", f"{second} 加了")

    day = hall.member("ma").get("/floor")["day"]
    hall.member("sun").post("/bookings/import", csv=f"date,time,service\n{day},09:30,TQ01\n")
    (booking,) = hall.member("ma").get(f"/bookings?day={day}")["bookings"]
    guide.click(".guide-bookings")
    says(guide, ".booking", "09:30")
    guide.fill(".bookings__code input", booking["code"].lower())
    guide.keyboard.press("Enter")
    says(guide, ".booking[data-state=here]", "✓")


def test_a_guide_sees_at_once_that_the_ticket_at_hand_was_called(hall, guide):
    (number,) = hall.visitors_come(1)
    guide.click(f"[data-ticket={number}]")
    officer = hall.member("zhao")
    officer.post("/counters/3/open")
    officer.post("/counters/3/call-next")

    says(guide, ".sheet [role=alert]", f"{number} 刚被 3 号窗口叫到")


def test_a_called_visitor_with_company_is_on_top_of_the_tablet(hall, guide):
    (number,) = hall.visitors_come(1, care=True)
    officer = hall.member("zhou")
    officer.post("/counters/8/open")
    officer.post("/counters/8/call-next")

    says(guide, ".guide-attention", f"{number} 叫到 8 号窗口")


def test_a_guide_issues_a_ticket_for_somebody(hall, guide):
    guide.click(".guide-issue")
    guide.fill(".sheet input", "租房")
    guide.click("[data-service] >> nth=0")
    guide.get_by_role("button", name="♥ 要人陪").click()
    guide.get_by_role("button", name="不用纸").click()
    guide.get_by_role("button", name="取号", exact=True).click()

    number = guide.locator(".sheet__issued").inner_text()
    assert hall.member("ma").get(f"/tickets/{number}")["care"] is True


def test_a_ticket_is_found_by_its_digits_and_leaves_the_queue(hall, guide):
    number = hall.visitors_come(3)[-1]
    guide.wait_for_selector(f"[data-ticket={number}]")
    guide.fill(".guide-search__field", "3")
    guide.keyboard.press("Enter")
    says(guide, ".sheet__number", number)
    guide.get_by_role("button", name="不办了").click()
    guide.get_by_role("button", name="离开队列").click()

    says(guide, ".guide-says", "已离开队列")
    assert hall.member("ma").get(f"/tickets/{number}")["stage"] == "abandoned"


def test_a_guide_prints_again_and_brings_back_who_stepped_aside(hall, guide):
    (number,) = hall.visitors_come(1)
    officer = hall.member("zhao")
    officer.post("/counters/3/open")
    officer.post("/counters/3/call-next")
    officer.post(f"/tickets/{number}/park", reason="form")
    special = guide.locator(".guide-zone").nth(1)
    special.get_by_role("button", name="暂离过号").click()
    guide.click(f"[data-ticket={number}]")
    guide.get_by_role("button", name="补打").click()
    guide.locator(".sheet").get_by_role("button", name="K1").click()
    says(guide, ".guide-says", f"{number} 正在 K1 打印")

    guide.get_by_role("button", name=f"叫回 {number}").click()

    says(guide, ".guide-says", f"{number} 已回到队里")
    ticket = hall.member("ma").get(f"/tickets/{number}")
    assert (ticket["stage"], ticket["paper"]) == ("waiting", "asked")


def test_a_wrong_password_is_told_in_words_and_the_field_waits(open_page):
    page = open_page("/sign-in")
    page.fill("#person", "zhao")
    page.fill("#password", "wrong")
    page.keyboard.press("Enter")

    says(page, ".sign-in__says", "密码")
    expect(page.locator("#password")).to_be_focused()


def test_a_stranger_who_opens_the_desk_is_led_through_signing_in_and_back(open_page):
    page = open_page("/desk")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fdesk"))
    sign_in(page, "zhao")

    expect(page).to_have_url(re.compile(r"/desk$"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_on_the_staff_pages_shuts_anybody_out(hall, open_page, language):
    """axe-core finds no serious or critical fault, with people in the hall and the panels open."""
    hall.visitors_come(6)
    hall.visitors_come(2, care=True)
    officer = hall.member("zhou")
    officer.post("/counters/8/open")
    officer.post("/counters/8/call-next")
    locale = "zh-CN" if language == "zh" else "en-GB"
    faults = []

    def look(page, name):
        page.evaluate(AXE.read_text("utf-8"))  # not as a script tag: the pages' content policy rightly forbids it
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html]))")
        faults.extend((name, *fault) for fault in found if fault[0] in {"serious", "critical"})

    page = open_page("/sign-in?next=/desk", locale=locale)
    page.wait_for_selector("[data-person]")
    look(page, "sign-in")
    page.click("[data-person=zhao]")
    page.wait_for_selector("[data-counter]")
    look(page, "counters")
    page.click(".sign-in__foot .button--main")
    page.wait_for_selector(".desk-verbs")
    look(page, "desk closed")
    for verb in ("open", "next", "start", "transfer", "end"):
        page.keyboard.press("Escape")
        press(page, verb)
        look(page, f"desk after {verb}")
    page.set_viewport_size({"width": 360, "height": 640})
    look(page, "desk as a strip")
    tablet = open_page("/sign-in?next=/guide", 768, 1024, locale=locale)
    sign_in(tablet, "ma")
    tablet.wait_for_selector(".ticket-card")
    look(tablet, "guide")
    tablet.click(".ticket-card >> nth=0")
    look(tablet, "guide sheet")
    tablet.keyboard.press("Escape")
    tablet.click(".guide-issue")
    look(tablet, "guide issue")
    tablet.keyboard.press("Escape")
    tablet.click(".guide-pad")
    look(tablet, "guide number pad")
    tablet.keyboard.press("Escape")
    tablet.click(".guide-filter--pick")
    tablet.click(".ticket-card >> nth=0")
    tablet.wait_for_selector(".picked .effect")
    look(tablet, "guide picking")

    assert faults == []
