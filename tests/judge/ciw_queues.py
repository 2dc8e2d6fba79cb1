"""The same queues in Ciw (Palmer, Knight, Harper, Hawa 2019), a simulator that is not ours."""

from __future__ import annotations

from collections.abc import Sequence

import ciw
import numpy as np

from queue_server.foresight.simulation.scenario import Floats


def waits_in_ciw(
    arrivals: Sequence[Sequence[float]], services: Sequence[Sequence[float]], servers: int, until: float
) -> list[Floats]:
    """Waits by class, in the order of arrival. `arrivals[k]`, `services[k]` of class k; class 0 goes before class 1."""
    never = [2 * until]
    names = [f"class {place}" for place in range(len(arrivals))]
    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Sequential([*np.diff([0.0, *own]).tolist(), *never])]
            for name, own in zip(names, arrivals, strict=True)
        },
        service_distributions={
            name: [ciw.dists.Sequential(list(own))] for name, own in zip(names, services, strict=True)
        },
        number_of_servers=[servers],
        priority_classes={name: place for place, name in enumerate(names)},
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(until)
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    return [np.array([one.waiting_time for one in records if one.customer_class == name]) for name in names]


def share_that_waits_with_patience(
    per_minute: float, service: float, patience: float, servers: int, until: float, seed: int
) -> tuple[float, float]:
    """(share that finds all servers busy, share that leaves unserved) in M/M/s+M."""
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(per_minute)],
        service_distributions=[ciw.dists.Exponential(1 / service)],
        number_of_servers=[servers],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(until)
    records = [one for one in simulation.get_all_records() if one.arrival_date > until / 50]
    left = sum(one.record_type == "renege" for one in records)
    waited = sum(one.waiting_time > 1e-9 for one in records)
    return waited / len(records), left / len(records)
