"""The past in the reader's words: what stands in the tables and charts of the page and of the printed report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from queue_server.domain.repairs import RepairFigures
from queue_server.foresight.ledger import Kept, LedgerMeasures, measures_of
from queue_server.hall_file import HallFile
from queue_server.reports.history.charts import bar_chart
from queue_server.reports.history.charts import said as figure_said
from queue_server.reports.history.figures import Figures, Visit, counters_of, figures_of, grouped, people
from queue_server.reports.history.heat_map import HeatMap, arrivals_map, waits_map
from queue_server.reports.history.phantoms import REASONS, PhantomRules
from queue_server.reports.history.reading import Past
from queue_server.reports.history.span import Span
from queue_server.web.views import said
from queue_server.web.words import word

NOTHING = "—"
SHOWN = ("tickets", "served", "abandoned", "no_show", "unfinished", "bounced", "care")
MINUTES = ("mean_wait", "p50_wait", "p90_wait", "mean_service")
OF_A_GROUP = ("tickets", "served", "mean_wait", "p90_wait", "mean_service")


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    visits: list[Visit]
    days: list[str]


@dataclass
class HistoryView:
    """`clean`: the tables by service, zone and counter leave phantoms out."""

    past: Past
    span: Span
    rules: PhantomRules
    hall_file: HallFile
    language: str
    clean: bool = True
    mending: RepairFigures | None = None  # of the visits of the span

    # --- the whole

    @cached_property
    def columns(self) -> list[Column]:
        """Two days side by side, or the whole span."""
        if not self.span.two:
            return [Column(self.span_said(), self.past.visits, self.past.days)]
        days = (self.span.first.isoformat(), self.span.last.isoformat())
        return [Column(self.day_said(day), [one for one in self.past.visits if one.day == day], [day]) for day in days]

    def whole(self) -> list[tuple[str, list[str]]]:
        """Each figure raw and cleaned, for each column; of two days also what changed, cleaned."""
        pairs = [(figures_of(one.visits), figures_of(people(one.visits))) for one in self.columns]
        rows = []
        for name in (*SHOWN, *MINUTES, "marks"):
            cells = [figure(one, name) for pair in pairs for one in pair]
            if self.span.two:
                cells.append(change(pairs[0][1], pairs[1][1], name))
            rows.append((self.word(f"figure_{name}"), cells))
        return rows

    def phantoms(self) -> list[tuple[str, int]]:
        limits = {"left": self.rules.left_seconds, "double": self.rules.double_seconds}
        limits["ended"] = self.rules.ended_seconds
        found = [one.phantom for one in self.past.visits if one.phantom]
        return [
            (self.word(f"phantom_{reason}", seconds=limits.get(reason, 0)), found.count(reason))
            for reason in REASONS
            if reason in found or limits.get(reason, self.rules.no_shows)
        ]

    def share_of_phantoms(self) -> str:
        found = sum(one.phantom != "" for one in self.past.visits)
        return f"{100 * found / max(1, len(self.past.visits)):.1f} %"

    # --- pictures

    def charts(self) -> list[dict[str, Any]]:
        """Many days: a bar a day. One or two: a bar an hour."""
        if self.span.two or len(self.past.days) < 2:
            return [
                self._hourly("chart_arrivals_hour", len),
                self._hourly("chart_waits_hour", lambda found: figures_of(found).mean_wait),
            ]
        by_day = grouped(people(self.past.visits), lambda one: one.day)
        figures = [figures_of(by_day.get(day, [])) for day in self.past.days]
        labels = [f"{int(day[5:7])}/{int(day[8:])}" for day in self.past.days]
        return [
            self._chart("chart_tickets_day", labels, [[one.tickets for one in figures]]),
            self._chart("chart_waits_day", labels, [[one.p90_wait for one in figures]]),
        ]

    def _hourly(self, title: str, value: Callable[[list[Visit]], float | None]) -> dict[str, Any]:
        shown = [people(one.visits) for one in self.columns]
        hours = sorted({one.hour for visits in shown for one in visits})
        between = range(hours[0], hours[-1] + 1) if hours else range(0)
        rows = [
            [value([one for one in visits if one.hour == hour]) for hour in between]
            if visits
            else [None for _ in between]
            for visits in shown
        ]
        return self._chart(title, [f"{hour}:00" for hour in between], rows)

    def _chart(self, title: str, labels: Sequence[str], series: Sequence[Sequence[float | None]]) -> dict[str, Any]:
        names = [one.title for one in self.columns] if len(series) > 1 else []
        return {"title": self.word(title), "chart": bar_chart(labels, series), "names": names}

    def heat_maps(self) -> list[dict[str, Any]]:
        shown = people(self.past.visits)
        return [
            self._heat_map("heat_arrivals", arrivals_map(shown, self.past.days)),
            self._heat_map("heat_waits", waits_map(shown, self.past.days)),
        ]

    def _heat_map(self, title: str, found: HeatMap) -> dict[str, Any]:
        return {
            "title": self.word(title),
            "hours": [f"{hour}" for hour in found.hours],
            "rows": [
                (
                    self.word(f"weekday_{weekday}"),
                    [
                        ("" if value is None else figure_said(value), found.level(value))
                        for value in found.cells[weekday].values()
                    ],
                )
                for weekday in found.weekdays
            ],
        }

    # --- day by day, and by what

    def days(self) -> list[dict[str, Any]]:
        by_day = grouped(self.past.visits, lambda one: one.day)
        rows = []
        for day in self.past.days:
            raw, clean = figures_of(by_day.get(day, [])), figures_of(people(by_day.get(day, [])))
            names = ("served", "abandoned", "no_show", "mean_wait", "p90_wait", "mean_service")
            cells = [figure(raw, "tickets"), figure(clean, "tickets"), *(figure(clean, name) for name in names)]
            rows.append({"day": day, "said": self.day_said(day), "cells": cells})
        return rows

    def groups(self) -> list[dict[str, Any]]:
        services, zones = self.hall_file.catalogue, self.hall_file.zones
        return [
            self._group("by_zone", lambda one: one.zone, lambda zone: self.zone_said(zone), list(zones)),
            self._group(
                "by_service",
                lambda one: one.service,
                lambda name: said(services.service(name).plain_name, self.language) if name in services else name,
                [],
            ),
            self._counters(),
        ]

    def _group(
        self, title: str, key: Callable[[Visit], str], name: Callable[[str], str], order: list[str]
    ) -> dict[str, Any]:
        parts = [grouped(self._chosen(one.visits), key) for one in self.columns]
        keys = sorted(
            {one for part in parts for one in part},
            key=lambda one: (
                order.index(one) if one in order else len(order),
                -sum(len(part.get(one, [])) for part in parts),
                one,
            ),
        )
        figures = {one: [figures_of(part.get(one, [])) for part in parts] for one in keys}
        return {
            "title": self.word(title),
            "heads": [self.word(f"figure_{name}") for name in OF_A_GROUP],
            "rows": [
                (name(one), [[figure(found, column) for found in figures[one]] for column in OF_A_GROUP])
                for one in keys
            ],
        }

    def _counters(self) -> dict[str, Any]:
        handled = [one for one in self.past.handled if not (self.clean and one.phantom)]
        parts = [counters_of([one for one in handled if one.day in column.days]) for column in self.columns]
        known = list(self.hall_file.rules.counters)
        keys = sorted({one for part in parts for one in part}, key=lambda one: (one not in known, one.zfill(3)))
        cells = []
        for key in keys:
            found = [part.get(key) for part in parts]
            cells.append(
                (
                    self.word("counter", counter=key),
                    [
                        [str(one.services) if one else NOTHING for one in found],
                        [minutes(one.mean_service) if one else NOTHING for one in found],
                        [str(one.inferred) if one else NOTHING for one in found],
                    ],
                )
            )
        heads = [self.word(f"figure_{name}") for name in ("services", "mean_service", "inferred")]
        return {"title": self.word("by_counter"), "heads": heads, "rows": cells}

    def _chosen(self, visits: list[Visit]) -> list[Visit]:
        return people(visits) if self.clean else visits

    # --- what was promised

    def ledger(self) -> list[tuple[str, list[str]]]:
        """All, by zone, and by day where there are several."""
        promises = self.past.promises
        zones = [zone for zone in self.hall_file.zones if any(one.shown.zone == zone for one in promises)]
        days = sorted({one.shown.day for one in promises})
        rows = [(self.word("ledger_all"), ledger_cells(measures_of("", promises)))]
        rows += [(self.zone_said(zone), ledger_cells(_of(promises, zone=zone))) for zone in zones]
        if len(days) > 1:
            rows += [(self.day_said(day.isoformat()), ledger_cells(_of(promises, day=day))) for day in days]
        return rows if promises else []

    # --- what was mended

    def repairs(self) -> list[tuple[str, str]]:
        """How many bad experiences, what became of them, and how many clocks held of those that are known."""
        found = self.mending
        if found is None or not found.opened:
            return []
        counts = ("opened", "standing", "late", "done", "closed")
        rows = [(self.word(f"repairs_{name}"), str(getattr(found, name))) for name in counts]
        for clock, (held, known) in found.in_time.items():
            share = f"{held} / {known} ({100 * held / known:.0f} %)" if known else NOTHING
            rows.append((self.word(f"repairs_{clock}"), share))
        return rows

    # --- words

    def word(self, name: str, **values: object) -> str:
        return word(f"history.{name}", self.language, **values)

    def day_said(self, day: str) -> str:
        return f"{day} {self.word(f'weekday_{date.fromisoformat(day).weekday()}')}"

    def span_said(self) -> str:
        first, last = self.span.first.isoformat(), self.span.last.isoformat()
        if self.span.is_one_day:
            return self.day_said(first)
        return self.word("two_days" if self.span.two else "from_to", first=first, last=last)

    def zone_said(self, zone: str) -> str:
        known = self.hall_file.zones.get(zone)
        return f"{known.shape} {said(known.name, self.language)}" if known else zone


def _of(promises: Sequence[Kept], *, zone: str = "", day: date | None = None) -> LedgerMeasures:
    found = [one for one in promises if (not zone or one.shown.zone == zone) and (day is None or one.shown.day == day)]
    return measures_of(zone, found)


def ledger_cells(one: LedgerMeasures) -> list[str]:
    bias = NOTHING if one.bias is None else f"{one.bias:+.1f}"
    coverage = NOTHING if one.coverage is None else f"{100 * one.coverage:.0f} %"
    return [
        str(one.shown),
        str(one.kept),
        minutes(one.error),
        bias,
        coverage,
        str(one.certain),
        str(one.certain_broken),
    ]


def figure(figures: Figures, name: str) -> str:
    if name == "marks":
        return NOTHING if figures.mark is None else f"{figures.mark:.1f} ({figures.marks})"
    value = getattr(figures, name)
    return minutes(value) if name in MINUTES else str(value)


def change(before: Figures, after: Figures, name: str) -> str:
    """With a sign that can be read without colour."""
    name = "mark" if name == "marks" else name
    one, other = getattr(before, name), getattr(after, name)
    if one is None or other is None:
        return NOTHING
    by = other - one
    if abs(by) < 0.05:
        return "＝"
    sign = "▲" if by > 0 else "▼"
    return f"{sign} {abs(by):.0f}" if isinstance(by, int) else f"{sign} {abs(by):.1f}"


def minutes(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1f}"
