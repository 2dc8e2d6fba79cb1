"""What visitors read can be read: short sentences, and no word of offices that is not explained on touch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.guides import ServiceGuide
from queue_server.guidance.terms import load_terms, terms_of, texts_of

LONGEST_SENTENCE = 30  # characters
AVERAGE_SENTENCE = 16
WORDS = (Path(__file__).parent / "official_words.txt").read_text(encoding="utf-8").splitlines()
OFFICIAL_WORDS = [word for word in WORDS if word and not word.startswith("#")]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。！？；]", text) if part]


def peoples_wording(guide: ServiceGuide) -> list[str]:
    """Ours; names of papers and the official name are what they are called elsewhere too."""
    said = [guide.plain_name, guide.summary, guide.hint, guide.result, guide.time_limit.text]
    return [text.zh for text in [*said, *(mistake.text for mistake in guide.common_mistakes)]]


def test_each_service_has_people_s_wording_beside_the_official_one(catalogue: Catalogue) -> None:
    assert len(catalogue.services) == 50
    for guide in catalogue.services:
        assert guide.plain_name.zh != guide.official_name.zh, guide.id
        assert guide.plain_name.en != guide.official_name.en, guide.id
        assert len(guide.plain_name.zh) <= 10, guide.id


def test_sentences_are_short(catalogue: Catalogue) -> None:
    lengths = []
    for guide in catalogue.services:
        for sentence in (one for text in peoples_wording(guide) for one in sentences(text)):
            assert len(sentence) <= LONGEST_SENTENCE, (guide.id, sentence)
            lengths.append(len(sentence))

    assert sum(lengths) / len(lengths) <= AVERAGE_SENTENCE


@pytest.mark.parametrize("word", OFFICIAL_WORDS)
def test_a_word_of_offices_is_explained_or_not_used(catalogue: Catalogue, word: str) -> None:
    users = [guide.id for guide in catalogue.services if any(word in text for text in peoples_wording(guide))]
    explained = any(word in form or form in word for term in load_terms() for form in term.forms)

    assert explained or not users, f"{word} is used in {users} and explained nowhere"


def test_explanations_are_short_and_need_no_explanation(catalogue: Catalogue) -> None:
    terms = load_terms()
    assert len({term.name.zh for term in terms}) == len(terms)
    for term in terms:
        assert all(len(sentence) <= LONGEST_SENTENCE for sentence in sentences(term.means.zh)), term.name.zh
        others = [form for other in terms if other is not term for form in other.forms]
        hard = [word for word in OFFICIAL_WORDS if word in term.means.zh and word in others and word not in term.forms]
        assert hard == [], term.name.zh


def test_every_explanation_is_met_somewhere(catalogue: Catalogue) -> None:
    met = "\n".join(text.zh for guide in catalogue.services for text in texts_of(guide))

    assert [term.name.zh for term in load_terms() if not any(form in met for form in term.forms)] == []


def test_a_service_explains_the_words_it_uses(catalogue: Catalogue) -> None:
    assert "封存" in [term.name.zh for term in terms_of(catalogue.service("GJ09"))]
    assert "Overdue" in [term.name.en for term in terms_of(catalogue.service("DK11"), "en")]
    assert all(len(terms_of(guide)) <= 5 for guide in catalogue.services)
