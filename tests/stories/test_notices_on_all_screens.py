"""A supervisor has a word to everybody in the hall: on all screens until its end, taken down by hand or by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_server.domain.commands import PutUpNotice, TakeDownNotice
from queue_server.domain.refusals import NoticeEndsWrong, NoticesFull, NoticeTextMissing, UnknownNotice
from queue_server.service.timekeeper import keep_time
from queue_server.stores.memory import MemoryLog
from tests.story import MONDAY, StoryHall


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog()).at("10:00")


def put_up(hall: StoryHall, text: str = "电梯维修，请走东侧楼梯", *, hour: int = 11, days: int = 0) -> None:
    until = MONDAY.replace(hour=hour) + timedelta(days=days)
    command = f"put-up-{text}-{len(hall.events())}"
    hall.handle(PutUpNotice(id=command, actor="supervisor:sun", text_zh=text, until=until, speak=True))


def hanging(hall: StoryHall) -> list[str]:
    return [notice.text_zh for notice in hall.day().notices.values()]


def test_it_hangs_until_its_end_and_then_the_hall_takes_it_down_by_itself(hall: StoryHall) -> None:
    put_up(hall)
    keep_time(hall.at("10:59").hall)
    assert hanging(hall) == ["电梯维修，请走东侧楼梯"]

    keep_time(hall.at("11:00").hall)
    keep_time(hall.hall)
    assert hanging(hall) == []
    assert hall.events() == ["NoticePutUp", "NoticeTakenDown"]


def test_it_is_taken_down_earlier_and_only_once(hall: StoryHall) -> None:
    put_up(hall)
    hall.handle(TakeDownNotice(id="down", actor="supervisor:sun", notice="1"))

    with pytest.raises(UnknownNotice):
        hall.handle(TakeDownNotice(id="down again", actor="supervisor:sun", notice="1"))
    assert hanging(hall) == []


def test_what_no_screen_could_show_is_refused(hall: StoryHall) -> None:
    with pytest.raises(NoticeTextMissing):
        put_up(hall, " \n ")
    with pytest.raises(NoticeEndsWrong):
        put_up(hall, hour=10)
    with pytest.raises(NoticeEndsWrong):
        put_up(hall, days=1)
    assert hall.events() == []

    for text in ("一", "二", "三"):
        put_up(hall, text)
    with pytest.raises(NoticesFull):
        put_up(hall, "四")
    assert hanging(hall) == ["一", "二", "三"]


def test_a_restart_leaves_it_hanging(hall: StoryHall) -> None:
    put_up(hall)

    assert hanging(hall.restarted()) == ["电梯维修，请走东侧楼梯"]


def test_an_emergency_is_always_spoken_and_three_other_notices_never_stand_in_its_way(hall: StoryHall) -> None:
    for text in ("一", "二", "三"):
        put_up(hall, text)
    until = MONDAY.replace(hour=11)
    danger = PutUpNotice(id="fire", actor="supervisor:sun", text_zh="请马上从东门离开", until=until, emergency=True)
    hall.handle(danger)

    assert hall.day().notices["4"].emergency
    assert hall.day().notices["4"].speak
    assert hall.restarted().day().notices["4"].emergency
    keep_time(hall.at("11:00").hall)
    assert hanging(hall) == []
