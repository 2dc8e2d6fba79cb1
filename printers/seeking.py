"""Looks for printers around a kiosk when the administrators' page asks, beside the printing."""

import logging
import threading
from contextlib import closing
from dataclasses import asdict

from printers.discovery import Found, Unseen, discover
from printers.server_link import ServerAway, ServerLink

logger = logging.getLogger(__name__)

TELL_AGAIN_SECONDS = 3.0
TELL_AT_MOST = 5
MOST_FOUND = 50


class Seeker:
    """One search at a time. A wish is answered once; one whose answer found no ear is sought again when the hall lists
    it the next time."""

    def __init__(self, server_url: str, token: str, printer: str) -> None:
        self._server_url = server_url
        self._token = token
        self._printer = printer
        self._answered: set[str] = set()
        self._turn = threading.Lock()

    def seek(self, job: str) -> None:
        """Returns at once."""
        if job in self._answered:
            return
        self._answered.add(job)
        threading.Thread(target=self._seek, args=(job,), name="printers-around", daemon=True).start()

    def _seek(self, job: str) -> None:
        is_told = False
        try:
            with self._turn:
                seen = discover()
            found = [asdict(one) for one in seen if isinstance(one, Found)][:MOST_FOUND]
            unseen = [asdict(one) for one in seen if isinstance(one, Unseen)]
            with closing(ServerLink(self._server_url, self._token)) as link:
                is_told = self._tell(link, job, found, unseen)
        finally:
            if not is_told:
                self._answered.discard(job)

    def _tell(self, link: ServerLink, job: str, found: list[dict[str, str]], unseen: list[dict[str, str]]) -> bool:
        for _try in range(TELL_AT_MOST):
            try:
                link.tell_found(self._printer, job, found, unseen)
                return True
            except ServerAway as error:
                logger.info("What printers are around %s is told later: %s", self._printer, error)
                threading.Event().wait(TELL_AGAIN_SECONDS)
        return False
