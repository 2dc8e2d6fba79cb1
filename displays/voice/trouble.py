"""What goes wrong with the voice, with the one thing that staff can do about it."""


class VoiceTrouble(Exception):
    """No sound could be made. `advice` is one sentence for the person who looks after the machine."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what} {advice}")
        self.what = what
        self.advice = advice
