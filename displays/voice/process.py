"""`xinting voice`: listens to the hall's feed and announces its calls from this machine's loudspeaker."""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
import socketio

from displays.feed_client import FeedClient
from displays.voice.announcer import Announcer
from displays.voice.engine_client import EngineClient
from displays.voice.engine_command import CommandEngine
from displays.voice.hall_clock import HallClock
from displays.voice.hall_voice import HallVoice, hall_voice
from displays.voice.pack_fetch import fetch_pack
from displays.voice.phrase import LANGUAGES, Call
from displays.voice.players import MachinePlayer, Player
from displays.voice.sounds import Sounds
from displays.voice.spoken_record import SpokenRecord
from displays.voice.utterance import Broadcast, What
from displays.voice.voice_pack import VoicePack
from displays.voice.voice_state import VoiceState

logger = logging.getLogger(__name__)

NAMESPACE = "/feed"
CONNECT_AGAIN_SECONDS = 1.0
ASK_WITHIN_SECONDS = 5.0
LOOK_WHETHER_TO_STOP_SECONDS = 0.25


class VoiceListener:
    """Turns the feed's messages into announcements, and knows up to where it has heard."""

    def __init__(
        self, server_url: str, sounds: Sounds, announcer: Announcer, clock: HallClock, loudspeaker: str | None = None
    ) -> None:
        self.server_url = server_url.rstrip("/")
        self.sounds = sounds
        self.announcer = announcer
        self.clock = clock
        self.loudspeaker = loudspeaker
        self.wanted = HallVoice(sounds.languages, sounds.repeats)
        self.day: str | None = None
        self.last_seq: int | None = None
        self.fetch_pack: Callable[[], None] = lambda: None
        self._has_taken_up = False

    def go_on_from(self, place: tuple[str, int] | None) -> None:
        """Where the voice before this one had come to."""
        if place is not None:
            self.day, self.last_seq = place

    def read_hall(self, *_: object) -> None:
        """Take the hall's settings; without an answer go on with those that are known."""
        try:
            answer = requests.get(f"{self.server_url}/api/v1/hall", timeout=ASK_WITHIN_SECONDS)
            answer.raise_for_status()
            wanted = hall_voice(answer.json()["voice"], self.loudspeaker)
            self.sounds.follow(wanted)
            self.wanted = wanted
            self.announcer.stale_after_seconds = float(wanted.stale_after_seconds or self.announcer.stale_after_seconds)
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            logger.warning(
                "The hall's voice settings are unknown (%s: %s); speaking %s",
                type(error).__name__,
                error,
                ", ".join(self.sounds.languages),
                extra={"action": "voice_settings_unknown"},
            )

        self.fetch_pack()

    def gain_db(self) -> float:
        return self.wanted.volume.gain_db(self.clock.time_of_day())

    def on_hello(self, hello: dict[str, Any]) -> None:
        """The feed is open. The first time ever, what was called before we listened is past: start from here."""
        self.clock.set(hello.get("clock"))
        self._follow(str(hello["day"]), int(hello["seq"]))
        if not self._has_taken_up:
            self._has_taken_up = True
            self.announcer.take_up()

    def _follow(self, day: str, seq: int) -> None:
        if day == self.day and self.last_seq is not None:
            if seq >= self.last_seq:
                return
            # a restored backup or a fresh demo: the numbers begin again and mean other calls
            self.announcer.forget(day)
        self.day, self.last_seq = day, seq

    def on_event(self, message: dict[str, Any]) -> None:
        """Calls and broadcasts are spoken; every other event passes by."""
        try:
            day, seq = str(message["day"]), int(message["seq"])
            what = what_to_say(message)
            if what is not None and self.wanted.says(zone_of(message)):
                at = datetime.fromisoformat(message["at"])
                if at.tzinfo is None:
                    raise ValueError("`at` is without a time zone")
                self.announcer.hear(day, seq, what, at)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            logger.error("A message could not be understood (%r)", error, extra={"action": "voice_call_lost"})
            return
        self.last_seq = max(seq, self.last_seq or 0) if day == self.day else seq
        self.day = day


def what_to_say(message: dict[str, Any]) -> What | None:
    match message["name"]:
        case "ticket_called":
            return call_of(message)
        case "notice_put_up" if message.get("speak") or message.get("emergency"):
            return broadcast_of(message)
    return None


def zone_of(message: dict[str, Any]) -> str | None:
    ticket = (message.get("after") or {}).get("ticket") or {}
    return message.get("zone") or ticket.get("zone")


def call_of(message: dict[str, Any]) -> Call:
    ticket = (message.get("after") or {}).get("ticket") or {}
    return Call(
        ticket=str(message["ticket"]),
        counter=str(message["counter"]),
        attempt=int(message["attempt"]),
        care=bool(ticket.get("care")),
    )


def broadcast_of(message: dict[str, Any]) -> Broadcast:
    """Of a supervisor's notice that is to be spoken too."""
    texts = {language: message.get(f"text_{language}") for language in LANGUAGES}
    return Broadcast.of(texts, emergency=bool(message.get("emergency")))


def run_voice(
    server_url: str,
    token: str,
    folder: Path,
    languages: Sequence[str] = ("zh", "en"),
    *,
    repeats: int = 2,
    player: Player | None = None,
    engine: EngineClient | CommandEngine | None = None,
    loudspeaker: str | None = None,
    stop: threading.Event | None = None,
    state: VoiceState | None = None,
) -> None:
    """Announce until `stop` is set (for ever without it). Waits for a server that is away. VoiceTrouble when another
    voice speaks from this folder."""
    stop = stop or threading.Event()
    record = SpokenRecord(folder / "spoken.sqlite")
    engine = engine or EngineClient()
    pack = VoicePack(folder / "voice-pack")
    sounds = Sounds(folder, engine, languages, repeats, pack=pack)
    clock = HallClock()
    announcer = Announcer(player or MachinePlayer(), sounds, clock, record=record, state=state)
    listener = VoiceListener(server_url, sounds, announcer, clock, loudspeaker)
    announcer.gain_db = listener.gain_db
    listener.go_on_from(record.place())
    listener.fetch_pack = lambda: fetch_pack(pack, server_url, token)
    sounds.warm_up()
    announcer.start()
    try:
        while not stop.is_set():
            listen_once(listener, token, stop)
    finally:
        announcer.stop()
        engine.close()
        record.close()


def listen_once(listener: VoiceListener, token: str, stop: threading.Event) -> None:
    """One connection to its end. Connecting again is ours, so that settings and place are told afresh each time."""
    listener.read_hall()
    ended = threading.Event()
    feed = FeedClient(reconnection=False)
    feed.on("hello", listener.on_hello, namespace=NAMESPACE)
    feed.on("event", listener.on_event, namespace=NAMESPACE)
    feed.on("setup", listener.read_hall, namespace=NAMESPACE)
    feed.on("clock", listener.clock.set, namespace=NAMESPACE)
    feed.on("tick", listener.clock.set, namespace=NAMESPACE)
    feed.on("disconnect", lambda *_: ended.set(), namespace=NAMESPACE)
    place = {"day": listener.day, "last_seq": listener.last_seq} if listener.day else {}
    try:
        feed.connect(
            listener.server_url,
            transports=["websocket"],
            namespaces=[NAMESPACE],
            auth={"token": token, "audience": "voice", **place},
        )
    except socketio.exceptions.ConnectionError as error:
        logger.warning(
            "The hall's feed is away (%s); trying again in %.0f s. If this stays, check address and device token.",
            error,
            CONNECT_AGAIN_SECONDS,
            extra={"action": "voice_feed_away"},
        )
        stop.wait(CONNECT_AGAIN_SECONDS)
        return
    logger.info("Listening to %s", listener.server_url)
    while not ended.wait(LOOK_WHETHER_TO_STOP_SECONDS) and not stop.is_set():
        pass
    feed.disconnect()
    stop.wait(CONNECT_AGAIN_SECONDS if ended.is_set() else 0)
