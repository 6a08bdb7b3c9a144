"""Files: the manifest comes back out of each, text is text, fonts are embedded, equal figures are equal bytes."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from collections import defaultdict
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from geo.export.manifest import manifest, to_json
from geo.figure.drawing import figure_name, manifest_of, preview, write_figure
from geo.figure.options import FigureFormat, FigureOptions, FigureSize
from geo.figure.sheet import GROUPS
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.places.plane import REGION
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.geo.figure.cases import CASES, HOSTILE

pytestmark = pytest.mark.slow

_SVG = "{http://www.w3.org/2000/svg}"
_PURL = "{http://purl.org/dc/elements/1.1/}"
_STRIKES = CASES["strikes 2025"][0]


@pytest.fixture(scope="module")
def files(table: IncidentTable, layers: Boundaries) -> dict[FigureFormat, bytes]:
    """The same figure, with a title that looks like markup, in each format."""
    return {
        kind: write_figure(_STRIKES, table, layers, FigureOptions(title=HOSTILE, dpi=150, format=kind))[0]
        for kind in FigureFormat
    }


def texts_in(svg: bytes) -> list[str]:
    return ["".join(node.itertext()).strip() for node in ET.fromstring(svg).iter(f"{_SVG}text")]


@pytest.mark.parametrize("kind", FigureFormat)
def test_the_manifest_comes_back(
    kind: FigureFormat, files: dict[FigureFormat, bytes], table: IncidentTable, layers: Boundaries
) -> None:
    options = FigureOptions(title=HOSTILE, dpi=150, format=kind)
    expected = json.loads(to_json(manifest(_STRIKES, table, layers, view=REGION, **options.recorded())))
    found = manifest_of(files[kind])
    counts = found.pop("counts")
    assert (found, counts["shown"]) == ({k: v for k, v in expected.items() if k != "counts"}, table.count(_STRIKES))


def test_equal_figures_are_equal_bytes(
    files: dict[FigureFormat, bytes], table: IncidentTable, layers: Boundaries
) -> None:
    options = FigureOptions(title=HOSTILE, dpi=150, format=FigureFormat.SVG)
    again, _ = write_figure(_STRIKES, table, layers, options)
    assert again == files[FigureFormat.SVG]


def test_another_process_writes_the_same_bytes(files: dict[FigureFormat, bytes], tmp_path: Path) -> None:
    script = (
        "import sys; from geo.places.boundaries import boundaries; from geo.figure.drawing import write_figure\n"
        "from geo.figure.options import FigureOptions\n"
        "from geo.store.incident_store import IncidentStore; from geo.table.incident_table import IncidentTable\n"
        "from tests.geo.figure.cases import CASES, HOSTILE\n"
        "table = IncidentTable.of(IncidentStore().read())\n"
        "for kind in sys.argv[2:]:\n"
        "    asked = FigureOptions(title=HOSTILE, dpi=150, format=kind)\n"
        "    made, _ = write_figure(CASES['strikes 2025'][0], table, boundaries(), asked)\n"
        "    open(f'{sys.argv[1]}.{kind}', 'wb').write(made)\n"
    )
    file = tmp_path / "figure"
    here = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).resolve().parents[3])}
    subprocess.run([sys.executable, "-c", script, str(file), *FigureFormat], check=True, env=here)
    assert {kind: file.with_suffix(f".{kind}").read_bytes() for kind in FigureFormat} == files


def test_a_manifest_makes_the_same_figure_again(table: IncidentTable, layers: Boundaries) -> None:
    filters, view = CASES["one province"]
    asked = {"style": "grey", "type": "S", "caption": "Two\nlines", "key": False, "size": "column"}
    made = write_figure(filters, table, layers, FigureOptions(view=view, **asked, format="svg"))
    kept = manifest_of(made[0])
    options = FigureOptions.again(kept)
    assert {name: getattr(options, name) for name in asked} == asked
    assert write_figure(Filters.from_query(kept["filters"]), table, layers, options) == made


def test_a_manifest_from_before_there_were_styles_is_read() -> None:
    old = {"size": "A3-portrait", "title": None, "legend": True, "inset": False, "format": "png", "dpi": 200}
    options = FigureOptions.again({"view": "60.5,23.5,77.9,41.1", "options": old})
    assert options == FigureOptions(size="A3-portrait", view=REGION, inset=False, dpi=200)


@pytest.mark.parametrize("line", HOSTILE.splitlines())
def test_a_title_is_text_in_svg_as_it_was_typed(line: str, files: dict[FigureFormat, bytes]) -> None:
    assert line in texts_in(files[FigureFormat.SVG])


def test_a_title_is_text_in_pdf_as_it_was_typed(files: dict[FigureFormat, bytes]) -> None:
    assert HOSTILE.splitlines()[0] in PdfReader(BytesIO(files[FigureFormat.PDF])).pages[0].extract_text()


@pytest.mark.parametrize(
    "said", ["incidents of this selection are shown", "Code to reproduce this figure", "OpenStreetMap", "Durand Line"]
)
def test_the_footer_is_text_in_svg(said: str, files: dict[FigureFormat, bytes]) -> None:
    assert said in " ".join(texts_in(files[FigureFormat.SVG]))


def test_the_boundary_note_is_on_the_figure(files: dict[FigureFormat, bytes]) -> None:
    assert BOUNDARY_NOTE in " ".join(texts_in(files[FigureFormat.SVG]))


@pytest.mark.parametrize("tag", ["image", "img", "script"])
def test_svg_holds_no(tag: str, files: dict[FigureFormat, bytes]) -> None:
    assert not list(ET.fromstring(files[FigureFormat.SVG]).iter(f"{_SVG}{tag}"))


def test_svg_falls_back_to_a_sans_serif(files: dict[FigureFormat, bytes]) -> None:
    styles = {node.get("style", "") for node in ET.fromstring(files[FigureFormat.SVG]).iter(f"{_SVG}text")}
    assert all("'Noto Sans', 'Noto Sans Arabic'" in style and "sans-serif" in style for style in styles)


def test_svg_brings_the_letters_of_its_text(files: dict[FigureFormat, bytes]) -> None:
    faces = re.findall(rb"font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)\)", files[FigureFormat.SVG])
    brought: dict[str, set[int]] = defaultdict(set)
    for weight, font in faces:
        brought[weight.decode()] |= set(TTFont(BytesIO(b64decode(font))).getBestCmap())
    missing = {
        character
        for node in ET.fromstring(files[FigureFormat.SVG]).iter(f"{_SVG}text")
        for character in "".join(node.itertext()).strip()
        if ord(character) not in brought[_weight(node.get("style", ""))]
    }
    assert (missing, set(brought)) == (set(), {"400", "600", "700"})


def _weight(style: str) -> str:
    found = re.search(r"font-weight: (\d+)", style)
    return found.group(1) if found else "400"


def test_svg_is_drawn_in_groups_that_say_what_they_hold(files: dict[FigureFormat, bytes]) -> None:
    (root,) = (node for node in ET.fromstring(files[FigureFormat.SVG]).iter() if node.get("id") == "figure_1")
    names = [node.get("id") for node in root if not str(node.get("id")).startswith("patch")]
    assert names == [name for name in GROUPS if name in names]
    assert {"ground", "provinces", "borders", "places", "labels", "incidents", "legend", "furniture"} <= set(names)


def test_letters_of_an_svg_can_be_shapes(table: IncidentTable, layers: Boundaries) -> None:
    made, _ = write_figure(
        CASES["nothing"][0], table, layers, FigureOptions(outlines=True, format="svg", size="column")
    )
    assert (texts_in(made), b"@font-face" in made) == ([], False)


def test_pdf_says_in_words_what_it_shows(files: dict[FigureFormat, bytes]) -> None:
    reader = PdfReader(BytesIO(files[FigureFormat.PDF]))
    root, page = reader.root_object, reader.pages[0]
    figure = root["/StructTreeRoot"]["/K"]["/K"][0]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], figure["/S"]) == ("en", True, "/Figure")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert HOSTILE in figure["/Alt"]
    assert "incidents of this selection are shown" in figure["/Alt"]
    assert root["/StructTreeRoot"]["/ParentTree"]["/Nums"][page["/StructParents"] + 1][figure["/K"]] == figure
    assert page.get_contents().get_data().startswith(b"/Figure <</MCID 0>> BDC")


def test_the_xmp_of_a_pdf_says_what_its_other_metadata_say(files: dict[FigureFormat, bytes]) -> None:
    reader = PdfReader(BytesIO(files[FigureFormat.PDF]))
    xmp, said = reader.xmp_metadata, reader.metadata
    assert " ".join(xmp.dc_title["x-default"].split()) == " ".join(HOSTILE.split())
    assert json.loads(xmp.pdf_keywords) == json.loads(said["/Keywords"])
    assert (xmp.dc_language, xmp.xmp_creator_tool) == (["en"], said["/Creator"])
    assert xmp.dc_creator == [said["/Author"]] == ["Incident map contributors"]
    days = [xmp.xmp_create_date, xmp.xmp_modify_date, *xmp.dc_date, said.creation_date, said.modification_date]
    assert {day.date() for day in days} == {date.today()}  # noqa: DTZ011  # the day where the person is


def test_pdf_is_vector(files: dict[FigureFormat, bytes]) -> None:
    assert not PdfReader(BytesIO(files[FigureFormat.PDF])).pages[0].images


def test_pdf_fonts_are_embedded_truetype(files: dict[FigureFormat, bytes]) -> None:
    fonts = PdfReader(BytesIO(files[FigureFormat.PDF])).pages[0]["/Resources"]["/Font"].values()
    inner = [font.get_object().get("/DescendantFonts", [font])[0].get_object() for font in fonts]
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in inner)


def test_pdf_fonts_are_those_that_are_shipped(files: dict[FigureFormat, bytes]) -> None:
    fonts = PdfReader(BytesIO(files[FigureFormat.PDF])).pages[0]["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts}
    assert all(name.startswith("NotoSans") for name in names), names


@pytest.mark.parametrize("size", [FigureSize.COLUMN, FigureSize.SLIDE])
def test_pdf_has_the_size_of_the_paper(size: FigureSize, table: IncidentTable, layers: Boundaries) -> None:
    made, _ = write_figure(CASES["nothing"][0], table, layers, FigureOptions(size=size, format="pdf"))
    box = PdfReader(BytesIO(made)).pages[0].mediabox
    sides_mm = tuple(float(side) * 25.4 / 72 for side in (box.width, box.height))
    assert sides_mm == pytest.approx((size.paper.width_mm, size.paper.height_mm), abs=0.1)


@pytest.mark.parametrize("dpi", [150, 200])
def test_png_has_the_dots_asked_for(dpi: int, table: IncidentTable, layers: Boundaries) -> None:
    made = Image.open(
        BytesIO(write_figure(CASES["nothing"][0], table, layers, FigureOptions(size="column", dpi=dpi))[0])
    )
    assert (made.width, round(made.info["dpi"][0])) == (pytest.approx(89 / 25.4 * dpi, abs=1), dpi)


def test_a_preview_is_small_and_has_the_code_of_the_file(table: IncidentTable, layers: Boundaries) -> None:
    options = FigureOptions(dpi=600)
    small, _ = preview(_STRIKES, table, layers, dpi=60, options=options)
    code = manifest_of(small)["code"]
    assert (Image.open(BytesIO(small)).width, code) == (
        pytest.approx(297 / 25.4 * 60, abs=1),
        figure_name(_STRIKES, table, layers, options).split("_")[-1].removesuffix(".png"),
    )


@pytest.mark.parametrize(
    ("filters", "options", "expected"),
    [
        pytest.param(Filters(), {}, "incident-map_all_A4-landscape_", id="everything"),
        pytest.param(_STRIKES, {"size": "column"}, "incident-map_2025-strike_column_", id="strikes in a column"),
        pytest.param(Filters(q="../../etc/passwd <b>"), {}, "incident-map_etc-passwd-b_A4-landscape_", id="a path"),
    ],
)
def test_a_file_is_named_by_what_it_shows(
    filters: Filters, options: dict[str, str], expected: str, table: IncidentTable, layers: Boundaries
) -> None:
    assert figure_name(filters, table, layers, FigureOptions(**options)).startswith(expected)
