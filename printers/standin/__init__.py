"""A printer for halls without one: takes tickets over TCP and shows the paper as a picture."""

from printers.standin.condition import Condition
from printers.standin.server import Standin, run_standin

__all__ = ["Condition", "Standin", "run_standin"]
