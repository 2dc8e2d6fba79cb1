"""From the kiosk's home every service is two touches away."""

from __future__ import annotations

import pytest

from queue_server.guidance.catalogue import Catalogue
from queue_server.guidance.tiles import Tile, load_tiles


@pytest.fixture(scope="module")
def tiles(catalogue: Catalogue) -> dict[str, Tile]:
    return {tile.id: tile for tile in load_tiles(catalogue)}


def test_eight_tiles_stand_on_the_home_screen(tiles: dict[str, Tile]) -> None:
    assert len(tiles) == 8
    assert len({tile.title.zh for tile in tiles.values()}) == 8


def test_the_last_tile_leads_to_everything(catalogue: Catalogue, tiles: dict[str, Tile]) -> None:
    assert list(tiles)[-1] == "all"
    assert tiles["all"].services == catalogue.services


def test_every_withdrawal_and_every_loan_has_a_tile_of_its_kind(catalogue: Catalogue, tiles: dict[str, Tile]) -> None:
    told = {guide.id for tile in tiles.values() if tile.id != "all" for guide in tile.services}

    # Only court officers, who know where they go, need the last tile.
    assert {guide.id for guide in catalogue.services} - told == {"QT03"}


def test_the_likeliest_service_stands_first(tiles: dict[str, Tile]) -> None:
    first = {tile.id: tile.services[0].plain_name.zh for tile in tiles.values() if tile.id != "all"}

    assert first == {
        "rent-and-upkeep": "租房取钱",
        "buying": "买房取钱",
        "repaying": "还银行房贷取钱",
        "leaving": "退休取钱",
        "borrowing": "算算能贷多少",
        "my-account": "改手机号和银行卡",
        "employer": "单位新开户",
    }


def test_no_tile_is_longer_than_a_screen_and_none_says_a_service_twice(tiles: dict[str, Tile]) -> None:
    for tile in tiles.values():
        ids = [guide.id for guide in tile.services]
        assert len(ids) == len(set(ids)), tile.id
        assert len(tile.title.zh) <= 8, tile.id
        assert len(tile.hint.zh) <= 14, tile.id
        if tile.id != "all":
            assert 3 <= len(ids) <= 10, tile.id
