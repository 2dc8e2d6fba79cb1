"""`make judge`: the predictors on three invented halls and on M/M/s, into build/judge.jsonl.

Each hall is written as a CSV file first and read back, so that the judge knows no more than `xinting judge` would.
`python -m tests.judge.run halls` measures one group; the others are `best_time`, `theory`, `laws`, `speed` and
`first_days`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from queue_server.foresight.judge.command import as_table
from queue_server.foresight.judge.judge import Guesses, guess, score
from queue_server.foresight.judge.simulated_halls import HALLS, simulated_rows
from queue_server.foresight.judge.theory import judge_mms
from queue_server.foresight.judge.times_to_come import judge_times
from queue_server.foresight.judge.visits import History, read_history, write_history
from queue_server.foresight.simulation.run import simulate
from tests.bench.figures import Figure, median, print_table, write_figures
from tests.judge import laws
from tests.judge.big_hall import big_hall
from tests.judge.first_day import first_days
from tests.judge.full_day import cpu_share

OUT = Path("build/judge.jsonl")
TRAIN_DAYS, TEST_DAYS = 60, 20
SEEDS = (1, 2, 3)
REPETITIONS = 200
SPEED_ROUNDS = 5
FIRST_DAYS_LONGER = (-20, 0, 25, 50)  # percent that services really take beyond the catalogue


def main(wanted: list[str]) -> None:
    groups = {
        "halls": hall_figures,
        "best_time": best_time_figures,
        "theory": theory_figures,
        "laws": law_figures,
        "speed": speed_figures,
        "first_days": first_day_figures,
    }
    if unknown := set(wanted) - set(groups):
        raise SystemExit(f"No such group: {', '.join(sorted(unknown))}. There are: {', '.join(groups)}.")
    figures = [figure for name, group in groups.items() if not wanted or name in wanted for figure in group()]
    write_figures(figures, OUT)
    print_table(figures)
    print(f"\nwritten to {OUT}")


def hall_figures() -> list[Figure]:
    figures, everybody = [], []
    for number, train, test in _histories():
        guesses = guess(train, test, repetitions=REPETITIONS)
        scores = {name: score(one) for name, one in guesses.items()}
        print(f"\nhall {number}, mean wait {guesses['average'].waited.mean():.1f} min\n{as_table(train, test, scores)}")
        ours, theirs = scores["monte_carlo"], scores["queue_work"]
        note = f"{ours.mae:.2f} against {theirs.mae:.2f} min, {ours.visits} visits"
        figures.append(Figure(f"hall_{number}_mae_over_queue_work", ours.mae / theirs.mae, "ratio", note))
        everybody.append(guesses["monte_carlo"])
    together = score(all_of(everybody))
    ratios = [figure.value for figure in figures]
    return [
        *figures,
        Figure("hall_mean_mae_over_queue_work", float(np.mean(ratios)), "ratio", "mean of the three"),
        Figure("hall_p90_coverage", together.p90_coverage, "share", f"{together.visits} visits of all three halls"),
        Figure(
            "priority_mae_over_ordinary",
            together.mae_priority / together.mae_ordinary,
            "ratio",
            f"{together.mae_priority:.2f} against {together.mae_ordinary:.2f} min",
        ),
    ]


def _histories() -> Iterator[tuple[int, History, History]]:
    """(number of the hall, what may be learnt from, what is judged on)"""
    for number, (hall, seed) in enumerate(zip(HALLS, SEEDS, strict=True), start=1):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"hall_{number}.csv"
            write_history(simulated_rows(hall, TRAIN_DAYS + TEST_DAYS, seed), path)
            history = read_history(path)
        yield number, *history.split(history.days[TRAIN_DAYS - 1].date)


def best_time_figures() -> list[Figure]:
    """When to come: said of each later day the evening before, held against what then was."""
    figures, ratios = [], []
    for number, train, test in _histories():
        ours, theirs = judge_times(train, test)
        off, past = _known(ours.error), _known(theirs.error)
        ratios.append(off / past)
        note = (
            f"mean wait of a half hour, {ours.visits} visits; said to be emptiest: {_known(ours.advised):.1f} min, "
            f"else {_known(ours.otherwise):.1f}; bias {_known(ours.bias):+.1f}, P90 held {_known(ours.coverage):.2f}"
        )
        figures.append(Figure(f"best_time_{number}_mae", off, "min", note))
    note = "simulated, against the same half hour's mean of the 60 days"
    return [*figures, Figure("best_time_mae_over_past_mean", float(np.mean(ratios)), "ratio", note)]


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def first_day_figures() -> list[Figure]:
    figures = []
    for percent in FIRST_DAYS_LONGER:
        found = first_days(1 + percent / 100)
        note = (
            f"{found.coverage_waiting:.2f} of those who waited at all; error {found.mae:.1f} min, "
            f"ranges {found.width:.1f} min wide, {found.visits} visits"
        )
        figures.append(Figure(f"first_day_{percent:+d}_percent_p90_coverage", found.coverage, "share", note))
    return figures


def all_of(several: list[Guesses]) -> Guesses:
    names = ("p50", "p90", "waited", "priority")
    return Guesses(*(np.concatenate([getattr(one, name) for one in several]) for name in names))


def theory_figures() -> list[Figure]:
    figures = []
    for rho, name in ((0.8, "08"), (0.9, "09"), (0.95, "095")):
        found = judge_mms(rho, seed=1, repetitions=REPETITIONS)
        note = f"best on these {found.visits} visits {found.best:.3f}, in the long run {found.in_the_long_run}"
        figures.append(Figure(f"mms_{name}_mae_over_best", found.mae / found.best, "ratio", note))
    return figures


def law_figures() -> list[Figure]:
    ours, theirs = laws.impatience(seed=1)
    return [
        Figure("apq_worst_off", laws.apq(seed=1), "ratio", "accumulating priority, M/M/1 at ρ .85, four orders"),
        Figure("erlang_c_worst_off", laws.erlang_waits(seed=1), "ratio", "P(wait) and mean wait, 6 and 12 servers"),
        Figure("erlang_a_off", ours, "ratio", f"P(wait) where people lose patience; Ciw's own: {theirs:.4f}"),
        Figure("conservation_worst_off", laws.conservation(seed=1), "ratio", "Kleinrock's law, M/G/1, three orders"),
    ]


def speed_figures() -> list[Figure]:
    scenario = big_hall(waiting=300, counters=12)
    simulate(scenario, 2, 0)  # compiles, or loads what was compiled
    times = []
    for seed in range(SPEED_ROUNDS):
        began = time.process_time()  # of one core, whoever else wants it
        simulate(scenario, REPETITIONS, seed)
        times.append(time.process_time() - began)
    day = cpu_share(REPETITIONS)
    whole_day = f"of one core, {day.looked_at} moments of a day;"
    return [
        Figure("forecast_300_s", median(times), "s", f"300 waiting, 12 counters, {REPETITIONS} lives, one core"),
        Figure("forecast_cpu_share", day.simulating, "share", f"{whole_day} longest {day.longest:.3f} s"),
        Figure("forecast_server_cpu_share", day.serving, "share", f"{whole_day} longest {day.longest_serving:.3f} s"),
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
