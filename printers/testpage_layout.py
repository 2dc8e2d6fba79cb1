"""The page that shows what a printer can do, each part with what must be seen. Pure, as the ticket's layout."""

from printers.devices.base import Make
from printers.lines import Checklist, Cut, Feed, Line, Qr, Role, Rule, Ruler, Sample, Text
from printers.paper_testpage import PaperTest
from printers.wording import clean, say

EXAMPLE_NUMBER = "A0128"
_EDGE_DOTS = 24


def lay_out_test(test: PaperTest, printer: str, make: Make) -> list[Line]:
    """`printer`: its name, or its address where it has none yet."""
    language = test.language
    name, day = clean(printer, 60), clean(test.day, 40)
    cut = say(language, "test_cut" if make.cutter else "test_tear")
    return [
        Feed(_EDGE_DOTS),
        Text(text=say(language, "test_title"), role=Role.HALL, bold=True),
        Text(text=name, role=Role.WAY, bold=True),
        Text(text=say(language, f"test_make_{make.writing}", width=make.width_mm)),
        Rule(),
        Text(text=EXAMPLE_NUMBER, role=Role.NUMBER, bold=True),
        Text(text=say(language, "test_large")),
        Rule(),
        Sample(say(language, "test_raster"), "raster"),
        Sample(say(language, "test_native"), "native"),
        Text(text=say(language, "test_font"), centred=False),
        Checklist((say(language, "test_box"), say(language, "test_box_two"))),
        Text(text=say(language, "test_bar"), bold=True, inverted=True),
        Rule(),
        Ruler(),
        Text(text=say(language, "test_ruler", width=make.width_mm), centred=False),
        Qr(test.code),
        Text(text=say(language, "test_code", code=test.code)),
        Rule(),
        Text(text=cut),
        Text(text=day, role=Role.SMALL),
        Feed(_EDGE_DOTS),
        Cut(),
    ]
