"""A visitor of 75 lays the identity card on the reader, or does not; and afterwards nothing of any card is anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Page, expect

from kiosk.card.age import check_sign
from tests.e2e.acts import find_by_initials, number_on, tap
from tests.e2e.browsers import keep_picture
from tests.e2e.hall_process import ROOT
from tests.e2e.test_accessibility import AXE
from tests.e2e.test_kiosk_modes import MOST_CRAMPED, Measured, Modes

pytestmark = pytest.mark.browser


def invented_card(years: int) -> tuple[str, str]:
    """A number, and the birthday in it."""
    born = date(datetime.now(UTC).year - years, 1, 1)
    digits = f"620102{born:%Y%m%d}731"
    return digits + check_sign(digits), f"{born:%Y%m%d}"


def sees(kiosk: Page, kind: str, words: str, modes: Modes = ((),)) -> None:
    """The line, and the screen with it in each of the modes, in Chinese and English, upright and lying."""
    expect(kiosk.locator(f".cardline[data-card={kind}]")).to_contain_text(words, timeout=40_000)
    expect(kiosk.locator(".cardline__simulated")).to_have_text("模拟读卡器")
    screen = kiosk.locator("main").get_attribute("data-screen") or ""
    keep_picture(kiosk, f"card-{kind}-{screen}")
    measured = Measured()
    measured(kiosk, screen, f"card-{kind}-{screen}", modes)
    assert measured.faults == []


def test_a_card_offers_precedence_and_is_never_needed(make_hall, browsers_at):
    hall = make_hall()
    hall.start(card_reader=True)
    kiosk = browsers_at(hall).kiosk(bypass_csp=True)
    kiosk.add_script_tag(path=ROOT / "tests" / "e2e" / "kiosk_measures.js")
    kiosk.add_script_tag(path=AXE)
    old, young = invented_card(75), invented_card(31)
    tap(kiosk, "[data-most=TQ04]")
    sees(kiosk, "invite", "满 60 岁", MOST_CRAMPED)
    tap(kiosk, "[data-action=home]")

    hall.lay_card(young[0])
    sees(kiosk, "younger", "照常")
    hall.lay_card("half a card")
    sees(kiosk, "unreadable", "不要紧")
    hall.lay_card("slow")
    sees(kiosk, "slow", "不用卡")
    hall.lay_card(old[0])
    sees(kiosk, "older", "依法优先")

    find_by_initials(kiosk, "zf", "TQ04")
    sees(kiosk, "older", "依法优先", MOST_CRAMPED)
    tap(kiosk, "[data-action=precedence]")
    expect(kiosk.locator(".cardline")).to_contain_text("按先后次序")
    tap(kiosk, "[data-action=precedence]")
    tap(kiosk, "[data-answer=no-care]", "[data-way=counter]")
    first = number_on(kiosk)
    expect(kiosk.locator("[data-statutory]")).to_be_visible()
    keep_picture(kiosk, "card-ticket")

    (hall.data / "card-reader" / "unplugged").touch()
    tap(kiosk, "[data-action=done]", "[data-most=TQ04]")
    sees(kiosk, "away", "不用卡")
    tap(kiosk, "[data-answer=no-care]", "[data-way=counter]")
    number_on(kiosk)
    expect(kiosk.locator("[data-statutory]")).to_have_count(0)

    issued = [event for event in hall.events() if event["name"] == "ticket_issued"]
    assert [event["statutory"] for event in issued] == [True, False]
    assert issued[0]["ticket"] == first
    hall.stop()  # all that is to be written is written
    left = [path for path in hall.folder.rglob("*") if path.is_file()]
    for secret in (*old, *young):
        assert [str(path) for path in left if secret.encode() in path.read_bytes()] == []
    assert any(path.name.endswith(".sqlite") for path in left)
    assert any(path.name == "agent.log" for path in left)
