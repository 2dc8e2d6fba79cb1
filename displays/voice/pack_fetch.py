"""Brings the hall's voice pack to a loudspeaker's machine: what changed, and only that."""

import logging
import os
import tempfile
from pathlib import Path

import requests

from displays.voice.voice_pack import CLIP_BYTES, VoicePack, manifest_of

logger = logging.getLogger(__name__)

PACK_PATH = "/setup/voice-pack"
ASK_WITHIN_SECONDS = 5.0


def fetch_pack(pack: VoicePack, server_url: str, token: str) -> None:
    """Without an answer, or with half of one, the pack that is here stays in use."""
    base, headers = server_url.rstrip("/") + PACK_PATH, {"Authorization": f"Bearer {token}"}
    try:
        answer = requests.get(f"{base}/manifest.json", headers=headers, timeout=ASK_WITHIN_SECONDS)
        if answer.status_code == 404:
            return  # a server without packs
        answer.raise_for_status()
        told = manifest_of(answer.json())
        if told == pack.manifest():
            return
        for name in {name for clips in told.clips.values() for name in clips.values()}:
            if pack.path_of(name) is None:
                clip = requests.get(f"{base}/clips/{name}", headers=headers, timeout=ASK_WITHIN_SECONDS)
                clip.raise_for_status()
                keep(pack.folder / name, clip.content)
        pack.take(told)
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        logger.warning("The voice pack was not fetched (%r)", error, extra={"action": "voice_pack_not_fetched"})


def keep(path: Path, sound: bytes) -> None:
    """Whole or not at all."""
    if len(sound) > CLIP_BYTES:
        raise ValueError(f"a clip of {len(sound)} bytes")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(sound)
    Path(part).replace(path)
