"""`xinting voice`: listens to the hall's feed and announces its calls from this machine's loudspeaker."""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
import socketio

from displays.voice.announcer import Announcer
from displays.voice.engine_client import EngineClient
from displays.voice.hall_clock import HallClock
from displays.voice.phrase import Call
from displays.voice.players import Player, player_of_this_machine
from displays.voice.sounds import Sounds

logger = logging.getLogger(__name__)

NAMESPACE = "/feed"
CONNECT_AGAIN_SECONDS = 1.0
ASK_WITHIN_SECONDS = 5.0
LOOK_WHETHER_TO_STOP_SECONDS = 0.25


class VoiceListener:
    """Turns the feed's messages into announcements, and knows up to where it has heard."""

    def __init__(self, server_url: str, sounds: Sounds, announcer: Announcer, clock: HallClock) -> None:
        self.server_url = server_url.rstrip("/")
        self.sounds = sounds
        self.announcer = announcer
        self.clock = clock
        self.day: str | None = None
        self.last_seq: int | None = None

    def read_hall(self) -> None:
        """Take the hall's languages and repeats; without an answer go on with those that are known."""
        try:
            answer = requests.get(f"{self.server_url}/api/v1/hall", timeout=ASK_WITHIN_SECONDS)
            answer.raise_for_status()
            voice = answer.json()["voice"]
            languages = [str(language) for language in voice["languages"]]
            self.sounds.use(languages, int(voice["repeats"]), voice.get("pause_seconds"))
            limit = voice.get("stale_after_seconds", self.announcer.stale_after_seconds)
            self.announcer.stale_after_seconds = float(limit)
        except (requests.RequestException, ValueError, KeyError, TypeError) as error:
            logger.warning(
                "The hall's voice settings are unknown (%r); speaking %s",
                error,
                ", ".join(self.sounds.languages),
                extra={"action": "voice_settings_unknown"},
            )

    def on_hello(self, hello: dict[str, Any]) -> None:
        """The feed is open. The first time, what was called before we listened is past: start from here."""
        self.clock.set(hello.get("clock"))
        day, seq = str(hello["day"]), int(hello["seq"])
        if day == self.day and self.last_seq is not None:
            if seq >= self.last_seq:
                return
            # a restored backup or a fresh demo: the numbers begin again and mean other calls
            self.announcer.forget(day)
        self.day, self.last_seq = day, seq

    def on_event(self, message: dict[str, Any]) -> None:
        """Only calls are spoken; every other event passes by."""
        try:
            day, seq = str(message["day"]), int(message["seq"])
            if message["name"] == "ticket_called":
                at = datetime.fromisoformat(message["at"])
                if at.tzinfo is None:
                    raise ValueError("`at` is without a time zone")
                self.announcer.hear(day, seq, call_of(message), at)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            logger.error("A message could not be understood (%r)", error, extra={"action": "voice_call_lost"})
            return
        self.last_seq = max(seq, self.last_seq or 0) if day == self.day else seq
        self.day = day


def call_of(message: dict[str, Any]) -> Call:
    ticket = (message.get("after") or {}).get("ticket") or {}
    return Call(
        ticket=str(message["ticket"]),
        counter=str(message["counter"]),
        attempt=int(message["attempt"]),
        care=bool(ticket.get("care")),
    )


def run_voice(
    server_url: str,
    token: str,
    folder: Path,
    languages: Sequence[str] = ("zh", "en"),
    *,
    repeats: int = 2,
    player: Player | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Announce until `stop` is set (for ever without it). Waits for a server that is away."""
    stop = stop or threading.Event()
    engine = EngineClient()
    sounds = Sounds(folder, engine, languages, repeats)
    clock = HallClock()
    announcer = Announcer(player or player_of_this_machine(), sounds, clock)
    listener = VoiceListener(server_url, sounds, announcer, clock)
    sounds.warm_up()
    announcer.start()
    try:
        while not stop.is_set():
            listen_once(listener, token, stop)
    finally:
        announcer.stop()
        engine.close()


def listen_once(listener: VoiceListener, token: str, stop: threading.Event) -> None:
    """One connection to its end. Connecting again is ours, so that settings and place are told afresh each time."""
    listener.read_hall()
    ended = threading.Event()
    feed = socketio.Client(reconnection=False)
    feed.on("hello", listener.on_hello, namespace=NAMESPACE)
    feed.on("event", listener.on_event, namespace=NAMESPACE)
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
