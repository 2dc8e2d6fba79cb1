"""What the centre has not confirmed says so where visitors read it."""

from __future__ import annotations

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.notices import is_confirmed, unconfirmed_notice


def test_a_service_the_centre_has_not_confirmed_says_whose_notice_prevails(catalogue: Catalogue) -> None:
    renovation = catalogue.service("TQ08")

    assert unconfirmed_notice(renovation, "zh") == "以中心公告为准"
    assert unconfirmed_notice(renovation, "en") == "The centre's notice prevails"


def test_a_confirmed_service_with_an_unconfirmed_material_still_says_so(catalogue: Catalogue) -> None:
    retirement = catalogue.service("TQ11")

    assert retirement.confirmed_by_centre
    assert unconfirmed_notice(retirement, "zh") == "以中心公告为准"


def test_each_material_speaks_for_itself(catalogue: Catalogue) -> None:
    notices = {m.code: unconfirmed_notice(m, "zh") for m in catalogue.service("TQ05").materials}

    assert notices == {
        "M-ID": None,
        "M-CARD": "以中心公告为准",  # another centre's rule
        "M-PUBLEASE": None,
        "M-RENTINV": None,
        "M-MAR": None,
    }


def test_a_rule_of_the_nation_needs_no_notice_and_a_custom_does(catalogue: Catalogue) -> None:
    assert is_confirmed(catalogue.service("TQ04").time_limit)
    assert unconfirmed_notice(catalogue.service("CX01").time_limit, "en") == "The centre's notice prevails"
