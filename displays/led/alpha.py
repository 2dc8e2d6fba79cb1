"""The Alpha Sign Communications Protocol (Adaptive, document 9708-8061 F, 2006), as far as one text needs it.

Used by Alpha, BetaBrite and many compatible one-line signs. A packet, in the document's “1-byte” format (5.1):

    5 × NUL · SOH · type code · address, 2 hex digits · STX · command, data · ETX · checksum, 4 hex digits · EOT

The five NULs let the sign find the baud rate. The checksum is the sum of all bytes from STX to ETX, both included; a
sign that gets a wrong one keeps what it shows. Text goes into the priority file “0”, which shows instead of everything
else and needs no memory to be laid out first (6.1).
"""

from __future__ import annotations

from displays.led.message import PanelMessage

NUL, SOH, STX, ETX, EOT, ESC = b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x1b"
ALL_TYPES = b"Z"
EVERY_SIGN = "00"
WRITE_TEXT = b"A"
PRIORITY_FILE = b"0"
MIDDLE_LINE = b" "
HOLD, FLASH = b"b", b"c"
LONGEST_TEXT = 125  # of the priority file


class AlphaSign:
    """One sign. `address`: two hex digits, as its own menu sets it; "00" reaches every sign on the line."""

    def __init__(self, address: str = EVERY_SIGN) -> None:
        self.address = (address or EVERY_SIGN).upper()
        if len(self.address) != 2 or not set(self.address) <= set("0123456789ABCDEF"):
            raise ValueError(f"sign={address!r}: an Alpha sign's address is two hex digits, as 01")

    def frame(self, message: PanelMessage) -> bytes:
        mode = ESC + MIDDLE_LINE + (FLASH if message.flash else HOLD)
        data = STX + WRITE_TEXT + PRIORITY_FILE + mode + written(message.text) + ETX
        checksum = f"{sum(data) & 0xFFFF:04X}".encode("ascii")
        return NUL * 5 + SOH + ALL_TYPES + self.address.encode("ascii") + data + checksum + EOT


def written(text: str) -> bytes:
    """Only what the sign has letters for; nothing that could end the packet early."""
    return "".join(sign if " " <= sign <= "~" else "?" for sign in text)[:LONGEST_TEXT].encode("ascii")
