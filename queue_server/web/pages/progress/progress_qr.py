"""The QR code of a progress link as a picture for the kiosk's screen."""

from __future__ import annotations

from io import BytesIO

from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage
from qrcode.main import QRCode

QUIET_ZONE_MODULES = 4  # ISO/IEC 18004


def qr_svg(text: str) -> bytes:
    """Dark on white, as every phone reads it."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE_MODULES, image_factory=SvgPathFillImage)
    code.add_data(text)
    code.make(fit=True)
    picture = BytesIO()
    code.make_image().save(picture)
    return picture.getvalue()
