"""What the web is made of, in one place that endpoints and pages can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from flask import current_app

from queue_server.domain.refusals import NotInForce
from queue_server.guidance.questions import load_questions
from queue_server.guidance.search import SearchIndex
from queue_server.guidance.tiles import load_tiles, load_usual
from queue_server.service.alert_keeper import AlertKeeper
from queue_server.service.film import Films
from queue_server.service.hall import Run, run_here
from queue_server.web.demo_switch import DemoSwitch
from queue_server.web.rate_limits import RateLimits
from queue_server.web.service_views import card_view, materials_view
from queue_server.web.views import Json
from queue_server.web.words import use_wording

if TYPE_CHECKING:
    from queue_server.accounts import Accounts
    from queue_server.accounts.audit import Audit
    from queue_server.foresight.base import Forecaster
    from queue_server.foresight.best_time.keeper import BestTimes, ComingDays
    from queue_server.hall_file import HallFile
    from queue_server.service.booking_desk import BookingDesk
    from queue_server.service.hall import Hall
    from queue_server.service.repair_desk import RepairDesk
    from queue_server.settings import Settings
    from queue_server.setup.hall_setup import HallSetup
    from queue_server.stores.printer_errands import PrinterErrands
    from queue_server.stores.screen_pictures import ScreenPictures
    from queue_server.stores.sheet_jobs import SheetJobs
    from queue_server.stores.visit_notes import VisitNotes
    from queue_server.stores.visitor_contacts import VisitorContacts
    from queue_server.stores.visitor_words import VisitorWords
    from queue_server.web.adviser import Adviser
    from queue_server.web.ahead_keeper import AheadKeeper
    from queue_server.web.alert_teller import AlertTeller
    from queue_server.web.card_marks import CardMarks
    from queue_server.web.feed import Feed
    from queue_server.web.notifier import Notifier
    from queue_server.web.papers import Papers
    from queue_server.web.progress_link import ProgressLinks
    from queue_server.web.staffing_desk import StaffingDesk
    from queue_server.web.told_waits import ToldWaits
    from queue_server.web.waits import Waits

EXTENSION = "xinting"
# (text, language, slow) -> address and seconds of a sound, or None when there is nothing to say; VoiceAway
Speak = Callable[[str, str, bool], "tuple[str, float] | None"]


class VoiceAway(Exception):
    """No sound can be made now."""


@dataclass
class Context:
    """Handed to every `make_blueprint(context)`; inside a request `here()` gives the same one."""

    hall: Hall
    hall_file: HallFile
    forecaster: Forecaster
    accounts: Accounts
    settings: Settings
    progress_links: ProgressLinks
    family_links: ProgressLinks
    waits: Waits
    told_waits: ToldWaits
    papers: Papers
    visitor_words: VisitorWords
    visitor_contacts: VisitorContacts
    visit_notes: VisitNotes
    booking_desk: BookingDesk
    repair_desk: RepairDesk
    sheet_jobs: SheetJobs
    printer_errands: PrinterErrands
    screen_pictures: ScreenPictures
    audit: Audit
    card_marks: CardMarks
    limits: RateLimits
    setup: HallSetup
    speak: Speak | None = None  # None: this hall has no voice
    best_times: BestTimes | None = None  # None: nobody works them out
    read_reports: Run = run_here  # where the tables of the past are read: a year of them would stop the hub
    devices_watched_until: float = 0.0  # by the clock that nobody sets
    demo: DemoSwitch = field(default_factory=DemoSwitch)
    notifier: Notifier = field(init=False)
    staffing: StaffingDesk = field(init=False)
    alert_keeper: AlertKeeper = field(init=False)
    films: Films = field(init=False)
    alert_teller: AlertTeller = field(init=False)
    adviser: Adviser = field(init=False)
    ahead: AheadKeeper = field(init=False)
    feed: Feed = field(init=False)  # made last: it listens to all the others

    def __post_init__(self) -> None:
        self.alert_keeper = AlertKeeper(self.hall)
        self.films = Films(self.hall, self.setup.rules_on, lambda look, *asked: self.read_reports(look, *asked))
        self._read_hall_file()

    def take_hall_file(self, hall_file: HallFile) -> None:
        """Another version of the hall's own words and names holds from now on; open screens read them anew."""
        self.hall_file = hall_file
        self._read_hall_file()
        self.__dict__.pop("search", None)
        self.accounts.set_people(hall_file.people)
        self.papers.have_printers([printer.id for printer in hall_file.printers])
        self.waits.refresh()  # the picture of a moment ago knows nothing of a new zone
        self.feed.tell_setup()

    def _read_hall_file(self) -> None:
        use_wording(self.hall_file.wording)
        self.tiles = load_tiles(self.hall_file.catalogue)
        self.usual = load_usual(self.hall_file.catalogue)
        self.questions = load_questions(self.hall_file.catalogue)
        self._cards: dict[tuple[str, str], tuple[Json, list[Json]]] = {}
        self.accounts.sessions.idle_minutes = self.hall_file.accounts.idle_minutes.model_dump()
        self._names = self.accounts.names() | {person.id: person.name for person in self.hall_file.people}

    @cached_property
    def search(self) -> SearchIndex:
        """Takes a good part of a second to build, so `prepare_search` does it after the hall has opened."""
        return SearchIndex(self.hall_file.catalogue)

    def prepare_search(self) -> None:
        """Builds the index where nobody else waits for it, unless somebody wanted it first."""
        catalogue = self.hall_file.catalogue
        made = self.read_reports(SearchIndex, catalogue)
        if catalogue is self.hall_file.catalogue:
            self.__dict__.setdefault("search", made)

    def card_and_materials(self, service: str, language: str) -> tuple[Json, list[Json]]:
        """What somebody with a ticket is told of its service. Made once, to be read only, while the setup stays."""
        made = self._cards.get((service, language))
        if made is None:
            guide = self.hall_file.catalogue.service(service)
            made = self._cards[service, language] = card_view(guide, language), materials_view(guide, language)
        return made

    def known_materials(self, service: str, codes: list[str]) -> tuple[str, ...]:
        """Of the codes that a screen sent those which the service has: its catalogue may be of yesterday."""
        catalogue = self.hall_file.catalogue
        if service not in catalogue:
            return ()
        return tuple(one.code for one in catalogue.service(service).materials if one.code in codes)

    def coming_days(self) -> ComingDays | None:
        """What can be said of when to come; None while it is not worked out."""
        return self.best_times.said() if self.best_times else None

    def check_in_force(self, service: str) -> None:
        """Refuse a number for a temporary rule outside its days: an old page may still offer it. Staff may give it."""
        catalogue, today = self.hall_file.catalogue, self.today()
        if service not in catalogue or catalogue.service(service).is_in_force(today):
            return  # of a service that nobody knows the hall itself says so
        guide = catalogue.service(service)
        over = guide.effective_until and today > guide.effective_until
        raise NotInForce(service=service, day=str(guide.effective_until if over else guide.effective_date))

    def today(self) -> date:
        """The hall's own date, also where nobody has done anything yet."""
        return self.hall.rules.day_of(self.hall.clock.now())

    def person_name(self, person: str) -> str:
        """The name to show, also of somebody who has left; the id itself for one who never was here."""
        return self._names.get(person, person)


def here() -> Context:
    context: Context = current_app.extensions[EXTENSION]
    return context
