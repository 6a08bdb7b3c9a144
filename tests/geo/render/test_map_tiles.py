"""Tiles of the map: all of a view and nothing twice, whatever block a tile was found with."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.boundaries import boundaries
from geo.render.web_marks import NOTHING, Tile, group_called, group_marks, tiles_of
from geo.selection import Filters
from geo.table.clusters import Grid, Ground

TILES = st.integers(0, 14).flatmap(
    lambda zoom: (
        st.builds(
            Tile.of,
            st.just(zoom),
            *(st.integers(int(at * (1 << zoom) / 2), int(at * (1 << zoom) / 2) + 1) for at in (0.68, 0.39)),
        )
        if zoom > 4
        else st.just(Tile.of(zoom, (1 << zoom) * 2 // 6, 0))
    )
)
"""Over the region, which lies at two thirds of the world's width and two fifths of its height."""


def parts(of):
    return [mark.get("key", mark.get("id")) for kind in ("groups", "points") for mark in of[kind]]


def block_of(table, tile):
    clusters = table.clusters_on(tile.block.block_ground(boundaries()), Filters())
    return clusters, tiles_of(clusters, tile.block, names={}, record=lambda _: None)


@given(TILES)
def test_the_tiles_of_a_block_hold_all_that_is_drawn_on_its_ground_once(many, tile):
    clusters, tiles = block_of(many, tile)
    drawn = parts(group_marks(clusters, names={}, record=lambda _: None))
    assert sorted(key for found in tiles.values() for key in parts(json.loads(found))) == sorted(drawn)
    assert all(each.block == tile.block and json.loads(found) != json.loads(NOTHING) for each, found in tiles.items())


@given(TILES)
def test_a_tile_alone_is_what_its_block_says_of_it(many, tile):
    alone = Ground.square(Grid(tile.zoom), tile.column * 2, tile.row * 2, 2, boundaries())
    drawn = group_marks(many.clusters_on(alone, Filters()), names={}, record=lambda _: None)
    assert sorted(parts(json.loads(block_of(many, tile)[1].get(tile, NOTHING)))) == sorted(parts(drawn))


@pytest.mark.parametrize("zoom", [0, 1, 5, 22])
def test_the_tiles_of_a_zoom_are_the_world(zoom):
    last = max(1, 2**zoom // 2) - 1
    for column, row in product((0, last), repeat=2):
        assert Tile.of(zoom, column, row).block.column <= column


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((-1, 0, 0), id="no-zoom"),
        pytest.param((23, 0, 0), id="too-near"),
        pytest.param((6, 32, 0), id="east-of-the-world"),
        pytest.param((6, 0, -1), id="north-of-the-world"),
    ],
)
def test_what_is_no_tile_is_refused(numbers):
    with pytest.raises(ValueError, match="no such tile"):
        Tile.of(*numbers)


def test_a_group_is_found_by_its_key(many):
    clusters, tiles = block_of(many, Tile.of(6, 21, 12))
    groups = [mark for found in tiles.values() for mark in json.loads(found)["groups"]]
    assert groups
    assert [group_called(clusters, mark["key"]).count for mark in groups] == [mark["n"] for mark in groups]
    assert group_called(clusters, "6/0/0") is None
