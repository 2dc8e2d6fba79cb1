"""What one loudspeaker said, on disk: over restarts nothing is said twice and nothing fresh is lost."""

from datetime import UTC, datetime

import pytest

from displays.voice.phrase import Call
from displays.voice.spoken_record import SpokenRecord
from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import Broadcast, Heard

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def heard(seq, day="2026-11-23", ticket="T0001"):
    return Heard(day, seq, Call(ticket, "3"), NINE)


@pytest.fixture
def open_record(tmp_path):
    opened = []

    def open_it():
        for record in opened:
            record.close()
        opened.append(SpokenRecord(tmp_path / "spoken.sqlite"))
        return opened[-1]

    yield open_it
    for record in opened:
        record.close()


def test_what_was_said_is_not_said_by_the_next_process_either(open_record):
    record = open_record()
    assert [record.take(heard(seq)) for seq in (1, 2, 1)] == [True, True, False]
    record.begin(heard(1))
    record.settle(heard(1), "said")

    record = open_record()

    assert not record.take(heard(1))
    assert record.unsettled() == [(heard(2), 0)]
    assert record.place() == ("2026-11-23", 2)


def test_what_was_cut_off_is_marked_and_what_was_refused_by_the_loudspeaker_is_not(open_record):
    record = open_record()
    for seq in (1, 2):
        record.take(heard(seq))
        record.begin(heard(seq))
    record.not_heard(heard(2))

    assert open_record().unsettled() == [(heard(1), 1), (heard(2), 0)]


def test_a_broadcast_comes_back_as_it_was(open_record):
    fire = Heard("2026-11-23", 5, Broadcast((("zh", "请离开。"),), emergency=True), NINE)
    open_record().take(fire)

    assert open_record().unsettled() == [(fire, 0)]


def test_another_call_under_a_known_number_is_another_call(open_record):
    record = open_record()
    record.take(heard(1))
    record.settle(heard(1), "said")

    assert record.take(heard(1, ticket="S0001"))  # the server's log was restored from a backup
    assert record.unsettled() == [(heard(1, ticket="S0001"), 0)]


def test_days_before_yesterday_are_forgotten(open_record):
    record = open_record()
    for day in ("2026-11-20", "2026-11-23", "2026-11-24"):
        record.take(heard(1, day))

    assert [row[0] for row in record.story()] == ["2026-11-23", "2026-11-24"]


def test_two_voices_cannot_speak_from_one_folder(open_record, tmp_path):
    open_record()

    with pytest.raises(VoiceTrouble, match="Another voice already speaks"):
        SpokenRecord(tmp_path / "spoken.sqlite")


def test_a_record_that_cannot_be_read_is_put_aside_and_the_hall_is_spoken_to(open_record, tmp_path, caplog):
    (tmp_path / "spoken.sqlite").write_bytes(b"this is no database at all" * 100)

    assert open_record().take(heard(1))
    assert "put aside" in caplog.text
    assert (tmp_path / "spoken.broken").exists()


def test_a_full_disk_does_not_silence_the_hall(open_record, caplog):
    record = open_record()
    record._db.execute("PRAGMA max_page_count = 1")
    record._db.execute("PRAGMA query_only = ON")

    assert [record.take(heard(1)) for _ in range(2)] == [True, False]
    assert record.begin(heard(1)) == 1
    record.settle(heard(1), "said")
    assert "Check that the disk is not full" in caplog.text
