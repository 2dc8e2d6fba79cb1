"""What stands on a kiosk's screen, as the voice can say it."""

import pytest

from displays.voice.screen_words import speakable


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("约 14–22 分", "zh", "约 14到22 分"),
        ("About 14–22 min", "en", "About 14 to 22 min"),
        ("您的号 T0023", "zh", "您的号 T 零零二三"),
        ("Your number T0023", "en", "Your number T 0 0 2 3"),
        ("年利率 2.6%", "zh", "年利率 百分之2.6"),
        ("电话 12329", "zh", "电话 1 2 3 2 9"),
        ("▲ 外地有房，也要先说清楚。", "zh", "外地有房，也要先说清楚。"),
        ("In English, 中文", "en", "In English,"),
        ("♥ → ▲", "zh", ""),
        ("２０２６年", "zh", "2026年"),
    ],
)
def test_ranges_numbers_and_signs_are_said_as_a_person_would(written, language, said):
    assert speakable(written, language) == said


def test_a_part_is_read_aloud_slower_on_wish_and_made_only_once(make_sounds):
    sounds = make_sounds()
    usual = sounds.spoken("您好，今天想办什么？", "zh")
    slow = sounds.spoken("您好，今天想办什么？", "zh", slow=True)

    assert slow.seconds > 1.2 * usual.seconds
    assert sounds.spoken("您好，今天想办什么？", "zh").path == usual.path
    assert sounds.spoken_before(usual.path.stem) == usual
    assert sounds.spoken("→", "zh") is None
