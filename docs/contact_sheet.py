"""Draw a contact sheet of figures, every paper with several selections in two styles, into one small picture.

python -m docs.contact_sheet
"""

from io import BytesIO
from pathlib import Path

from PIL import Image

from geo.figure.drawing import preview
from geo.figure.options import EXTENTS, FigureOptions, FigureSize, Style
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable

FILE = Path(__file__).with_name("figures.png")
SELECTIONS = {
    "everything": (Filters(), "all"),
    "one province": (Filters(province=("AF-KHO",)), "selection"),
    "three provinces": (Filters(province=("AF-KHO", "AF-PKA", "AF-NAN")), "provinces"),
    "one event": (Filters(group=("spin-boldak-capture-july-2021",)), "selection"),
    "none": (Filters(q="quetzalcoatl"), "all"),
}
HIGH, GAP, COLOURS = 250, 8, 256
"""Height of a picture and room between two, pixels; how many colours all of them share."""


def sheet() -> Image.Image:
    """Draw a row for each selection and style, a column for each paper."""
    table, layers = IncidentTable.of(IncidentStore().read()), boundaries()
    rows = []
    for filters, extent in SELECTIONS.values():
        view = EXTENTS[extent](filters, table, layers)
        for style in (Style.COLOUR, Style.GREY):
            made = [FigureOptions(size=size, view=view, style=style) for size in FigureSize]
            drawn = [Image.open(BytesIO(preview(filters, table, layers, dpi=110, options=each)[0])) for each in made]
            rows.append([each.convert("RGB") for each in drawn])
    small = [
        [each.resize((round(each.width * HIGH / each.height), HIGH), Image.Resampling.LANCZOS) for each in row]
        for row in rows
    ]
    wide = [max(row[column].width for row in small) + GAP for column in range(len(FigureSize))]
    whole = Image.new("RGB", (sum(wide) + GAP, len(small) * (HIGH + GAP) + GAP), "#9A9A9A")
    for number, row in enumerate(small):
        for column, each in enumerate(row):
            whole.paste(each, (GAP + sum(wide[:column]), GAP + number * (HIGH + GAP)))
    return whole


if __name__ == "__main__":
    sheet().quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(FILE, optimize=True)
