"""The progress link as a QR code for the screen, drawn as the hall draws it."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode


def qr_svg(link: str) -> bytes:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4, image_factory=SvgPathFillImage)
    code.add_data(link)
    drawn: bytes = code.make_image().to_string()
    return drawn
