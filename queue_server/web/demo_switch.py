"""Whether simulated visitors and officers use the hall, and how fast its clock runs. Only in demo mode."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.clock import DemoClock, HallClock

SPEEDS = (1, 10, 60)


@dataclass
class DemoSwitch:
    running: bool = False
    speed: int = 1

    def turn(self, running: bool, speed: int, clock: HallClock) -> None:
        """The clock hurries only while the simulation runs: people trying a screen need their own seconds."""
        self.running = running
        self.speed = speed
        rate = speed if running else 1
        if isinstance(clock, DemoClock) and clock.rate != rate:
            clock.run_at(rate)

    def view(self) -> dict[str, object]:
        return {"running": self.running, "speed": self.speed}
