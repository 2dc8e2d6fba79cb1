"""What can go wrong at a printer, in the words of those who can mend it."""

from printers.wording import say

# Only what no waiting and no hand at the printer can mend.
PERMANENT = {"bad_job", "expired"}


class PrinterTrouble(Exception):
    """The paper did not come out, or nobody can tell whether it did.

    `code` is one of the `trouble.*` words, `permanent` tells whether trying the same job again is useless, `advice` is
    the one thing staff can do, in Chinese; `advice_in` says it in another language and with the printer's name.
    `maybe_on_paper` when some of it, or all, was already sent: the next try must say "reprint".
    """

    def __init__(self, code: str, detail: str = "", *, maybe_on_paper: bool = False) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.permanent = code in PERMANENT
        self.detail = detail
        self.maybe_on_paper = maybe_on_paper

    @property
    def advice(self) -> str:
        return self.advice_in("zh")

    def advice_in(self, language: str, printer: str = "") -> str:
        return advice_for(self.code, language, printer)


def advice_for(code: str, language: str, printer: str = "") -> str:
    """One sentence for staff about a trouble's code, which may have come over the network."""
    return " ".join(say(language, f"trouble.{code}", printer=printer).split())
