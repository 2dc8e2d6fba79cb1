"""The hall saying no. Each has a stable `code` and plain `details`; the words come from the reader's language file.

`message_key` = code; every refusal's words say what happened and what to do next (a test reads them all).
"""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """A wish the hall cannot grant. Leaves the log as it was."""

    code: ClassVar[str] = "refused"

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(f"{self.code}: {details}")


class UnknownService(Refusal):
    code = "unknown_service"


class UnknownZone(Refusal):
    code = "unknown_zone"


class UnknownCounter(Refusal):
    code = "unknown_counter"


class UnknownTicket(Refusal):
    code = "unknown_ticket"


class HallClosed(Refusal):
    code = "hall_closed"


class DayIsOver(Refusal):
    code = "day_is_over"


class ZoneIsClosed(Refusal):
    code = "zone_closed"


class NoCoaching(Refusal):
    code = "no_coaching"


class NoCareZone(Refusal):
    code = "no_care_zone"


class NumbersUsedUp(Refusal):
    code = "numbers_used_up"


class NotInForce(Refusal):
    """A temporary rule outside its days."""

    code = "not_in_force"


class UnknownPrefix(Refusal):
    code = "unknown_prefix"


class UnknownLease(Refusal):
    code = "unknown_lease"


class LeaseIsRevoked(Refusal):
    code = "lease_revoked"


class NoSuchNumber(Refusal):
    code = "no_such_number"


class HandTimesWrong(Refusal):
    """Called before the visitor came, ended before called, or not over yet."""

    code = "hand_times_wrong"


class DeskIsOpen(Refusal):
    code = "desk_taken"


class DeskNotOpen(Refusal):
    code = "desk_not_open"


class OfficerElsewhere(Refusal):
    code = "officer_elsewhere"


class CounterBusy(Refusal):
    code = "counter_busy"


class NobodyWaiting(Refusal):
    code = "nobody_waiting"


class WrongStage(Refusal):
    code = "wrong_stage"


class NotAtYourCounter(Refusal):
    code = "not_at_your_counter"


class CannotServe(Refusal):
    code = "cannot_serve"


class RecallTooSoon(Refusal):
    code = "recall_too_soon"


class CallAgainFirst(Refusal):
    code = "call_again_first"


class ReturnTooLate(Refusal):
    code = "return_too_late"


class NothingToUndo(Refusal):
    code = "nothing_to_undo"


class UndoTooLate(Refusal):
    code = "undo_too_late"


class NothingChanges(Refusal):
    code = "nothing_changes"


class FeedbackTooSoon(Refusal):
    code = "feedback_too_soon"


class FeedbackGivenBefore(Refusal):
    code = "feedback_given_before"


class FeedbackNotUnderstood(Refusal):
    code = "feedback_not_understood"


class HelpNotAsked(Refusal):
    code = "help_not_asked"


class MinutesUsedUp(Refusal):
    code = "minutes_used_up"


class MarkIsNotLow(Refusal):
    code = "mark_not_low"


class SupervisorNotAsked(Refusal):
    code = "supervisor_not_asked"


class TooManyServices(Refusal):
    code = "too_many_services"


class TooManyByPhone(Refusal):
    code = "too_many_by_phone"


class ServiceTwice(Refusal):
    code = "service_twice"


class ServiceNotPlanned(Refusal):
    code = "service_not_planned"


class TooManyPeople(Refusal):
    code = "too_many_people"


class QuotaReached(Refusal):
    code = "quota_reached"


class NotTooLate(Refusal):
    code = "not_too_late"


class TookOneAlready(Refusal):
    code = "took_one_already"


class TookOneJustNow(Refusal):
    code = "took_one_just_now"


class BookingTooEarly(Refusal):
    code = "booking_too_early"


class BookingUnknown(Refusal):
    code = "unknown_booking"


class SlotFull(Refusal):
    code = "slot_full"


class SlotNotOffered(Refusal):
    code = "slot_not_offered"


class CalledOften(Refusal):
    code = "called_often"


class ReserveIsShut(Refusal):
    code = "reserve_shut"


class NotAReserve(Refusal):
    code = "not_a_reserve"


class OfficerNotHere(Refusal):
    code = "officer_not_here"


class TicketMovedOn(Refusal):
    code = "ticket_moved_on"


class PositionUnknown(Refusal):
    code = "position_unknown"


class AlertIsOver(Refusal):
    code = "alert_is_over"


class EscortTaken(Refusal):
    code = "escort_taken"


class DayIsOpen(Refusal):
    code = "day_is_open"


class ActNeedsReason(Refusal):
    """A change for today is in everybody's way until somebody knows why."""

    code = "act_needs_reason"


class ReasonNeeded(Refusal):
    code = "reason_needed"


class BookingOtherDay(Refusal):
    code = "booking_other_day"


class NoticeTextMissing(Refusal):
    code = "notice_text_missing"


class NoticeEndsWrong(Refusal):
    code = "notice_ends_wrong"


class NoticesFull(Refusal):
    code = "notices_full"


class UnknownNotice(Refusal):
    code = "unknown_notice"


class HoursWrong(Refusal):
    code = "hours_wrong"


class CounterKnown(Refusal):
    code = "counter_known"


class CounterNumberWrong(Refusal):
    code = "counter_number_wrong"


class NoTicketThatDay(Refusal):
    code = "no_ticket_that_day"


class NoFilmOfDay(Refusal):
    code = "no_film_of_day"


class UnknownRepair(Refusal):
    code = "unknown_repair"


class RepairIsEnded(Refusal):
    code = "repair_is_ended"


class RepairStepTooEarly(Refusal):
    code = "repair_step_too_early"
