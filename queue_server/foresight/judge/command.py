"""`xinting judge FILE.csv`: how well each way of foreseeing waits would have done on a hall's own history."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from datetime import date
from pathlib import Path

from queue_server.foresight.judge.judge import Score, judge
from queue_server.foresight.judge.visits import UNSERVED, BadHistory, History, read_history

COLUMNS = ("mae", "rmse", "bias", "p90_coverage", "pinball", "mae_priority", "mae_ordinary")
LEAST_DAYS = 3


def judge_file(path: Path, train_until: date | None, repetitions: int) -> tuple[History, History, dict[str, Score]]:
    """Learns from the days up to `train_until` (three quarters of them unless told), judges on the later ones."""
    history = read_history(path)
    if train_until is None:
        train_until = history.days[max(0, len(history.days) * 3 // 4 - 1)].date
    train, test = history.split(train_until)
    if len(train.days) < LEAST_DAYS or not test.days:
        raise BadHistory(
            f"{path.name} has {len(train.days)} days until {train_until} and {len(test.days)} after it. "
            f"Give a date with at least {LEAST_DAYS} days before it and one after it."
        )
    if not _served(train) or not _served(test):
        raise BadHistory(
            f"{path.name}: nobody was served until {train_until}, or nobody after it, so no wait is known to judge by. "
            "Give start and server of those who were served."
        )
    return train, test, judge(train, test, repetitions=repetitions)


def _served(history: History) -> bool:
    return any((day.server != UNSERVED).any() for day in history.days)


def as_json(train: History, test: History, scores: dict[str, Score]) -> str:
    found = {
        "trained_on": _span(train),
        "judged_on": _span(test),
        "forgotten_ends": test.forgotten,
        "minutes": {name: _plain(score) for name, score in scores.items()},
        "best": best(scores),
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_table(train: History, test: History, scores: dict[str, Score]) -> str:
    lines = [f"learnt from {_said(train)}; judged on {_said(test)}; minutes"]
    if test.forgotten:
        lines.append(f"{test.forgotten} services were never ended; they are taken to have been over by the next one")
    lines.append(f"{'':14}" + "".join(f"{name:>14}" for name in COLUMNS))
    for name, score in sorted(scores.items(), key=lambda one: -one[1].mae):
        lines.append(f"{name:14}" + "".join(f"{getattr(score, column):14.3f}" for column in COLUMNS))
    return "\n".join(lines)


def best(scores: dict[str, Score]) -> str:
    return min(scores, key=lambda name: scores[name].mae)


def _plain(score: Score) -> dict[str, float | int | None]:
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value for name, value in asdict(score).items()
    }


def _span(history: History) -> dict[str, object]:
    days = history.days
    return {
        "from": days[0].date.isoformat(),
        "until": days[-1].date.isoformat(),
        "days": len(days),
        "rows": sum(len(day.arrival) for day in days),
    }


def _said(history: History) -> str:
    span = _span(history)
    return f"{span['days']} days ({span['from']} to {span['until']}, {span['rows']} rows)"
