"""Tells the server whether the kiosk has a reader, and a yes or no of each card. Nothing is kept or sent later."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import requests

from kiosk.card.reader import CardReader
from kiosk.card.seen import ReaderAway, Seen

logger = logging.getLogger(__name__)

SAY_EVERY_SECONDS = 15.0  # a page just opened learns of the reader within this time
WAIT_FOR_CARD_SECONDS = 2.0
HANGS_AFTER_SECONDS = 15.0  # a reader that has not come back from one look by then is as good as unplugged
TRY_AGAIN_SECONDS = 3.0
ANSWER_WITHIN_SECONDS = 3.0  # a card told later would be told to the next visitor


class CardTeller:
    """`start` returns at once. Two threads: one waits for cards, one says how the reader is; a driver may hang."""

    def __init__(
        self, server_url: str, token: str, reader: CardReader, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url = f"{server_url.rstrip('/')}/api/v1/card-reader"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._reader = reader
        self._clock = clock
        self._looked_at = clock()
        self._is_away = False
        self._is_server_away = False
        self._to_say = threading.Event()
        self._stopped = threading.Event()

    def start(self) -> None:
        for work in (self._watch_for_ever, self._say_for_ever):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._to_say.set()

    def _watch_for_ever(self) -> None:
        while not self._stopped.is_set():
            self.watch_once()

    def watch_once(self) -> None:
        """One look for a card, told at once."""
        try:
            seen = self._reader.wait_for_card(WAIT_FOR_CARD_SECONDS)
        except (
            Exception
        ) as error:  # a driver may raise anything, and its words may quote the card: only the kind is noted
            self._reader_is(away=True, why="" if isinstance(error, ReaderAway) else type(error).__name__)
            self._stopped.wait(TRY_AGAIN_SECONDS)
            return
        finally:
            self._looked_at = self._clock()
        self._reader_is(away=False)
        if seen is not None:
            self.say(seen)

    def _reader_is(self, *, away: bool, why: str = "") -> None:
        if away != self._is_away:
            if away:
                logger.warning("The card reader is away %s", why, extra={"action": "card_reader_away"})
            else:
                logger.info("The card reader is back", extra={"action": "card_reader_back"})
            self._is_away = away
            self._to_say.set()

    def _say_for_ever(self) -> None:
        while not self._stopped.is_set():
            self.say()
            self._to_say.wait(SAY_EVERY_SECONDS)
            self._to_say.clear()

    def say(self, seen: Seen | None = None) -> None:
        """Once. What the server does not hear now it never hears."""
        hangs = self._clock() - self._looked_at > HANGS_AFTER_SECONDS
        told = {
            "reader": "away" if self._is_away or hangs else "ready",
            "age": self._reader.precedence_age,
            "simulated": self._reader.is_simulated,
            "seen": None if seen is None else seen.value,
        }
        try:
            requests.post(self._url, json=told, headers=self._headers, timeout=ANSWER_WITHIN_SECONDS).raise_for_status()
            self._is_server_away = False
        except requests.RequestException as error:
            if not self._is_server_away:
                logger.warning("The card reader is not heard by the server: %s", error)
            self._is_server_away = True
