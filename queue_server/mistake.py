"""What ends a command of `xinting` with one plain sentence. A module of its own: `python -m queue_server.cli` is not
`queue_server.cli`, and both must mean the same."""

from __future__ import annotations


class Mistake(Exception):
    """Something the caller can put right; the text says how."""
