"""The report tables in Datasette: what stands in them, in words, and questions that are ready to be asked.

Datasette is a program of its own (`pip install datasette`); the hall needs nothing of it. Only the machine itself can
reach it unless somebody says otherwise: the tables name who served.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from queue_server.reports.history.phantoms import MARKED, PhantomRules
from queue_server.reports.history.span import OF_THE_SPAN
from queue_server.reports.tables import COLUMNS, FILE

LONGEST_MS = 10_000  # of a question: a year on a hall's small machine
METADATA_FILE = "datasette.json"
DATABASE = FILE.removesuffix(".sqlite")
Say = Callable[[str], str]  # a key of datasette.json in the reader's language
Heading = Callable[[str, str], str]  # (table, column) -> its words, as in the exports

# {marked}: the visits from :first to :last with why one is taken for nobody
QUESTIONS = {
    "days": """
        SELECT day, visits, served, abandoned, no_show, round(mean_wait_minutes, 1) AS mean_wait,
            round(p90_wait_minutes, 1) AS p90_wait, feedback_average
        FROM days WHERE day BETWEEN :first AND :last ORDER BY day DESC
    """,
    "phantoms": """
        WITH {marked}
        SELECT day, COUNT(*) AS raw, SUM(phantom = '') AS cleaned, SUM(phantom = 'left') AS left_at_once,
            SUM(phantom = 'double') AS doubles, SUM(phantom = 'ended') AS ended_at_once
        FROM marked GROUP BY day ORDER BY day DESC
    """,
    "hours": """
        WITH {marked}
        SELECT CASE strftime('%w', day) WHEN '0' THEN 7 ELSE strftime('%w', day) + 0 END AS weekday,
            substr(arrival, 12, 2) AS hour, COUNT(*) AS arrivals, COUNT(DISTINCT day) AS days,
            round(1.0 * COUNT(*) / COUNT(DISTINCT day), 1) AS usual, round(AVG(wait_minutes), 1) AS mean_wait
        FROM marked WHERE phantom = '' GROUP BY weekday, hour ORDER BY weekday, hour
    """,
    "services": """
        WITH {marked}
        SELECT service, COUNT(*) AS visits, round(AVG(wait_minutes), 1) AS mean_wait,
            round(MAX(wait_minutes), 1) AS longest_wait, round(AVG(service_minutes), 1) AS mean_service
        FROM marked WHERE phantom = '' GROUP BY service ORDER BY visits DESC
    """,
    "counters": """
        SELECT counter, service, COUNT(*) AS services, round(AVG(service_minutes), 1) AS mean_service,
            SUM(inferred) AS finish_not_pressed
        FROM services_done WHERE day BETWEEN :first AND :last GROUP BY counter, service ORDER BY counter, services DESC
    """,
    "long_waits": """
        WITH {marked}
        SELECT day, ticket, service, zone, round(wait_minutes, 1) AS wait, stage, transfers, missed
        FROM marked WHERE phantom = '' AND wait_minutes > :longer_than ORDER BY wait_minutes DESC
    """,
    "bounces": """
        SELECT service, COUNT(*) AS visits, SUM(bounced) AS bounced,
            round(100.0 * SUM(bounced) / COUNT(*), 1) AS percent
        FROM visits WHERE day BETWEEN :first AND :last GROUP BY service HAVING SUM(bounced) > 0 ORDER BY bounced DESC
    """,
    "overtaking": """
        SELECT day, at, ticket, passed_over, round(overtook_minutes, 1) AS overtook_minutes, rule, counter
        FROM calls WHERE day BETWEEN :first AND :last AND passed_over <> '' ORDER BY overtook_minutes DESC
    """,
}
PARAMETERS = {"long_waits": ["first", "last", "longer_than"]}


def metadata(rules: PhantomRules, say: Say, heading: Heading) -> dict[str, Any]:
    """What Datasette reads with --metadata."""
    tables = {
        table: {
            "title": say(f"table_{table}"),
            "description": say(f"about_{table}"),
            "columns": {name: heading(table, name) for name in columns},
        }
        for table, columns in COLUMNS.items()
        if table != "read_so_far"
    }
    queries = {
        name: {
            "title": say(f"query_{name}"),
            "description": say("query_days_asked"),
            "sql": question(name, rules),
            "params": PARAMETERS.get(name, ["first", "last"]),
            "hide_sql": True,
        }
        for name in QUESTIONS
    }
    tables["read_so_far"] = {"hidden": True}
    database = {"title": say("title"), "description": say("about"), "tables": tables, "queries": queries}
    return {"title": say("title"), "databases": {DATABASE: database}}


def question(name: str, rules: PhantomRules) -> str:
    """With the hall's own rules written in, so that only the days are left to be asked for."""
    marked = MARKED.replace(OF_THE_SPAN, "day BETWEEN :first AND :last")
    for limit, value in rules.values().items():
        marked = marked.replace(f":{limit} ", f"{value} ")
    lines = QUESTIONS[name].replace("{marked}", marked).strip().splitlines()
    return "\n".join(line.rstrip() for line in lines)


def command(data: Path, port: int) -> list[str]:
    return [
        *("datasette", "serve", str(data / FILE)),
        *("--metadata", str(data / METADATA_FILE), "--host", "127.0.0.1", "--port", str(port)),
        *("--setting", "sql_time_limit_ms", str(LONGEST_MS)),
    ]
