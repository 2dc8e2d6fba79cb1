"""Web Push to the browser of a visitor's phone (RFC 8030, 8291, 8292), by pywebpush.

The hall's key pair follows from the server's secret, which is made at set-up: nothing more to keep or to back up.
Messages go only to push services on the hall's list, or any visitor could make the server call any address.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

from queue_server.notices.delivery import ANSWER_WITHIN_SECONDS, Outcome, outcome_of

KEPT_SECONDS = 120  # how long a push service keeps a message for a phone that is out of reach
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LONGEST_ENDPOINT = 1000


class PushNotices:
    """`services`: which addresses may be called, as `https://*.push.apple.com`; `contact`: whom a service may write to.

    The libraries are imported when the first phone asks: they take a good part of a second and many halls need none.
    """

    def __init__(self, key: bytes, services: Sequence[str], contact: str) -> None:
        self._private = (int.from_bytes(key, "big") % (ORDER_OF_P256 - 1) + 1).to_bytes(32, "big")
        self._services = services
        self._contact = contact

    @property
    def is_on(self) -> bool:
        return bool(self._services)

    def public_key(self) -> str:
        """What a browser needs to subscribe: the uncompressed point, in base64url."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
        from py_vapid import Vapid02

        point = Vapid02.from_raw(_base64url(self._private).encode()).public_key
        return _base64url(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def allows(self, endpoint: str) -> bool:
        try:
            parts = urlsplit(endpoint)
            has_login = parts.username is not None
        except ValueError:
            return False
        origin = f"{parts.scheme}://{parts.netloc}"
        known = any(fnmatchcase(origin, service) for service in self._services)
        return known and not has_login and len(endpoint) <= LONGEST_ENDPOINT

    def understood(self, given: Any) -> dict[str, Any] | None:
        """A subscription as a browser gives it, with only what is needed; None for anything else."""
        if not isinstance(given, dict) or not isinstance(given.get("keys"), dict):
            return None
        endpoint, keys = given.get("endpoint"), given["keys"]
        texts = [endpoint, keys.get("p256dh"), keys.get("auth")]
        if not all(isinstance(text, str) for text in texts) or not self.allows(str(endpoint)):
            return None
        if (len(_bytes(texts[1])), len(_bytes(texts[2]))) != (65, 16):
            return None
        return {"endpoint": endpoint, "keys": {"p256dh": texts[1], "auth": texts[2]}}

    def send(self, subscription: Mapping[str, Any], message: Mapping[str, object]) -> Outcome:
        """One try; the service cannot read what it carries."""
        import requests
        from pywebpush import WebPushException, webpush

        if not self.allows(str(subscription["endpoint"])):
            return Outcome.GONE  # the list became shorter since
        try:
            answer = webpush(
                dict(subscription),
                json.dumps(message, ensure_ascii=False),
                vapid_private_key=_base64url(self._private),
                vapid_claims={"sub": self._contact},
                ttl=KEPT_SECONDS,
                timeout=ANSWER_WITHIN_SECONDS,
                headers={"Urgency": "high"},
            )
        except WebPushException as error:
            return Outcome.REFUSED if error.response is None else outcome_of(error.response.status_code)
        except requests.RequestException:
            return Outcome.AGAIN
        return outcome_of(answer.status_code)


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Empty for what is no base64url."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
