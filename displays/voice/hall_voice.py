"""How a hall wants to be spoken to, as `GET /api/v1/hall` tells it under `voice`; a loudspeaker may differ. Pure."""

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from displays.voice.volume import Volume


@dataclass(frozen=True)
class HallVoice:
    """`zone`: this loudspeaker says its calls only; None: all."""

    languages: tuple[str, ...]
    repeats: int
    pause_seconds: float | None = None
    stale_after_seconds: float | None = None
    chime: bool = True
    zone: str | None = None
    volume: Volume = field(default_factory=Volume)

    def says(self, zone: str | None) -> bool:
        """Also what belongs to no zone, or to one that is not told: better twice than never."""
        return self.zone is None or zone is None or zone == self.zone


class NoSuchLoudspeaker(ValueError):
    """The hall's file does not name it."""


def hall_voice(told: dict[str, Any], loudspeaker: str | None = None) -> HallVoice:
    """KeyError, TypeError or ValueError when it is not as documented; NoSuchLoudspeaker with those there are."""
    told = dict(told)
    if loudspeaker is not None:
        own = {str(one["id"]): one for one in told.get("loudspeakers", ())}
        if loudspeaker not in own:
            raise NoSuchLoudspeaker(f"no loudspeaker {loudspeaker!r}; there are: {', '.join(own) or 'none'}")
        told.update((name, value) for name, value in own[loudspeaker].items() if value not in (None, []))
    quiet = tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in told.get("quiet_times", ()))
    return HallVoice(
        languages=tuple(str(language) for language in told["languages"]),
        repeats=int(told["repeats"]),
        pause_seconds=told.get("pause_seconds"),
        stale_after_seconds=told.get("stale_after_seconds"),
        chime=bool(told.get("chime", True)),
        zone=told.get("zone"),
        volume=Volume(
            int(told.get("volume_percent", 100)),
            str(told.get("noise", "usual")),
            quiet,
            int(told.get("quiet_volume_percent", 60)),
        ),
    )
