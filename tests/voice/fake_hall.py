"""A hall's feed for the voice, which says what the test tells it to."""

import threading
from datetime import UTC, datetime

from flask import Flask, request
from flask_socketio import SocketIO
from werkzeug.serving import make_server

DAY = "2026-11-23"
HALL_NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Far from this machine's own time, on purpose."""


def called(seq, ticket="T0023", counter="3", attempt=1, care=False, at=HALL_NOW, zone="special"):
    return {
        "seq": seq,
        "day": DAY,
        "name": "ticket_called",
        "at": at.isoformat().replace("+00:00", "Z"),
        "ticket": ticket,
        "counter": counter,
        "attempt": attempt,
        "after": {"ticket": {"ticket": ticket, "care": care, "zone": zone}},
    }


class FakeHall:
    """A feed as docs/feed.md describes it, and the hall's settings; it says what the test tells it to."""

    def __init__(self):
        app = Flask("fake_hall")
        self.events = []
        self.connections = []
        self.voice = {"languages": ["zh"], "repeats": 1}
        self.feed = SocketIO(app, async_mode="threading")
        self.feed.on_event("connect", self.on_connect, namespace="/feed")
        app.add_url_rule("/api/v1/hall", view_func=lambda: {"voice": self.voice})
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self.server.port}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def on_connect(self, auth):
        if auth["token"] != "right":
            return False
        seq = max((event["seq"] for event in self.events), default=0)
        clock = {"now": HALL_NOW.isoformat(), "rate": 1, "simulated": False, "timezone": "Asia/Shanghai"}
        self.feed.emit("hello", {"day": DAY, "seq": seq, "clock": clock}, to=request.sid, namespace="/feed")
        for event in self.events:
            if auth.get("day") == DAY and event["seq"] >= auth["last_seq"]:  # the last one once more, as feeds may
                self.feed.emit("event", event, to=request.sid, namespace="/feed")
        self.connections.append((request.sid, auth))
        return True

    def tell(self, event):
        self.events.append(event)
        self.feed.emit("event", event, namespace="/feed")

    def cut_the_line(self):
        sid, _ = self.connections[-1]
        self.feed.server.disconnect(sid, namespace="/feed")

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
