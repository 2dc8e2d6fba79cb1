"""Asks the simulating process as the server does, under eventlet; prints how many waits came. For its test only."""

from queue_server import concurrency

concurrency.patch()

import time  # noqa: E402

from queue_server.foresight.worker_client import WorkerClient  # noqa: E402
from queue_server.foresight.worker_line import Answer, Job  # noqa: E402
from tests.judge.big_hall import big_hall  # noqa: E402

worker, answers = WorkerClient(), list[Answer]()
worker.ask(Job(1, big_hall(waiting=300, counters=4), 20), answers.append)
while not worker.is_free:
    time.sleep(0.05)  # a greenlet's sleep: others go on
print(len(answers[0].tickets_p50) if answers else "no answer")
worker.close()
