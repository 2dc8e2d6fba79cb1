"""The small words of a sheet in one language: amounts, spans, rates, the centre's figures and their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from queue_server.guidance.tools.parameters import Basis
from queue_server.web.context import here
from queue_server.web.tools.amounts import percent, yuan
from queue_server.web.tools.sheet import Line
from queue_server.web.words import word

OWN_WORDS = "A"  # class of sources: written by the project, to be checked by the centre


@dataclass(frozen=True, slots=True)
class Pen:
    language: str

    def say(self, key: str, **values: object) -> str:
        return word(f"tools.{key}", self.language, **values)

    def yuan(self, amount: Decimal) -> str:
        return yuan(amount, self.language)

    def span(self, months: int) -> str:
        """Years where that is what people say: 30 年, 19 年 9 个月, 8 个月."""
        years, rest = divmod(months, 12)
        if not years:
            return self.say("months_n", n=rest)
        return self.say("years_months_n", years=years, months=rest) if rest else self.say("years_n", n=years)

    def line(self, key: str, amount: Decimal, *, doubt: bool = False) -> Line:
        return Line(self.say(key), self.yuan(amount), doubt)

    def rate(self, annual_rate: Decimal) -> Line:
        return Line(self.say("rate_used"), percent(annual_rate))

    def source(self, basis: Basis) -> str:
        """Where a figure comes from, and since when it holds."""
        known = here().hall_file.catalogue.sources.get(basis.source)
        if known is None or known.source_class == OWN_WORDS:
            return self.say("source_own")
        title = known.title
        if basis.effective_from is None:
            return title
        return f"{title}，{self.say('effective', **{'from': basis.effective_from.isoformat()})}"

    def doubts(self, basis: Sequence[Basis]) -> tuple[str, ...]:
        """The figures used that the centre has not confirmed, by name, each once."""
        names = [self.parameter(one) for one in basis if not one.confirmed]
        return tuple(dict.fromkeys(names))

    def sources(self, basis: Sequence[Basis]) -> tuple[str, ...]:
        """Each source once, with its day where one of its figures has one."""
        confirmed = sorted((one for one in basis if one.confirmed), key=lambda one: one.effective_from is None)
        by_source: dict[str, str] = {}
        for one in confirmed:
            by_source.setdefault(one.source, self.source(one))
        return tuple(by_source.values())

    def parameter(self, basis: Basis) -> str:
        table = basis.parameter.partition(".")[0]
        return self.say(f"parameter_{table}")
