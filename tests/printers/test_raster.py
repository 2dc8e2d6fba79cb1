"""The ticket as a picture."""

import time

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_jobs import LINK, paper_job
from PIL import Image, ImageChops

from printers import fonts
from printers.paper_ticket import PaperTicket
from printers.raster import draw
from printers.strips import MARGIN_DOTS, WIDTH_DOTS
from printers.ticket_layout import lay_out

LONGEST = {
    "hall": "兰州住房公积金管理中心 七里河区西津西路综合服务大厅",
    "service": "其他住房消费提取（物业、取暖、水电、停车、维修）",
    "zone": {
        "id": "s",
        "name": "特殊业务受理区（含异地转移接续）",
        "shape": "■",
        "way": "进门右手边直走，过了导办台左转",
    },
    "materials": [
        {"name": "转入地已正常缴存账户（通常满 6 个月或已开户，因地而异）", "optional": False},
        {"name": "继承权公证书、法院判决/调解书，或放弃继承/共同申请材料", "optional": True},
    ]
    * 5,
    "ahead": 1999,
    "wait": {"low": 118, "high": 245, "rough": True},
}


def picture(**changes: object) -> Image.Image:
    return draw(lay_out(PaperTicket.from_json(paper_job(**changes))))


def inked_columns(image: Image.Image) -> tuple[int, int]:
    left, _top, right, _bottom = ImageChops.invert(image.convert("L")).getbbox()
    return left, right


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("changes", [{}, LONGEST, {"wait": None, "reprint": True, "simulated": True}])
def test_the_paper_is_as_wide_as_the_head_and_its_margins_stay_white(language, changes):
    image = picture(language=language, **changes)

    left, right = inked_columns(image)
    assert image.mode == "1"
    assert image.width == WIDTH_DOTS
    assert left >= MARGIN_DOTS
    assert right <= WIDTH_DOTS - MARGIN_DOTS


@pytest.mark.parametrize("link", [LINK, "http://h/p/a", "https://hall.example.org/p/" + "k" * 250])
def test_the_code_on_the_paper_is_the_link(link):
    (code,) = zxingcpp.read_barcodes(picture(link=link).convert("L"))

    assert code.text == link


def test_the_code_has_four_white_modules_around_it():
    image = picture().convert("L")
    (code,) = zxingcpp.read_barcodes(image)
    corner = code.position.top_left
    # A finder pattern is 7 modules wide: count its dots along the top edge.
    module = next(n for n in range(1, 200) if image.getpixel((corner.x + 1 + n, corner.y + 1)) == 255) // 7

    above = image.crop((corner.x, corner.y - 4 * module, corner.x + 29 * module, corner.y))
    beside = image.crop((corner.x - 4 * module, corner.y, corner.x, corner.y + 29 * module))
    assert module >= 5
    assert above.getextrema() == (255, 255)
    assert beside.getextrema() == (255, 255)


def test_the_number_is_by_far_the_largest_thing():
    image = ImageChops.invert(picture().convert("L"))
    heights = []
    height = 0
    for row in range(image.height):
        if image.crop((0, row, WIDTH_DOTS, row + 1)).getbbox():
            height += 1
        elif height:
            heights.append(height)
            height = 0

    assert heights[1] > 120  # the number: 15 mm at 8 dots per mm
    assert heights[1] > 3 * heights[0]


def test_rare_characters_are_drawn_and_not_replaced_by_boxes():
    def glyph(character: str) -> bytes:
        return bytes(fonts.load_font(40, True).getmask(character))

    missing = glyph("\U0001f600")
    assert glyph("䶮") != missing
    assert glyph("𠮷") != missing


@settings(max_examples=25)
@given(dirt=st.text(st.characters(exclude_categories=()), max_size=80))
def test_no_text_inks_the_edge_of_the_paper(dirt):
    image = picture(
        hall=dirt,
        ticket=dirt,
        service=dirt,
        issued_at=dirt,
        zone={"id": "s", "name": dirt, "shape": dirt, "way": dirt},
        materials=[{"name": dirt, "optional": False}],
    )

    left, right = inked_columns(image)
    assert left >= MARGIN_DOTS
    assert right <= WIDTH_DOTS - MARGIN_DOTS


def test_drawing_a_ticket_takes_a_blink_of_the_processor():
    picture()  # loads the fonts
    times = []
    for _ in range(5):
        began = time.process_time()
        picture()
        times.append(time.process_time() - began)

    assert min(times) < 0.05


def test_a_machine_without_the_font_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("XINTING_FONTS", str(tmp_path))
    fonts._find_face.cache_clear()

    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        fonts._find_face(True)
    fonts._find_face.cache_clear()
