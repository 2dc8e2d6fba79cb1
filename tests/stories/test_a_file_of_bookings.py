"""A file of another system's bookings: as spreadsheets write it, and what is said of each way to be wrong."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from queue_server.service.booking_file import CsvWrong, read_bookings

HERE = ZoneInfo("Asia/Shanghai")
SERVICES = {"TQ04", "DK01"}


def test_a_spreadsheets_file_is_read_with_its_mark_chinese_header_quotes_and_empty_lines() -> None:
    text = '\ufeff日期,时间,事项,人数\r\n"2026/11/24",9:30,TQ04,2\r\n\r\n2026/3/5,9:05:00,DK01,\r\n,,,\r\n'

    first, second = read_bookings(text, SERVICES, HERE)

    assert (first.slot.isoformat(), first.people) == ("2026-11-24T09:30:00+08:00", 2)
    assert (second.service, second.people, second.phone) == ("DK01", 1, "")
    assert second.slot.isoformat() == "2026-03-05T09:05:00+08:00"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "csv_no_column", 1, 1),
        ("date,time\n", "csv_no_column", 1, 3),
        ("date;time;service\n", "csv_no_column", 1, 2),
        ("date,time,service\n2026-11-24,half ten,TQ04\n", "csv_not_a_time", 2, 2),
        ("date,time,service\n2026-11-24,,TQ04\n", "csv_not_a_time", 2, 2),
        ("date,time,service\n2026-11-24,9,TQ04\n", "csv_not_a_time", 2, 2),
        ("date,time,service\n\n2026-13-24,09:30,TQ04\n", "csv_not_a_date", 3, 1),
        ("service,date,time\nTQ4,2026-11-24,09:30\n", "csv_no_service", 2, 1),
        ("date,time,service\n2026-11-24\n", "csv_no_service", 2, 3),
        ("date,time,service,people\n2026-11-24,09:30,TQ04,many\n", "csv_not_a_number", 2, 4),
        ("date,time,service,phone\n2026-11-24,09:30,TQ04,1390000\n", "csv_not_a_phone", 2, 4),
        ("date,time,service\n2026-11-24,09:30,TQ04,DK01\n", "csv_too_many", 2, 4),
        ("date,time,service\n2026-11-24,09:30,\ufffd\ufffd\n", "csv_not_utf8", 2, 3),
        ("\ufffd\ufffd,\ufffd\ufffd\n2026-11-24,09:30\n", "csv_not_utf8", 1, 1),  # a header of another character set
        ('date,time,service\n2026-11-24,09:30,"TQ04\n', "csv_not_csv", 2, 1),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(CsvWrong) as wrong:
        read_bookings(text, SERVICES, HERE)

    assert (wrong.value.code, wrong.value.line, wrong.value.column) == (code, line, column)
