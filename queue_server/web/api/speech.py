"""The kiosk's screens read aloud: each part of one as a sound of the hall's own voice."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from queue_server.web.api.common import make_api
from queue_server.web.api.shapes import SpeechShape
from queue_server.web.context import VoiceAway, here
from queue_server.web.errors import ApiError
from queue_server.web.security import limit, needs_device, who
from queue_server.web.views import Json

api = make_api("speech", "Screens read aloud")


class Part(BaseModel):
    text: str = Field(min_length=1, max_length=200, description="What stands there; a longer text in several parts")
    language: Literal["zh", "en"] = "zh"
    slow: bool = False


@api.post("/speech", responses={200: SpeechShape})
@needs_device("kiosk")
def read_aloud(body: Part) -> Json:
    """A part of a screen as a WAV file. `sound` is empty when nothing of it can be said in that language."""
    context = here()
    limit("speech", who().id, context.limits.speech_per_kiosk)
    if context.speak is None:
        raise ApiError(503, "voice_away")
    try:
        made = context.speak(body.text, body.language, body.slow)
    except VoiceAway as away:
        raise ApiError(503, "voice_away") from away
    sound, seconds = made or ("", 0.0)
    return {"sound": sound, "seconds": seconds}
