"""The rest of what staff and kiosks may do to a visit, through the published interface."""

from __future__ import annotations

from queue_server.domain import commands as c
from queue_server.web.api import shapes
from tests.web.web_hall import PEOPLE, WebHall


def test_a_visit_of_two_services_goes_on_by_itself_on_one_number(web: WebHall):
    number = web.kiosk().post("/tickets", {"service": "TQ04", "services": ["TQ11"]}).json["ticket"]
    officer = web.officer()
    assert web.an_officer_calls(officer) == number
    officer.post(f"/tickets/{number}/start")

    ended = officer.post(f"/tickets/{number}/end").json["ticket"]

    assert ended["stage"] == "serving"  # the same counter can do the second one, so nobody gets up
    assert len(ended["services_done"]) == 1
    assert officer.post(f"/tickets/{number}/end").json["ticket"]["stage"] == "served"


def test_whoever_wants_two_services_is_told_how_long_both_will_take(web: WebHall):
    """The waits of both together, with the number and from then on to staff."""
    officer = web.officer()
    officer.post("/counters/3/open")
    one = web.kiosk().post("/tickets", {"service": "TQ04"}).json
    two = web.kiosk().post("/tickets", {"service": "TQ04", "services": ["TQ11"]}).json
    web.clock.forward(seconds=2)
    printed = web.kiosk().post("/tickets", {"service": "TQ04", "services": ["TQ11"], "printer": "K1"}).json
    (job,) = web.kiosk().get("/print-jobs?printer=K1").json["jobs"]
    assert job["ticket"]["then"] != ""
    assert job["ticket"]["total"]["high"] > printed["wait"]["high"]

    waits = web.signed_in("guide").get("/floor").json["waits"]

    assert one["total"] is None
    assert two["total"]["high"] > two["wait"]["high"]
    assert two["total"]["rough"] is True
    assert "total" not in waits[one["ticket"]]
    assert waits[two["ticket"]]["total"]["high"] > waits[two["ticket"]]["wait"]["high"]


def test_staff_see_whom_each_open_desk_would_call_and_by_which_rule(web: WebHall):
    officer = web.officer()
    officer.post("/counters/3/open")
    web.a_visitor_takes_a_number()
    guide = web.signed_in("guide")
    unwell = web.a_visitor_takes_a_number()
    guide.post(f"/tickets/{unwell}/transfer", {"zone": "special", "position": "first", "reason": "unwell"})

    floor = guide.get("/floor").json

    assert floor["calls"] == {"3": {"ticket": unwell, "rule": "front"}}
    assert officer.get("/desks/3").json["next"][0]["ticket"] == unwell


def test_a_service_is_added_and_dropped(web: WebHall):
    number = web.a_visitor_takes_a_number()
    guide = web.signed_in("guide")

    added = guide.post(f"/tickets/{number}/services", {"service": "TQ11"}).json["ticket"]
    dropped = guide.post(f"/tickets/{number}/services/TQ11/drop").json["ticket"]

    assert (added["services_to_do"], dropped["services_to_do"]) == (["TQ11"], [])


def test_an_end_by_a_slip_is_taken_back(web: WebHall):
    number = web.a_visitor_takes_a_number()
    officer = web.officer()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{number}/start")
    officer.post(f"/tickets/{number}/end")

    back = officer.post(f"/tickets/{number}/undo").json["ticket"]

    assert (back["stage"], back["counter"]) == ("serving", "3")


def test_somebody_without_a_number_is_served_at_once(web: WebHall):
    officer = web.officer()
    officer.post("/counters/3/open")

    answer = officer.post("/counters/3/serve-directly", {"service": "TQ04"})

    assert answer.status_code == 200
    assert answer.json["ticket"]["stage"] == "serving"


def test_a_ticket_called_in_the_same_moment_is_not_torn_away(web: WebHall):
    number = web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())

    answer = web.signed_in("guide").post(f"/tickets/{number}/transfer", {"zone": "care", "expected_stage": "waiting"})

    assert (answer.status_code, answer.json["code"]) == (409, "ticket_moved_on")
    assert answer.json["details"]["counter"] == "3"


def test_the_order_is_explained_in_words_and_agrees_with_the_call(web: WebHall):
    first, second = web.a_visitor_takes_a_number(), web.a_visitor_takes_a_number()

    answer = web.signed_in("supervisor").get(f"/order?first={second}&second={first}").json

    shapes.OrderShape.model_validate(answer)
    assert (answer["first"], answer["second"]) == (first, second)
    assert answer["reasons"][0]["code"] == "lower_number"
    assert all(first in reason["words"] or second in reason["words"] for reason in answer["reasons"])
    assert web.an_officer_calls(web.officer()) == first


def test_a_supervisor_closes_the_day_and_opens_it_again(web: WebHall):
    supervisor = web.signed_in("supervisor")
    web.a_visitor_takes_a_number()

    supervisor.post("/day/close")
    refused = web.kiosk().post("/tickets", {"service": "TQ04"})
    reopened = supervisor.post("/day/reopen")

    assert (refused.status_code, refused.json["code"]) == (409, "day_is_over")
    assert reopened.status_code == 200
    assert web.a_visitor_takes_a_number()


def test_a_visitor_says_to_be_here_at_the_kiosk_and_keeps_the_place(web: WebHall):
    first, second = web.a_visitor_takes_a_number(), web.a_visitor_takes_a_number()

    here = web.kiosk().post(f"/tickets/{second}/here").json["ticket"]

    assert here["presence"] == "here"
    assert web.an_officer_calls(web.officer()) == first


def test_a_phone_says_to_be_here_when_it_is_asked(web: WebHall):
    number = web.a_visitor_takes_a_number()
    web.hall.handle(c.AskPresence(id="ask", actor="hall", ticket=number))
    link = web.context.progress_links.link(web.hall.rules.day_of(web.clock.now()), number)
    phone = web.app.test_client()

    assert f"/p/{link}/here" in phone.get(f"/p/{link}").text
    phone.post(f"/p/{link}/here")

    assert f"/p/{link}/here" not in phone.get(f"/p/{link}").text
    assert web.names()[-1] == "PresenceConfirmed"


def test_a_phone_brings_its_own_ticket_back_after_a_miss(web: WebHall):
    number = web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())
    web.officer().post(f"/tickets/{number}/park", {"reason": "copy"})
    link = web.context.progress_links.link(web.hall.rules.day_of(web.clock.now()), number)
    phone = web.app.test_client()

    assert f"/p/{link}/return" in phone.get(f"/p/{link}").text
    phone.post(f"/p/{link}/return")

    assert web.hall.read(lambda day, _: day.tickets[number].is_waiting)


def test_an_officer_whose_answer_was_lost_is_told_again_though_another_counter_has_called_the_ticket_since(
    web: WebHall,
):
    officer, hall = web.officer(), web.context.hall
    number = web.a_visitor_takes_a_number()
    assert web.an_officer_calls(officer) == number
    send_on = {"zone": "special"}
    first = officer.post(f"/tickets/{number}/transfer", send_on, Idempotency_Key="send-on")
    hall.handle(c.OpenDesk(id="open", actor="officer:wang", counter="4", officer="wang"))
    hall.handle(c.CallTicket(id="call", actor="officer:wang", counter="4", ticket=number))

    again = officer.post(f"/tickets/{number}/transfer", send_on, Idempotency_Key="send-on")
    another = officer.post(f"/tickets/{number}/transfer", send_on, Idempotency_Key="send-on-now")

    assert (again.status_code, again.json["seq"]) == (first.status_code, first.json["seq"])
    assert (another.status_code, another.json["code"]) == (409, "not_at_your_counter")


def test_a_guide_hears_what_a_move_would_do_to_the_wait_and_an_officer_does_not(web: WebHall):
    officer = web.officer()
    officer.post("/counters/3/open")
    first, second = web.a_visitor_takes_a_number(), web.a_visitor_takes_a_number()
    guide = web.signed_in("guide")
    before = web.names()

    answer = guide.get(f"/would-wait?tickets={first},{second}").json
    one, two = answer["tickets"]
    special, care = (next(place for place in two["places"] if place["zone"] == zone) for zone in ("special", "care"))
    assert (one["ahead"], two["ahead"]) == (0, 1)
    assert (care["ahead"], care["wait"], care["refused"]) == (1, None, None)  # behind the other one; nobody sits there
    assert special["refused"] == "nothing_changes"
    assert special["message"]
    (of_one,) = guide.get(f"/would-wait?tickets={first}&to=service").json["tickets"]
    assert {"TQ11", "DK01"} <= {place["service"] for place in of_one["places"]}
    assert web.names() == before

    assert officer.get(f"/would-wait?tickets={first}").status_code == 403
    assert guide.get("/would-wait?tickets=X9").json["code"] == "unknown_ticket"
    assert guide.get("/would-wait?tickets=,").json["code"] == "fields_wrong"


def test_a_guide_is_beside_a_visitor_and_the_public_hears_nothing_of_it(web: WebHall):
    number = web.a_visitor_takes_a_number()
    guide, officer = web.signed_in("guide"), web.officer()
    assert web.an_officer_calls(officer) == number

    went = guide.post(f"/tickets/{number}/escort").json["ticket"]
    sits = guide.post(f"/tickets/{number}/place", {"place": "窗边"}).json["ticket"]
    checked = guide.post(f"/tickets/{number}/materials", {"missing": ["no-such-paper"]}).json["ticket"]
    assert (went["escort"], sits["place"]) == (PEOPLE["guide"], "窗边")
    assert (checked["missing"], checked["materials_checked"]) == ([], True)
    assert PEOPLE["guide"] in guide.get("/floor").json["guides"]
    other = web.signed_in("supervisor").post(f"/tickets/{number}/escort")
    assert (other.status_code, other.json["code"]) == (409, "escort_taken")

    assert (
        guide.post(f"/tickets/{number}/place", {"place": "第三排穿红衣的老人"}).status_code == 422
    )  # the hall's words only
    assert officer.post(f"/tickets/{number}/escort").status_code == 403
    board = str(web.kiosk().get("/board").json)
    assert number in board
    assert "窗边" not in board
    assert "escort" not in board
    assert guide.post(f"/tickets/{number}/minutes").json["ticket"]["stage"] == "parked"
