"""The outgoing webhook, to which a centre ties its SMS or WeChat gateway. docs/api.md describes it for the gateway.

Signed, so that the gateway knows the hall: `X-Xinting-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 of
`<seconds>.<body>` under the shared secret. The same notice keeps its `id` however often it is tried.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable, Mapping

import requests

from queue_server.notices.delivery import ANSWER_WITHIN_SECONDS, Outcome, outcome_of


def signature(secret: str, seconds: int, body: bytes) -> str:
    proof = hmac.digest(secret.encode(), f"{seconds}.".encode() + body, "sha256").hex()
    return f"t={seconds},v1={proof}"


class Webhook:
    def __init__(self, url: str, secret: str, now: Callable[[], float] = time.time) -> None:
        self._url = url
        self._secret = secret
        self._now = now

    def send(self, notice: Mapping[str, object]) -> Outcome:
        """One try. Follows no redirect: the number in it is for this address only."""
        body = json.dumps(notice, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "X-Xinting-Signature": signature(self._secret, int(self._now()), body),
        }
        try:
            answer = requests.post(
                self._url, data=body, headers=headers, timeout=ANSWER_WITHIN_SECONDS, allow_redirects=False
            )
        except requests.RequestException:
            return Outcome.AGAIN
        return outcome_of(answer.status_code)
