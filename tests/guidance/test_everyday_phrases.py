"""What people say leads them to their service, among the first three, in whatever words, letters and slips."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.search import SearchIndex

FOLDER = Path(__file__).parent
# How many phrases, and the share that is found. The last list is asked and never learnt from: a measure of strangers.
LISTS = {
    "everyday_phrases.txt": (200, 0.95),
    "held_out_phrases.txt": (60, 0.95),
    "old_visitor_phrases.txt": (60, 0.95),
    "fresh_phrases.txt": (30, 0.85),
}


def phrases(name: str) -> list[tuple[set[str], str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    entries = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return [(set(services.split("/")), said) for services, said in entries]


@pytest.mark.parametrize("name", LISTS)
def test_nearly_everybody_finds_their_service_among_the_first_three(index: SearchIndex, name: str) -> None:
    at_least, share = LISTS[name]
    asked = phrases(name)
    assert len({said for _, said in asked}) == len(asked) >= at_least
    lost = [said for meant, said in asked if not meant & {guide.id for guide in index.find(said, limit=3)}]

    assert len(lost) <= (1 - share) * len(asked), f"{len(lost)} of {len(asked)} not found: {lost}"


def test_no_service_is_left_out_of_the_list(catalogue: Catalogue) -> None:
    count = Counter(service for meant, _ in phrases("everyday_phrases.txt") for service in meant)

    assert {guide.id for guide in catalogue.services if count[guide.id] < 3} == set()
