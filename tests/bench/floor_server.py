"""The floor: an empty Flask endpoint that takes and gives JSON, on the same server.

`python -m tests.bench.floor_server PORT`
"""

from __future__ import annotations

import sys

from queue_server import concurrency

concurrency.patch()

from flask import Flask, request  # noqa: E402


def main(port: int) -> None:
    app = Flask(__name__)

    @app.post("/empty")
    def empty() -> tuple[dict[str, bool], int]:
        request.get_json()
        return {"ok": True}, 201

    concurrency.serve(app, concurrency.listen("127.0.0.1", port))


if __name__ == "__main__":
    main(int(sys.argv[1]))
