"""The colours that all screens share, for pictures that no stylesheet reaches."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent.parent / "common" / "tokens.css"


@cache
def colours() -> dict[str, str]:
    """By name, as `house`; of several the first, which is that of paper and desks."""
    found = re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", TOKENS.read_text(encoding="utf-8"))
    return dict(reversed(found))
