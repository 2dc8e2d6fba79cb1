"""A kiosk keeps numbers, gives some while the cable is cut, and tells the hall afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.web.web_hall import MONDAY_NINE, Caller, WebHall

SERVICE = "TQ04"


def lease(kiosk: Caller, **have: int) -> dict[str, Any]:
    answer = kiosk.post("/leases", {"have": have})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def hand_over(kiosk: Caller, number: str, key: str, minutes: float = -5, **more: Any) -> Any:
    """`minutes` after nine."""
    taken_at = (MONDAY_NINE + timedelta(minutes=minutes)).isoformat()
    wish = {"number": number, "key": key, "taken_at": taken_at, "service": SERVICE, "zone": "special"} | more
    return kiosk.post("/handed-over", wish, Idempotency_Key=key)


def first_of(answer: dict[str, Any], prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["leases"] if one["prefix"] == prefix)
    return found


def test_a_kiosk_keeps_enough_numbers_and_asks_for_more_when_half_are_used(web: WebHall):
    kiosk = web.kiosk()
    kept = lease(kiosk)
    letters = {one["prefix"]: one["last"] - one["first"] + 1 for one in kept["leases"]}
    assert set(letters.values()) == {web.hall.rules.limits.lease_least}
    assert len(kept["leases"]) == len(letters)

    assert len(lease(kiosk, **dict.fromkeys(letters, 6))["leases"]) == len(letters)  # more than half are left
    assert len(lease(kiosk, **dict.fromkeys(letters, 4))["leases"]) == 2 * len(letters)


def test_a_kiosk_that_forgets_what_it_has_cannot_use_up_all_numbers(web: WebHall):
    kiosk = web.kiosk()
    for _ in range(12):
        kept = lease(kiosk)
    letters = {one["prefix"] for one in kept["leases"]}
    assert len(kept["leases"]) == 5 * len(letters)


def test_a_busy_kiosk_keeps_more(web: WebHall):
    kiosk = web.kiosk()
    letter = ""
    for n in range(40):
        letter = kiosk.post("/tickets", {"service": SERVICE}, Idempotency_Key=f"busy-{n}").json["ticket"][0]
    kept = first_of(lease(kiosk), letter)
    assert kept["last"] - kept["first"] + 1 == 60  # forty an hour, half as many again


def test_what_was_given_alone_stands_in_the_queue_where_it_belongs_and_its_link_works(web: WebHall):
    kiosk, guide = web.kiosk(), web.signed_in("guide")
    letter = kiosk.post("/tickets", {"service": SERVICE}).json["ticket"][0]
    kept = first_of(lease(kiosk), letter)
    online = kiosk.post("/tickets", {"service": SERVICE, "again": True}).json["ticket"]
    number = kept["lease"]

    web.clock.forward(minutes=30)
    answer = hand_over(kiosk, number, "press-1", minutes=1)
    assert answer.status_code == 201
    assert (answer.json["ticket"], answer.json["doubts"]) == (number, [])
    assert hand_over(kiosk, number, "press-1", minutes=2).json["seq"] == answer.json["seq"]  # told twice

    assert int(online[1:]) < kept["first"]
    assert (
        guide.get(f"/tickets/{number}").json["first_arrival_at"]
        > guide.get(f"/tickets/{online}").json["first_arrival_at"]
    )
    path = kept["links"][0].removeprefix("http://hall.test")
    assert web.stranger().get(path).status_code == 200


def test_a_press_that_the_hall_had_heard_costs_no_second_place(web: WebHall):
    kiosk, guide = web.kiosk(), web.signed_in("guide")
    heard = kiosk.post("/tickets", {"service": SERVICE}, Idempotency_Key="press-2").json["ticket"]
    kept = first_of(lease(kiosk), heard[0])

    assert hand_over(kiosk, kept["lease"], "press-2").json["doubts"] == ["asked_before"]
    assert guide.get(f"/tickets/{heard}").json["stage"] == "abandoned"
    assert guide.get(f"/tickets/{kept['lease']}").json["stage"] == "waiting"


def test_after_an_older_backup_a_kiosk_learns_what_the_hall_has_forgotten(web: WebHall):
    kiosk = web.kiosk()
    heard = kiosk.post("/tickets", {"service": SERVICE}, Idempotency_Key="heard").json["ticket"]
    kept = first_of(lease(kiosk), heard[0])
    hand_over(kiosk, kept["lease"], "told")
    papers = {heard: "heard", kept["lease"]: "told", "T0017": "forgotten"}
    numbers = [{"number": number, "key": key} for number, key in papers.items()]
    assert kiosk.post("/kiosk-numbers", {"numbers": numbers}).json == {"unknown": ["T0017"]}

    of_somebody_else = [{"number": heard, "key": "another"}]
    assert kiosk.post("/kiosk-numbers", {"numbers": of_somebody_else}).json == {"unknown": [heard]}
    changed = hand_over(kiosk, heard, "another").json
    assert changed["doubts"] == ["lease_unknown", "number_taken"]
    assert kiosk.post("/kiosk-numbers", {"numbers": of_somebody_else}).json == {"unknown": []}
    assert web.stranger().post("/kiosk-numbers", {"numbers": []}).status_code == 401


def test_the_supervisor_sees_who_keeps_what_and_takes_it_back(web: WebHall):
    kiosk, supervisor = web.kiosk(), web.signed_in("supervisor")
    kept = lease(kiosk)["leases"][0]

    assert supervisor.post(f"/leases/{kept['lease']}/revoke", {"reason": "stolen"}).status_code == 200
    assert supervisor.post(f"/leases/{kept['lease']}/revoke").json["code"] == "lease_revoked"
    assert supervisor.post("/leases/Z0001/revoke").status_code == 404
    assert kept["lease"] not in [one["lease"] for one in lease(kiosk)["leases"]]
    assert hand_over(kiosk, kept["lease"], "press-3").status_code == 201

    seen = supervisor.get("/leases").json
    assert next(one for one in seen["leases"] if one["lease"] == kept["lease"])["revoked"] is True
    (doubtful,) = seen["handed_over"]
    assert (doubtful["ticket"], doubtful["doubts"]) == (kept["lease"], ["lease_revoked"])


def test_bad_wishes_are_told_what_is_wrong(web: WebHall):
    kiosk = web.kiosk()
    assert hand_over(kiosk, "T12", "press-4").json["code"] == "no_such_number"
    assert hand_over(kiosk, "T0001", "press-5", service="nothing").status_code == 404
    assert hand_over(kiosk, "T0001", "press-6", printer="nowhere").status_code == 404
    assert kiosk.post("/leases", {"have": {"letter": 3}}).status_code == 422


def test_the_kit_has_the_paper_of_every_service_but_for_the_number(web: WebHall):
    kit = web.kiosk().get("/kiosk-kit").json
    services = web.kiosk().get("/services?lang=zh").json["services"]
    assert set(kit["services"]) == {one["id"] for one in services}
    for service in kit["services"].values():
        for place in service["places"].values():
            for language in ("zh", "en"):
                paper = service["papers"][place["zone"]][language]
                assert paper["language"] == language
                assert paper["zone"]["id"] == place["zone"]
                assert not {"ticket", "link", "issued_at", "wait"} & set(paper)
