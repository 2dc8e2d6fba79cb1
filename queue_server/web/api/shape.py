"""What every shape of an answer is made of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Promise = Literal["certain", "standby", "unlikely"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WaitShape(Shape):
    """Minutes until the call, P50 to P90; `rough` while the hall has measured little."""

    low: int
    high: int
    rough: bool
