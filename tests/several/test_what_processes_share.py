"""One data folder, one limit on asking, one web server in front."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from queue_server.compose import Composed, compose
from queue_server.settings import read_settings
from queue_server.stores.base import StorageTrouble
from queue_server.web.rate_limits import RateLimits
from queue_server.web.shared_rate_limits import SharedRateLimiter
from tests.databases import RedisServer
from tests.several.opening import open_everything


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_limit_on_asking_is_one_limit_whichever_process_is_asked(redis_server: RedisServer):
    url = redis_server.fresh_url()
    processes = [SharedRateLimiter(url, "hall") for _ in range(2)]

    waits = [processes[n % 2].seconds_to_wait("sign_in", "li", 3) for n in range(4)]

    assert waits[:3] == [0, 0, 0]
    assert 19 < waits[3] <= 20  # three a minute: one every twenty seconds
    assert processes[0].seconds_to_wait("sign_in", "ma", 3) == 0
    assert SharedRateLimiter(url, "another hall").seconds_to_wait("sign_in", "li", 3) == 0


def test_while_redis_is_away_each_process_limits_by_itself_and_nobody_waits_for_redis(mortal_redis: RedisServer):
    server = mortal_redis
    time = Time()
    limiter = SharedRateLimiter(server.url, "hall", time)
    assert limiter.seconds_to_wait("sign_in", "li", 1) == 0
    server.crash()

    assert limiter.seconds_to_wait("sign_in", "li", 1) == 0  # it has not seen li itself
    assert limiter.seconds_to_wait("sign_in", "li", 1) > 0

    server.start()
    time.now += 10
    assert limiter.seconds_to_wait("sign_in", "li", 1) == 0  # Redis began anew
    assert limiter.seconds_to_wait("sign_in", "li", 1) > 0


def test_processes_started_at_once_on_a_new_folder_all_start_and_have_one_secret(tmp_path: Path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        for round_ in range(5):
            folder = tmp_path / str(round_)
            secrets = set(processes.map(open_everything, [folder] * 4))
            assert len(secrets) == 1
            assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
            assert sorted(path.name for path in folder.glob("secret*")) == ["secret.key"]


@pytest.fixture
def composed(tmp_path: Path) -> Iterator[list[Composed]]:
    made: list[Composed] = []
    yield made
    for one in made:
        one.log.close()


@pytest.mark.parametrize(("behind_proxy", "codes"), [(True, [401] * 4), (False, [401, 401, 429, 429])])
def test_who_asks_is_believed_of_the_web_server_in_front_and_of_nobody_else(
    tmp_path: Path, composed: list[Composed], behind_proxy: bool, codes: list[int]
):
    settings = read_settings(data=tmp_path, behind_proxy=behind_proxy)
    composed.append(compose(settings, limits=RateLimits(sign_in_per_address=2)))
    app = composed[0].app
    assert isinstance(app.wsgi_app, ProxyFix) is behind_proxy

    asked = [
        app.test_client().post(
            "/api/v1/session",
            json={"person": f"stranger-{n}", "password": "x"},
            headers={"X-Forwarded-For": f"6.6.6.6, 192.0.2.{n}"},  # a visitor's own claim, then nginx's word
        )
        for n in range(4)
    ]
    assert [answer.status_code for answer in asked] == codes


def test_a_demo_never_writes_into_a_database(tmp_path: Path):
    with pytest.raises(StorageTrouble, match="Leave XINTING_DATABASE_URL empty"):
        compose(read_settings(data=tmp_path, demo=True, database_url="postgresql://localhost/hall"))


def test_an_address_of_redis_that_cannot_be_read_is_refused_without_repeating_it(tmp_path: Path):
    with pytest.raises(StorageTrouble, match="Write it as redis://") as trouble:
        compose(read_settings(data=tmp_path, redis_url="http://:geheim@localhost"))

    assert "geheim" not in str(trouble.value)
