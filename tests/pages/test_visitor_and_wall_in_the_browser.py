"""A phone, the supervisor's wall and the start page in a real browser on a real server."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from queue_server.accounts import Accounts, DeviceKind
from tests.chromium import picture_of
from tests.pages.staff_hall import sign_in

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = """axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}).then((found) =>
  found.violations.map((fault) => `${fault.id}: ${fault.nodes[0].target}`))"""


def faults_of(page):
    """axe-core by the debugger's way in: the page's own policy lets no foreign script in."""
    page.evaluate(AXE.read_text("utf-8"))
    return page.evaluate(FAULTS)


def take_number(hall, service="TQ01"):
    return hall.member("ma").post("/tickets", service=service)


def path_of(ticket):
    return "/p/" + ticket["link"].split("/p/")[1]


@pytest.fixture
def ticket(hall):
    return take_number(hall)


@pytest.fixture
def officer(hall):
    officer = hall.member("zhao")
    officer.post("/counters/3/open")
    return officer


@pytest.fixture
def phone(open_page, ticket):
    page = open_page(path_of(ticket), 390, 844)
    page.wait_for_selector("html[data-stale=no]", state="attached")
    return page


@pytest.fixture
def wall(open_page):
    page = open_page("/sign-in?next=/supervisor", 1920, 1080)
    sign_in(page, "sun")
    page.wait_for_selector(".zone")
    return page


def open_tool(wall, panel):
    wall.click(".wall__more summary")
    wall.click(f"[data-panel={panel}]")


def serve(officer, ticket):
    officer.post("/counters/3/call", ticket=ticket["ticket"])
    officer.post(f"/tickets/{ticket['ticket']}/start")
    officer.post(f"/tickets/{ticket['ticket']}/end")


def test_the_phone_hears_the_call_without_reloading_and_keeps_what_was_ticked(phone, officer, ticket):
    phone.evaluate("window.same = true")
    first = phone.locator("#papers input").first
    first.check()
    officer.post("/counters/3/call", ticket=ticket["ticket"])

    expect(phone.locator(".now__counter")).to_have_text("3号窗口")
    expect(phone).to_have_title(f"【叫到您了】3 号窗口 · {ticket['ticket']}")
    expect(first).to_be_checked()
    assert phone.evaluate("window.same")


def test_people_ahead_fall_where_they_stand(hall, open_page, officer):
    take_number(hall)
    phone = open_page(path_of(take_number(hall)), 390, 844)
    expect(phone.locator("[data-field=ahead]")).to_have_text("1")
    officer.post("/counters/3/call-next")

    expect(phone.locator("[data-field=ahead]")).to_have_text("0")


def test_a_phone_without_script_can_ask_leave_and_say_how_it_was(browser, hall, officer, ticket):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(hall.address + path_of(ticket))
    page.click("text=请人来帮我")
    expect(page.locator("#help")).to_contain_text("马上来")
    serve(officer, ticket)
    page.goto(hall.address + path_of(ticket))
    page.click("label[for=level-2]")
    page.check("input[value='208']")
    page.fill("textarea", "说不清 😀")
    page.click("button[type=submit]")

    expect(page.locator(".thanks")).to_contain_text("谢谢您说实话")
    context.close()


@pytest.mark.slow
def test_a_phone_says_by_itself_that_its_picture_is_old(hall, phone):
    hall.server.kill()

    expect(phone.locator(".stale-banner")).to_contain_text("正在重新连接", timeout=45_000)


def test_the_code_on_the_kiosk_s_screen_leads_to_the_page(hall, open_page, ticket):
    page = open_page(path_of(ticket) + "/qr.svg", 400, 400)
    picture = Image.open(io.BytesIO(picture_of(page)))

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ticket["link"]]


def test_no_stage_of_the_phone_has_a_fault_of_access(hall, phone, officer, ticket):
    found = {"waiting": faults_of(phone)}
    officer.post("/counters/3/call", ticket=ticket["ticket"])
    phone.wait_for_selector("[data-stage=called]")
    found["called"] = faults_of(phone)
    officer.post(f"/tickets/{ticket['ticket']}/start")
    officer.post(f"/tickets/{ticket['ticket']}/end")
    phone.wait_for_selector("[data-stage=served]")
    phone.click("label[for=level-1]")
    found["served"] = faults_of(phone)

    assert found == {"waiting": [], "called": [], "served": []}


# --- the wall


def test_the_wall_moves_when_something_happens_in_the_hall(hall, wall):
    hall.visitors_come(3)

    expect(wall.locator("[data-zone=special] .figure dd").first).to_have_text("3")
    expect(wall.locator(".wall__sums")).to_contain_text("等候 3 人")
    expect(wall.locator("[data-kind=nobody_serves]")).to_contain_text("请开 3、4、5、6、7")


def test_an_alert_is_taken_closed_with_what_was_done_and_stays_away(hall, wall):
    hall.visitors_come(1)
    alert = wall.locator("[data-kind=nobody_serves]")
    alert.locator("[data-act=take]").click()
    expect(alert).to_contain_text("在办")
    alert.locator("[data-act=done]").click()
    wall.click("[data-deed=spoke_with_officer]")
    expect(alert).to_have_count(0)
    hall.visitors_come(1)
    expect(wall.locator("[data-zone=special] .figure dd").first).to_have_text("2")

    expect(alert).to_have_count(0)
    wall.click("[data-panel=alerts]")
    expect(wall.locator(".wall__over")).to_contain_text("提醒了同事")
    wall.keyboard.press("Escape")


def test_a_number_opens_its_tickets_their_story_and_a_repair_and_a_wall_needs_nobody(hall, wall, open_page, tmp_path):
    (number,) = hall.visitors_come(1)
    wall.click("[data-zone=special] [data-figure=waiting] button")
    wall.click(f"[data-ticket={number}] button")
    expect(wall.locator(".wall__story")).to_contain_text("取号")
    wall.click("dialog [data-act=repair]")
    expect(wall.locator("[data-clock=contact]")).to_contain_text("前")
    wall.click("button[data-step=fixed]")  # how was it mended? nothing is sent without
    wall.fill(".repair__deeds textarea", "当场补办，材料不用再交")
    wall.click("button[data-step=fixed]")
    expect(wall.locator("li[data-step=fixed]")).to_contain_text("材料不用再交")
    expect(wall.locator("[data-clock=follow_up]")).to_have_attribute("data-state", "runs")
    assert faults_of(wall) == []
    wall.keyboard.press("Escape")
    expect(wall.locator(".wall__foot [data-panel=repairs]")).to_contain_text("1 件在办")

    token = Accounts.open(tmp_path).enrol_demo_device(DeviceKind.WALL, "W1")
    wall = open_page(f"/devices/enter/{token}", 1920, 1080)
    expect(wall.locator("[data-zone=special] .far__digits").first).to_have_text("1")
    root = "document.documentElement"
    assert wall.evaluate(f"[{root}.scrollHeight, {root}.scrollWidth]") == [1080, 1920]
    digits = wall.evaluate("parseFloat(getComputedStyle(document.querySelector('.far__digits')).fontSize)")
    assert digits * 0.73 * 1210 / 1920 >= 61  # millimetres on 55 inches: readable at five metres


def test_a_call_for_help_is_answered_from_the_wall(hall, wall, open_page, ticket):
    phone = open_page(path_of(ticket), 390, 844)
    phone.click("text=请人来帮我")
    wall.click("[data-kind=help] button")

    expect(wall.locator("[data-kind=help]")).to_have_count(0)
    assert hall.member("ma").get("/floor")["help"] == []


def test_a_zone_is_closed_with_its_reason_and_opened_again(hall, wall):
    close = wall.locator("[data-zone=special] .zone__close")
    close.click()
    wall.fill("dialog input", "系统维护")
    wall.keyboard.press("Enter")
    expect(wall.locator("[data-zone=special] .zone__closed")).to_contain_text("系统维护")
    close.click()
    wall.click("dialog button[type=submit]")

    expect(wall.locator(".zone__closed")).to_have_count(0)


def test_a_supervisor_opens_a_reserve_compares_two_numbers_imports_and_closes_the_day(hall, wall, tmp_path):
    first, second = hall.visitors_come(2)
    wall.click("[data-counter='11'] button")
    expect(wall.locator("[data-counter='11'] button")).to_have_text("停用")
    hall.member("zhao").post("/counters/3/open")
    assert "11" in hall.member("ma").get("/floor")["reserves"]

    open_tool(wall, "order")
    wall.fill("dialog [name=first]", second)
    wall.fill("dialog [name=second]", first.lower())
    wall.keyboard.press("Enter")
    expect(wall.locator("dialog .order__decided")).to_contain_text(f"{first} 比 {second} 来得早")
    wall.keyboard.press("Escape")

    day = hall.member("ma").get("/floor")["day"]
    file = tmp_path / "bookings.csv"
    file.write_text(f"date,time,service\n{day},09:30,TQ01\n{day},10:00,NONE\n", "utf-8")
    open_tool(wall, "bookings")
    wall.set_input_files("dialog input[type=file]", file)
    expect(wall.locator("dialog [role=alert]")).to_contain_text("第 3 行第 3 列")
    file.write_text(f"date,time,service\n{day},09:30,TQ01\n", "utf-8")
    wall.set_input_files("dialog input[type=file]", file)
    expect(wall.locator("dialog .booking")).to_contain_text("09:30")
    wall.get_by_role("button", name="关闭").click()

    guide = hall.member("ma")
    guide.post(f"/tickets/{second}/transfer", zone="care", reason="wrong_zone")
    open_tool(wall, "changes")
    expect(wall.locator("dialog")).to_contain_text("来错了区")
    assert faults_of(wall) == []
    wall.keyboard.press("Escape")

    open_tool(wall, "close_day")
    wall.click("dialog [data-act=close]")
    open_tool(wall, "reopen_day")
    wall.click("dialog [data-act=reopen]")
    expect(wall.locator("[data-panel=close_day]")).to_have_count(1)
    assert guide.get("/floor")["day_over"] is False


def test_a_supervisor_tells_everybody_and_arranges_the_day(hall, wall, open_page, officer, ticket):
    serve(officer, ticket)
    officer.post("/counters/3/open")
    phone = open_page(path_of(take_number(hall)), 390, 844)
    wall.click("[data-panel=notices]")
    wall.click("[data-ready=machine]")
    wall.check("[name=speak]")
    wall.click("[data-form=notice] [type=submit]")
    expect(phone.locator("#hall-notice-1")).to_contain_text("取号机正在维修")
    assert faults_of(wall) == []
    wall.click("[data-act=take_down]")
    expect(phone.locator("#hall-notice-1")).to_have_count(0)
    wall.keyboard.press("Escape")

    wall.click("[data-panel=today]")
    wall.click("[data-longer='30']")
    expect(wall.locator("[data-part=hours] p").first).to_contain_text("今天延长到 17:30")
    wall.fill("dialog [name=counter]", "42")
    wall.click("[data-form=counter] [type=submit]")
    expect(wall.locator("[data-changed='42']")).to_contain_text("今天临时加的")
    expect(wall.locator(".desk-tile[data-counter='42']")).to_have_count(1)  # every page read the hall anew
    wall.fill("[data-form=back] [name=ticket]", ticket["ticket"])
    wall.click("[data-form=back] [type=submit]")
    expect(wall.locator("[data-part=back] [role=status]")).to_contain_text(f"{ticket['ticket']} 已请回 3 号窗口")
    assert faults_of(wall) == []
    assert hall.member("ma").get("/board")["calls"][0]["ticket"] == ticket["ticket"]


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_the_wall_fits_its_screen_and_has_no_fault_of_access(hall, wall, officer, size):
    hall.visitors_come(4)
    wall.set_viewport_size({"width": size[0], "height": size[1]})
    wall.wait_for_selector("#chart canvas")

    assert wall.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == list(size)
    side = "document.querySelector('.wall__side')"
    assert (
        wall.evaluate(f"{side}.scrollHeight - {side}.clientHeight") <= 0
    )  # what matters now is seen without scrolling
    assert faults_of(wall) == []


# --- the start page


def test_the_switch_of_the_living_hall_says_that_it_is_a_simulation(hall, open_page):
    page = open_page("/")
    page.click("text=开 10×")

    expect(page.locator("[data-speed='10']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-state]")).to_have_text("模拟运行中")
    assert hall.member("ma").get("/demo")["speed"] == 10


@pytest.mark.parametrize("width", [1366, 390])
def test_the_start_page_has_no_fault_of_access(open_page, width):
    page = open_page("/", width, 844)

    assert faults_of(page) == []
