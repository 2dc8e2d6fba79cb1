"""The paper of a worked-out result keeps its shape and its warnings, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.lines import Text, as_text
from printers.paper_sheet import PaperSheet, SheetLine
from printers.paper_ticket import BadJob
from printers.raster import draw
from printers.sheet_layout import lay_out_sheet

texts = st.text(max_size=200)
sheet_lines = st.builds(SheetLine, texts, texts, st.booleans())
sheets = st.builds(
    PaperSheet,
    hall=texts,
    title=texts,
    headline=sheet_lines,
    estimate=st.just("估算，以中心审批为准"),
    lines=st.lists(sheet_lines, max_size=40).map(tuple),
    texts=st.lists(texts, max_size=40).map(tuple),
    given=st.lists(sheet_lines, max_size=40).map(tuple),
    doubts=st.lists(texts, max_size=9).map(tuple),
    link=st.one_of(texts, st.just("http://hall.test/tools/repayment?principal=700000")),
    day=texts,
    language=st.sampled_from(["zh", "en"]),
    simulated=st.booleans(),
)


@given(sheets)
def test_any_sheet_says_that_it_is_an_estimate_and_stays_short(sheet: PaperSheet):
    lines = lay_out_sheet(sheet)

    assert "估算，以中心审批为准" in as_text(lines)
    assert len(lines) < 130
    assert all("\n" not in line.text for line in lines if isinstance(line, Text))
    if sheet.headline.doubt:
        assert "◇" in as_text(lines)


@settings(max_examples=5)
@given(sheets)
def test_any_sheet_can_be_drawn(sheet: PaperSheet):
    assert draw(lay_out_sheet(sheet)).width == 576


def test_a_job_with_a_hole_is_refused():
    with pytest.raises(BadJob, match=r"sheet\.language is missing"):
        PaperSheet.from_json({"sheet": {}})
