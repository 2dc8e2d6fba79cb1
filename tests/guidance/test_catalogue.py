"""What every visitor may rely on when reading about a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from queue_server.guidance.catalogue import Bilingual, Catalogue, ServiceGuide

PREFIXES = {"deposit": "J", "withdrawal": "T", "loan": "D", "enquiry": "C", "general": "S"}
CLERKS_WORDS = re.compile("汇缴|启封|销户|冲还贷|商转公|转移接续|存量房|核验|受托|兹|I 类|Ⅰ类")


def bilinguals(said: object, where: str) -> Iterator[tuple[str, Bilingual]]:
    """Every pair of words inside a guide, with the path that leads there."""
    if isinstance(said, Bilingual):
        yield where, said
    elif is_dataclass(said):
        for field in fields(said):
            yield from bilinguals(getattr(said, field.name), f"{where}.{field.name}")
    elif isinstance(said, tuple):
        for part in said:
            yield from bilinguals(part, where)


def hanzi(words: str) -> int:
    return sum("\u4e00" <= char <= "\u9fff" for char in words)


def test_the_hall_offers_fifty_services_in_five_categories(catalogue: Catalogue) -> None:
    assert len(catalogue.services) == 50
    assert {category.id: category.prefix for category in catalogue.categories} == PREFIXES
    assert {guide.id: guide.prefix for guide in catalogue.services} == {
        guide.id: PREFIXES[guide.category] for guide in catalogue.services
    }


def test_every_word_for_visitors_is_there_in_chinese_and_in_english(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        for where, words in bilinguals(guide, guide.id):
            assert hanzi(words.zh) >= 1, where
            assert re.search("[a-zA-Z]", words.en), where
            assert hanzi(words.en) == 0, where


def test_plain_names_are_short_and_nobody_shares_one(catalogue: Catalogue) -> None:
    names = [guide.plain_name for guide in catalogue.services]

    assert [name.zh for name in names if hanzi(name.zh) > 10] == []
    assert [name.en for name in names if len(name.en) > 32] == []
    assert len({name.zh for name in names}) == len({name.en for name in names}) == 50


def test_sentences_are_short_enough_for_an_old_reader(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        said = [guide.summary.zh, guide.zone_reason.zh, guide.result.zh, *(m.text.zh for m in guide.common_mistakes)]
        for sentence in re.split("[。；]", "。".join(said)):
            assert len(sentence) <= 30, (guide.id, sentence)
        assert len(guide.hint.zh) <= 14, (guide.id, guide.hint.zh)
        assert len(guide.summary.en) <= 140, (guide.id, guide.summary.en)


def test_clerks_words_stay_in_the_official_name(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        for where, words in bilinguals(guide, guide.id):
            if not where.endswith(".official_name"):
                assert not CLERKS_WORDS.search(words.zh), (where, words.zh)


def test_a_material_fits_one_line_of_the_ticket(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        assert guide.materials, guide.id
        for material in guide.materials:
            assert len(material.name.zh) <= 24, (guide.id, material.name.zh)
            assert len(material.name.en) <= 48, (guide.id, material.name.en)


def test_every_statement_names_a_source_that_the_catalogue_knows(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        named = [
            *guide.sources,
            guide.time_limit.source,
            *(material.source for material in guide.materials),
            *(mistake.source for mistake in guide.common_mistakes),
        ]
        assert set(named) <= set(catalogue.sources), guide.id
        assert 2 <= len(guide.common_mistakes) <= 4, guide.id


def test_only_the_centre_or_the_nation_can_confirm_a_material(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        for material in guide.materials:
            assert material.confirmed is (catalogue.sources[material.source].source_class in {"L", "N"}), material


def test_what_the_centre_has_confirmed_is_exactly_what_its_pages_say(catalogue: Catalogue) -> None:
    confirmed = {guide.id for guide in catalogue.services if guide.confirmed_by_centre}

    assert " ".join(sorted(confirmed)) == "DK01 GJ03 GJ06 GJ14 TQ01 TQ02 TQ04 TQ05 TQ06 TQ10 TQ11"


@pytest.mark.parametrize(
    ("service", "fact"),
    [
        ("TQ04", "3万元"),  # per person and year, Lanzhou, August 2026
        ("TQ06", "2万元"),  # per person and year, April 2026 to April 2027
        ("TQ10", "3万元"),  # and no more than one's own share
        ("DK01", "70万"),
        ("DK01", "90万"),
        ("GJ14", "10%"),
        ("GJ01", "5%到12%"),
    ],
)
def test_the_sums_that_lanzhou_published_are_told(catalogue: Catalogue, service: str, fact: str) -> None:
    assert fact in catalogue.service(service).summary.zh


def test_decisions_take_the_days_of_the_regulation_in_force_since_september(catalogue: Catalogue) -> None:
    national = [guide.time_limit for guide in catalogue.services if guide.time_limit.source == "NAT844"]

    assert {limit.effective_date for limit in national} == {date(2026, 9, 20)}
    assert catalogue.service("TQ04").time_limit.text.zh.startswith("受理后3日内")
    assert catalogue.service("DK01").time_limit.text.zh.startswith("受理后10日内")
    assert not any("15日" in limit.text.zh for limit in national)


def test_the_household_bills_offer_ends_on_the_sixth_of_april(catalogue: Catalogue) -> None:
    bills = catalogue.service("TQ06")

    assert not bills.is_in_force(date(2026, 4, 6))
    assert bills.is_in_force(date(2027, 4, 6))
    assert not bills.is_in_force(date(2027, 4, 7))


def test_times_are_estimates_and_say_so(catalogue: Catalogue) -> None:
    assert {guide.typical_minutes.basis for guide in catalogue.services} == {"estimate"}


def test_what_can_be_coached_online_says_through_which_channel(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        assert bool(guide.coaching.channels) is guide.coaching.possible, guide.id


def test_the_care_zone_belongs_to_no_service(catalogue: Catalogue) -> None:
    assert {guide.zone for guide in catalogue.services} == {"smart", "special"}


def test_keywords_are_given_once_each(catalogue: Catalogue) -> None:
    for guide in catalogue.services:
        assert len(guide.keywords) == len(set(guide.keywords)) >= 8, guide.id


def test_words_come_in_the_readers_language_and_else_in_chinese() -> None:
    words = Bilingual("租房取钱", "Withdraw for rent")

    assert [words.in_language(lang) for lang in ("en", "en-GB", "zh", "zh-CN", "bo")] == [
        "Withdraw for rent",
        "Withdraw for rent",
        "租房取钱",
        "租房取钱",
        "租房取钱",
    ]


def test_an_unknown_service_is_not_in_the_catalogue(catalogue: Catalogue) -> None:
    assert "TQ99" not in catalogue
    with pytest.raises(KeyError):
        catalogue.service("TQ99")


def test_nobody_can_change_a_guide_by_accident(catalogue: Catalogue) -> None:
    guide: ServiceGuide = catalogue.service("TQ04")

    with pytest.raises(AttributeError):
        guide.zone = "special"  # type: ignore[misc]
