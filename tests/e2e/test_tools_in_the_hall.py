"""A loan worked out at the kiosk and taken along on paper; another on a phone without script."""

from shutil import copyfile

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import next_paper, read_code, says, tap
from tests.e2e.browsers import keep_picture
from tests.e2e.hall_process import ROOT
from tests.e2e.test_accessibility import Checked, size

pytestmark = pytest.mark.browser
DESCRIBED = "等额本息每月 2,802.38 元，一直不变。等额本金第一个月 3,461.11 元，慢慢降到 1,950.26 元。"


@pytest.fixture
def hall(shared_hall):
    return shared_hall


@pytest.fixture
def check(browsers):
    checked = Checked()
    yield checked
    assert checked.faults == []
    assert [error for error in browsers.console_errors if "422" not in error] == []  # Chromium notes a refused page


def type_amount(kiosk, digits):
    for digit in digits:
        kiosk.locator(".pad .letter", has_text=digit).tap()


def test_a_loan_is_worked_out_at_the_kiosk_and_printed(hall, browsers, check):
    kiosk = browsers.kiosk(bypass_csp=True)
    tap(kiosk, "[data-action=tools]")
    kiosk.wait_for_selector("[data-tool=repayment]")
    check(kiosk, "tools of the kiosk", size(1366, 768))
    tap(kiosk, "[data-tool=repayment]")
    kiosk.wait_for_selector(".pad")
    type_amount(kiosk, "7")
    tap(kiosk, "[data-action=tool-next]")
    expect(kiosk.locator(".toolproblem")).to_contain_text("太小了")
    check(kiosk, "a wrong amount", size(1366, 768))
    type_amount(kiosk, "0")
    tap(kiosk, "[data-action=tool-wan]")
    expect(kiosk.locator(".toolfield input")).to_have_value("700000")
    tap(kiosk, "[data-action=tool-next]", "[data-preset='360']")
    expect(kiosk.locator("#question")).to_have_text("第几套房")
    tap(kiosk, "[data-action=back]", "[data-preset='360']", "[data-value=first]")
    expect(kiosk.locator("[data-screen=sheet] h1")).to_have_text("2,802.38 元")
    expect(kiosk.locator(".payments")).to_have_attribute("aria-label", DESCRIBED)
    check(kiosk, "a result on the kiosk", size(1366, 768))
    keep_picture(kiosk, "tools_sheet")
    before = len(hall.papers())
    tap(kiosk, "[data-action=tool-print]")
    expect(kiosk.locator("[data-paper=asked]")).to_be_visible()
    paper = next_paper(hall, before)
    assert read_code(paper) == f"{hall.url}/tools/repayment?principal=700000&months=360&home=first"
    copyfile(paper, ROOT / "build" / "e2e" / "tools_paper.png")


def test_several_things_may_be_true_and_the_modes_hold(browsers, check):
    kiosk = browsers.kiosk(bypass_csp=True)
    tap(kiosk, "[data-mode=large]", "[data-action=tools]", "[data-tool=withdrawal]", "[data-value=city]")
    for answer in ("rent", "fund", "working"):  # by key: a dozen touches in two seconds are taken for a child's
        kiosk.locator(f"[data-value={answer}]").press("Enter")
    tap(kiosk, "[data-value=lift]")
    expect(kiosk.locator("[data-value=lift]")).to_have_attribute("aria-pressed", "true")
    check(kiosk, "several at once", size(1366, 768))
    tap(kiosk, "[data-action=tool-next]", "[data-value=yes]", "[data-action=tool-skip]")
    says(kiosk, "[data-screen=sheet]", "物业取暖水电取钱", "未经中心确认", "打算贷款的，先问清再取")
    tap(kiosk, "[data-mode=contrast]")
    keep_picture(kiosk, "tools_withdrawal_contrast")
    tap(kiosk, "[data-action=language]")
    kiosk.wait_for_selector("html[lang=en]")
    says(kiosk, "[data-screen=sheet]", "Not confirmed by the centre")
    check(kiosk, "what may be withdrawn, in contrast", size(1366, 768))


def test_a_phone_without_script_asks_is_corrected_and_keeps_the_answer(browsers, check):
    phone = browsers.phone("/tools", java_script_enabled=False)
    phone.get_by_role("link", name="每月还多少").click()
    phone.get_by_label("贷款多少钱").fill("－７０万")
    phone.get_by_label("贷多少年").select_option("360")
    phone.get_by_role("button", name="算一算").click()
    says(phone, "[role=alert]", "贷款多少钱：不能是负数")
    phone.get_by_label("贷款多少钱").fill("７０万")
    phone.get_by_role("button", name="算一算").click()
    says(phone, ".result", "2,802.38 元", "估算，以中心审批为准")
    link = phone.locator(".keep__link a").inner_text()
    assert "/tools/repayment?principal=700000&months=360&home=first" in link

    for look in ("", "&large=1&contrast=1&lang=en"):
        for address in (f"/tools?{look}", f"{link}{look}", f"/tools/repayment?principal=-1{look}"):
            check(browsers.phone(address, bypass_csp=True), address, size(320, 568), size(1366, 768))
