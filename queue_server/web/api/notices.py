"""A supervisor's word to everybody in the hall: on all screens, aloud if wished, until a moment of today."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.hall_day import HallDay
from queue_server.service.hall import Handled
from queue_server.web.api.common import COMMAND, Wish, handle, make_api, wish_id
from queue_server.web.api.shapes import NoticesShape
from queue_server.web.context import here
from queue_server.web.security import STAFF, needs_device, needs_role, who
from queue_server.web.views import Json, notice_views

api = make_api("notices", "A word to everybody in the hall")


class NoticePath(BaseModel):
    notice: str = Field(max_length=8, description="As the event that put it up has it")


class NewNotice(Wish):
    text_zh: str = Field(max_length=120)
    text_en: str = Field("", max_length=200, description="Empty: screens show and the voice says the Chinese alone")
    speak: bool = Field(False, description="Also said aloud by the hall's voice")
    emergency: bool = Field(False, description="Danger: said at once, before all calls; the whole of every screen")
    until: AwareDatetime = Field(description="A moment of today; then the hall takes it down by itself")


def _hanging(handled: Handled) -> Json:
    seq = handled.recorded[-1].seq if handled.recorded else handled.day.seq
    return {"seq": seq, "notices": notice_views(handled.day)}


@api.get("/notices", responses={200: NoticesShape})
@needs_role(*STAFF)
@needs_device("display", "kiosk", "voice")
def read_notices() -> Json:
    """What hangs now: emergencies, then the newest first."""

    def notices(day: HallDay, at: datetime) -> Json:
        return {"seq": day.seq, "notices": notice_views(day)}

    return here().hall.read(notices)


@api.post("/notices", responses={200: NoticesShape}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def put_up_notice(body: NewNotice) -> Json:
    """Put up a notice on all screens of the hall and on every visitor's phone."""
    someone = who()
    command = c.PutUpNotice(
        id=wish_id(someone, "put-up-notice"),
        actor=someone.actor,
        text_zh=body.text_zh,
        text_en=body.text_en,
        speak=body.speak,
        emergency=body.emergency,
        until=body.until,
    )
    return handle(command, _hanging)


@api.post("/notices/<notice>/take-down", responses={200: NoticesShape}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def take_down_notice(path: NoticePath) -> Json:
    """Take it down before its end."""
    someone = who()
    command = c.TakeDownNotice(id=wish_id(someone, "take-down-notice"), actor=someone.actor, notice=path.notice)
    return handle(command, _hanging)
