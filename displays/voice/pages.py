"""The voice over HTTP: each call of the log as a sound file, and the scripts by which a hall display plays it."""

import logging
import re
from collections.abc import Callable

from flask import Blueprint, Response, abort, send_file

from displays.voice.sounds import Announcement, Sounds
from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import What, gain_of

logger = logging.getLogger(__name__)

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SOUND_NAME = re.compile(r"[0-9a-f]{32}")
OUT_OF_ORDER = "广播暂时不可用，请看屏幕。\nThe voice is out of order; please look at the screen.\n"


def voice_blueprint(
    find_words: Callable[[str, int], What | None], sounds: Sounds, gain_db: Callable[[], float] = lambda: 0.0
) -> Blueprint:
    """`find_words(day, seq)` looks up a call or broadcast in the log: nobody makes the hall say words of their own."""
    pages = Blueprint(
        "voice", __name__, url_prefix="/displays/voice", static_folder="static", static_url_path="/static"
    )

    @pages.get("/<day>/<int:seq>.wav")
    def call_sound(day: str, seq: int) -> Response:
        what = find_words(day, seq) if DAY.fullmatch(day) else None
        if what is None:
            abort(404)
        return sound_file(lambda: sounds.announcement(what, gain_of(what, gain_db())))

    @pages.get("/spoken/<name>.wav")
    def spoken_sound(name: str) -> Response:
        announcement = sounds.spoken_before(name) if SOUND_NAME.fullmatch(name) else None
        if announcement is None:
            abort(404)
        return sound_file(lambda: announcement)

    @pages.get("/chime.wav")
    def chime_sound() -> Response:
        return sound_file(sounds.chime)

    @pages.get("/silence.wav")
    def silent_sound() -> Response:
        return sound_file(sounds.silence)

    return pages


def sound_file(make: Callable[[], Announcement]) -> Response:
    try:
        announcement = make()
        answer = send_file(announcement.path, mimetype="audio/wav", etag=announcement.path.stem, conditional=True)
    except (VoiceTrouble, FileNotFoundError) as trouble:
        logger.error("A sound could not be served: %s", trouble, extra={"action": "voice_sound_failed"})
        return Response(
            OUT_OF_ORDER, 503, mimetype="text/plain", headers={"Retry-After": "5", "Cache-Control": "no-store"}
        )
    # Kept, but asked for by its content's name each time: after a restored backup or in a fresh demo the same
    # day and seq may be another ticket, and the hall must never hear the old one.
    answer.headers["Cache-Control"] = "no-cache"
    return answer
