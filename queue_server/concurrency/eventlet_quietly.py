"""Imports eventlet as this server wants it. The rest of this folder takes it from here."""

from __future__ import annotations

import os
import warnings

os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # the hall looks nobody up; its resolver costs 0.2 s at start
with warnings.catch_warnings():
    # its authors discourage new use at import; the decision record says why it is used and how to leave it
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet
    import eventlet.event
    import eventlet.hubs
    import eventlet.patcher
    import eventlet.wsgi

__all__ = ["eventlet"]
