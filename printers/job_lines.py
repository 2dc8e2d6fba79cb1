"""A spooled job as lines of paper, whichever kind of paper it is."""

from dataclasses import replace

from printers.devices.base import Make
from printers.lines import Line
from printers.list_layout import lay_out_list
from printers.paper_list import PaperList
from printers.paper_promise import PaperPromise
from printers.paper_sheet import PaperSheet
from printers.paper_testpage import PaperTest
from printers.paper_ticket import JobHeader, PaperTicket
from printers.promise_layout import lay_out_promise
from printers.sheet_layout import lay_out_sheet
from printers.spool import SpooledJob
from printers.testpage_layout import lay_out_test
from printers.ticket_layout import lay_out
from printers.wording import said_as


def lines_of(spooled: SpooledJob, printer: str, make: Make) -> list[Line]:
    """`BadJob` where the content cannot be read."""
    with said_as(spooled.content.get("words")):
        return _lines_of(spooled, printer, make)


def _lines_of(spooled: SpooledJob, printer: str, make: Make) -> list[Line]:
    content = spooled.content
    JobHeader.from_json(content)
    if "promise" in content:
        return lay_out_promise(PaperPromise.from_json(content))
    if "list" in content:
        return lay_out_list(PaperList.from_json(content))
    if "sheet" in content:
        return lay_out_sheet(PaperSheet.from_json(content))
    if "test" in content:
        return lay_out_test(PaperTest.from_json(content), printer, make)
    ticket = PaperTicket.from_json(content)
    # Two papers with one number must be told apart from two numbers.
    return lay_out(replace(ticket, reprint=True) if spooled.interruptions else ticket)
