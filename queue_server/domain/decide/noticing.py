"""A supervisor's word to everybody in the hall: put up on all screens with an end, taken down again."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, while_the_day_lasts
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import NoticeEndsWrong, NoticesFull, NoticeTextMissing, UnknownNotice

NOTICES_AT_ONCE = 3  # more than a screen can show and a person can take in


@rule
def put_up_notice(command: c.PutUpNotice, day: HallDay, at: datetime) -> list[e.Event]:
    while_the_day_lasts(day)
    text_zh, text_en = (" ".join(text.split()) for text in (command.text_zh, command.text_en))
    if not text_zh:
        raise NoticeTextMissing()
    if command.until <= at or day.rules.day_of(command.until) != day.day:
        raise NoticeEndsWrong(until=day.rules.local(command.until).strftime("%H:%M"))
    alike = [notice for notice in day.notices.values() if notice.emergency == command.emergency]
    if len(alike) >= NOTICES_AT_ONCE:  # no ordinary word stands in the way of an emergency
        raise NoticesFull(n=NOTICES_AT_ONCE)
    return [
        e.NoticePutUp(
            **stamp(command, at),
            notice=str(day.notices_put_up + 1),
            text_zh=text_zh,
            text_en=text_en,
            speak=command.speak or command.emergency,
            until=command.until,
            emergency=command.emergency,
        )
    ]


@rule
def take_down_notice(command: c.TakeDownNotice, day: HallDay, at: datetime) -> list[e.Event]:
    notice = day.notices.get(command.notice)
    if notice is None:
        raise UnknownNotice(notice=command.notice)
    return [
        e.NoticeTakenDown(
            **stamp(command, at),
            notice=notice.id,
            text_zh=notice.text_zh,
            text_en=notice.text_en,
            speak=notice.speak,
            until=notice.until,
            emergency=notice.emergency,
        )
    ]
