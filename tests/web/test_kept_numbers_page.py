"""The supervisor looks at what kiosks keep and gave by themselves, and takes a lease back."""

from __future__ import annotations

import pytest

from tests.web.test_kiosk_alone import SERVICE, first_of, hand_over, lease
from tests.web.web_hall import WebHall

PAGE = "/supervisor/kiosks"


def test_the_page_says_what_is_unusual_and_what_to_do_in_both_languages(web: WebHall):
    kiosk, supervisor = web.kiosk(), web.signed_in("supervisor")
    assert "没有。" in supervisor.client.get(PAGE).text
    taken = kiosk.post("/tickets", {"service": SERVICE}, Idempotency_Key="somebody").json["ticket"]
    changed = hand_over(kiosk, taken, "another").json["ticket"]

    page = supervisor.client.get(PAGE).text
    assert f'data-ticket="{changed}"' in page
    assert f"纸票上是 {taken}" in page
    assert 'data-doubt="number_taken"' in page
    english = supervisor.client.get(f"{PAGE}?lang=en").text
    assert f"the paper says {taken}" in english
    assert "⟦" not in page + english
    assert supervisor.get("/measures").json["kept_numbers_to_look_at"] == 1
    assert web.signed_in("guide").get(f"/tickets/{changed}").json["number_on_paper"] == taken


def test_a_lease_is_taken_back_once_and_a_second_press_says_so(web: WebHall):
    kept = lease(web.kiosk())["leases"][0]["lease"]
    supervisor = web.signed_in("supervisor")

    def press(number: str) -> str:
        form = {"lease": number}
        answer = supervisor.client.post(f"{PAGE}/take-back", data=form, headers=supervisor.headers)
        assert answer.status_code == 303
        return supervisor.client.get(answer.location).text

    assert "已收回。已经印在纸上的号仍然有效" in press(kept)
    assert "之前已经收回了" in press(kept)
    assert "今天没有这一批备用号" in press("Z0001")
    assert kept not in [one["lease"] for one in lease(web.kiosk())["leases"]]


@pytest.mark.parametrize("role", ["guide", "officer"])
def test_nobody_else_sees_it(web: WebHall, role: str):
    caller = web.officer() if role == "officer" else web.signed_in(role)
    assert caller.client.get(PAGE).status_code == 403
    assert first_of(lease(web.kiosk()), "T")


def test_every_doubt_has_its_words():
    from queue_server.web.words import find_word

    doubts = (
        *("lease_unknown", "lease_revoked", "number_taken", "asked_before", "served_before"),
        *("zone_closed", "hall_closed", "quota_reached", "clock_ahead", "day_over"),
    )
    for language in ("zh", "en"):
        for doubt in doubts:
            assert find_word(f"kiosks.{doubt}", language)
            assert find_word(f"kiosks.{doubt}_do", language)
