"""The page on which a centre records its own voice, clip by clip, and hears it; and the clips for loudspeakers."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, jsonify, make_response, request, send_file

from displays.voice.clip_list import clips_of
from displays.voice.pages import sound_file
from displays.voice.phrase import LANGUAGES, LONGEST_SPOKEN, Call
from displays.voice.sounds import Sounds
from displays.voice.voice_pack import CLIP_BYTES, VERSION, ClipWrong, Manifest, VoicePack

logger = logging.getLogger(__name__)

MICROPHONE_HERE = "camera=(), geolocation=(), microphone=(self)"
LONGEST_SPEAKER = 60

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Surroundings:
    """What the page needs of the web around it."""

    needs_administrator: Callable[[View], View]
    needs_voice: Callable[[View], View]
    takes_up_to: Callable[[int], Callable[[View], View]]
    draw: Callable[..., tuple[str, int]]
    word: Callable[..., str]
    go_on: Callable[[str, str], Any]
    tell_voices: Callable[[], None]
    languages: Callable[[], Sequence[str]]
    letters: Callable[[], Sequence[str]]
    counters: Callable[[], Sequence[str]]
    now: Callable[[], datetime]


def pack_blueprint(pack: VoicePack, sounds: Sounds, around: Surroundings) -> Blueprint:
    pages = Blueprint(
        "voice_pack", __name__, url_prefix="/setup/voice-pack", template_folder=str(Path(__file__).parent)
    )
    page = PackPage(pack, sounds, around)

    def add(method: str, path: str, view: Callable[..., Any], *, for_machines: bool = False, limit: int = 0) -> None:
        # marks are kept on a function, and a method takes none
        marked = around.needs_administrator(partial(view))
        if for_machines:
            marked = around.needs_voice(marked)
        if limit:
            marked = around.takes_up_to(limit)(marked)
        pages.add_url_rule(path, view.__name__, marked, methods=[method])

    add("GET", "", page.show)
    add("POST", "", page.say_who)
    add("POST", "/clip", page.record, limit=CLIP_BYTES)
    add("POST", "/drop", page.drop_all)
    add("GET", "/try.wav", page.listen)
    add("GET", "/manifest.json", page.manifest, for_machines=True)
    add("GET", "/clips/<name>", page.clip, for_machines=True)
    return pages


class PackPage:
    """Its public methods are the views."""

    def __init__(self, pack: VoicePack, sounds: Sounds, around: Surroundings) -> None:
        self.pack = pack
        self.sounds = sounds
        self.around = around

    def show(self) -> Response:
        return self._draw()

    def _draw(self, problem: str = "", status: int = 200) -> Response:
        manifest = self.pack.manifest()
        wanted = {language: self._wanted(language) for language in self.around.languages()}
        drawn, code = self.around.draw(
            "voice_pack.html",
            "voice-pack",
            status=status,
            manifest=manifest,
            groups=[
                (language, kind, [(text, manifest.clips.get(language, {}).get(text)) for text in texts])
                for language, kinds in wanted.items()
                for kind, texts in kinds.items()
                if texts
            ],
            recorded=sum(text in manifest.clips.get(one, {}) for one, text in _all_of(wanted)),
            many=len(_all_of(wanted)),
            problem=problem,
            title=self.around.word("setup.voice_pack"),
        )
        answer = make_response(drawn, code)
        answer.headers["Permissions-Policy"] = MICROPHONE_HERE
        return answer

    def _wanted(self, language: str) -> dict[str, list[str]]:
        return clips_of(language, self.around.letters(), self.around.counters())

    def say_who(self) -> Any:
        speaker = request.form.get("speaker", "").strip()[:LONGEST_SPEAKER]
        agreed, in_use = request.form.get("agreed") == "yes", request.form.get("in_use") == "yes"
        manifest = self.pack.manifest()
        if in_use and not (speaker and agreed):
            return self._draw(self.around.word("setup.pack_needs_consent"), 422)
        same = agreed and speaker == manifest.speaker and manifest.consent_at
        consent_at = (manifest.consent_at if same else self.around.now().date().isoformat()) if agreed else ""
        self.pack.say_who(speaker, consent_at, in_use=in_use)
        self.around.tell_voices()
        return self.around.go_on("/setup/voice-pack", "pack_kept")

    def record(self) -> Any:
        language, text = request.args.get("language", ""), request.args.get("text", "")
        if text not in [one for texts in self._of(language).values() for one in texts]:
            abort(404)
        try:
            seconds = self.pack.record(language, text, request.get_data())
        except ClipWrong as wrong:
            return jsonify(code=wrong.code, message=self.around.word(f"setup.pack_{wrong.code}")), 422
        manifest = self.pack.manifest()
        if manifest.in_use:
            self.around.tell_voices()
        return jsonify(seconds=round(seconds, 2), name=manifest.clips[language][text])

    def _of(self, language: str) -> dict[str, list[str]]:
        return self._wanted(language) if language in LANGUAGES else {}

    def drop_all(self) -> Any:
        self.pack.drop_all()
        self.around.tell_voices()
        return self.around.go_on("/setup/voice-pack", "pack_gone")

    def listen(self) -> Response:
        """A call as it would sound with the clips, whether they are in use or not."""
        ticket, counter = request.args.get("ticket", "T0023"), request.args.get("counter", "3")
        call = Call(ticket[:LONGEST_SPOKEN], counter[:LONGEST_SPOKEN])
        return sound_file(lambda: self.sounds.rehearsal(call))

    def manifest(self) -> Any:
        return jsonify(plain_of(self.pack.manifest()))

    def clip(self, name: str) -> Response:
        path = self.pack.path_of(name)
        if path is None:
            abort(404)
        return send_file(path, mimetype="audio/wav", etag=path.stem, conditional=True)


def plain_of(manifest: Manifest) -> Mapping[str, Any]:
    """As the folder has it."""
    return {"version": VERSION, **asdict(manifest)}


def _all_of(wanted: dict[str, dict[str, list[str]]]) -> list[tuple[str, str]]:
    return [(language, text) for language, kinds in wanted.items() for texts in kinds.values() for text in texts]
