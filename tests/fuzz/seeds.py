"""One small file of each format, for a fuzzer to begin with."""

import base64
import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

ROWS = 'id,event date,notes\n1,2025-10-11,"a ""b"",\nc"\n2,2025-10-12,é ش\n'


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Folder><name>x</name><Placemark>
<name>a</name><description><![CDATA[<b>b</b>]]></description><TimeStamp><when>2025-10-11</when></TimeStamp><ExtendedData>
<Data name="id"><value>1</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>
70,34 70.1,34 70.1,34.1 70,34</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></kml>"""
ODS = """<d xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="a"><table:table-row>
<table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell><text:p>notes</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float"
office:value="1.5" table:number-rows-spanned="2"/><table:table-cell><text:p>b</text:p></table:table-cell>
</table:table-row></table:table></d>"""


OLD_WORKBOOK = gzip.decompress(
    base64.b85decode(
        "ABzY8`wR|i0{`t;O-NKx6#nj;`^HiH8BGHXM1-tNp=i@a$I22Z&D!)sP~*&l#9>CpS@Z*C*(`&gRnbPUMH{P4KNM2C7KKqz5CmGZ"
        "aupP`P+#Yq_g?8VfdeI2?|a<y?mhQ>_nvp|xp&^Yms6F~V|VLjkb`yvuwWM>xJaj{6nl*@sNc4^>fJ+BY#*x%#UWbApovFi&x?2s"
        "dA(;~;EsMu68J#n7>3ZBN?Hvoh@Ij?RIv|jN>lC`xIv{Hwc=Nm$e74AB5#ZBW04)Axh%4cY^T*xOhtN|x4U_K*l3i#a*_)7h4W4{"
        "TTz2&oX6*{D96^sj`Tn@vC2B?bt%R{OWI{6tu(hQa1$lK5khNEPitrAG^%O2$MMx}0KRzp`bmSYUs=5Z>Ax-27yU*bqD9QrUo|u^"
        "0{evGWX_@j-I{xfus@bb^;_vI%5XO5Bu6Y2w}$7iPY&ylbD(!8V*_z3nHeTpJesjgU?>rdSwtBeNF=N{DfXUB4QEWKI=xG`=`FfL"
        "lQ9oQX?LoG$B~01yyPG$lkHVXGEQD`y;3$=m}Z{4_4!p#e_!OdXhy^r=O<=8KM!nNU<Q%PrN<N*pwcXi%_1+#sOzL&C$gF>>E6^="
        "<5u>Jip?eIZK8R$30_AwEUIs$dUp1}gZk{p$R?^!bj_Tpo_HG>LnB2fPJF&b(V|+^^=piW5$~?t!|1)p+FuT)kP&u$x82{-3e59X"
        "Bvgu=lom&a<HPnw9(zOVIYLg$i>A{us1<N$3*@lR86~2t!kZU{*aw8oad!Hc9dy|`hdoL0(86}+(!w=et`_br4gX2v5D;4r2HK4("
        "++#QCQ2vRP$Qa{C|7y(`l{aI&by9gOlvr>$CGN-<cOO1{`0(Mw$A1pxz9{kQp>|)hgYxIW`K~ihWx@YU^3UQRQgmhLFXe6|>7K^v"
        "g7RlAOy!NGmdWwH7cvgf>}d?5U;G#>IDhFyS}lH_WfQ}HZVMGU|3V>t{^j|<12B_x?*JA600"
    )
)
"""A workbook of Excel 97 with a title over all columns, a day over two rows, and a hidden sheet."""


def spreadsheet(content=ODS):
    """An OpenDocument spreadsheet with so much content."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/manifest.xml", "<m/>")
        archive.writestr("content.xml", content)
    return made.getvalue()


def mapinfo_parts(form):
    """The files of a MapInfo table of two points, in `TAB` or `MIF`, by their endings."""
    points = gpd.GeoDataFrame({"id": ["1", "2"]}, geometry=shapely.points([[70, 34], [71, 35]]), crs=4326)
    with tempfile.TemporaryDirectory() as folder:
        points.to_file(Path(folder) / f"points.{form.lower()}", driver="MapInfo File", FORMAT=form)
        return {part.suffix[1:]: part.read_bytes() for part in sorted(Path(folder).iterdir())}


def zipped(parts):
    """A zip file of files by their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def write_seeds(folder):
    """Write the seeds into a folder."""
    points = gpd.GeoDataFrame(
        {"id": [1, 2], "notes": ["a", None]}, geometry=shapely.points([[70, 34], [71, 35]]), crs=4326
    )
    points.to_file(folder / "points.gpkg", driver="GPKG")
    points.to_parquet(folder / "points.parquet")
    points.to_file(folder / "points.fgb", driver="FlatGeobuf")
    points.to_file(folder / "points.gml", driver="GML")
    (folder / "points.xsd").unlink(missing_ok=True)
    shapefile = io.BytesIO()
    with tempfile.TemporaryDirectory() as parts, zipfile.ZipFile(shapefile, "w") as archive:
        points.assign(notes=["é", "ش"]).to_file(Path(parts) / "points.shp", encoding="utf-8")
        for part in sorted(Path(parts).iterdir()):
            archive.write(part, part.name)
    feature = {
        "type": "Feature",
        "properties": {"id": 1, "n": 1.5},
        "geometry": {"type": "Point", "coordinates": [70, 34]},
    }
    book = openpyxl.Workbook()
    for row in (["id", "notes"], [1, "a"], [2, None]):
        book.active.append(row)
    book.save(folder / "book.xlsx")
    gdelt = "\t".join(["1", "20251011", "202510", "2025", "2025.7", *["x"] * 24, "4", *["y"] * 31])
    texts = {
        "rows.csv": ROWS.encode("utf-8-sig"),
        "wide.csv": ROWS.encode("utf-16"),
        "semicolon.csv": ROWS.replace(",", ";").encode("cp1252", "replace"),
        "events.tsv": gdelt.encode() + b"\n",
        "hashtags.csv": b"id,date\n#event+id,#date\n1,2025-10-11\n",
        "points.geojson": json.dumps({"type": "FeatureCollection", "features": [feature, feature]}).encode(),
        "rows.csv.gz": gzip.compress(ROWS.encode()),
        "rows.zip": zipped({"rows.csv": ROWS}),
        "shapefile.zip": shapefile.getvalue(),
        "book.ods": spreadsheet(),
        "book.xls": OLD_WORKBOOK,
        "points.kml": KML.encode(),
        "points.kmz": zipped({"doc.kml": KML}),
        **{
            f"{form}.zip": zipped({f"a.{end}": part for end, part in mapinfo_parts(form.upper()).items()})
            for form in ("tab", "mif")
        },
        "map.umap": json.dumps(
            {
                "type": "umap",
                "layers": [{"type": "FeatureCollection", "features": [feature], "_umap_options": {"name": "a"}}],
            }
        ).encode(),
        "esri.json": json.dumps(
            {
                "spatialReference": {"wkid": 102100},
                "features": [{"attributes": {"id": 1}, "geometry": {"x": 7792364, "y": 4028802}}],
            }
        ).encode(),
        "points.gpx": b"<gpx><wpt lat='34' lon='70'><name>a</name><time>2025-10-11</time></wpt></gpx>",
        "lines.geojsonl": b"".join(json.dumps(feature).encode() + b"\n" for _ in range(3)),
        "answer.json": json.dumps({"count": 1, "data": [{"id": 1, "who": {"side": "A"}, "tags": ["a", "b"]}]}).encode(),
    }
    for name, data in texts.items():
        (folder / name).write_bytes(data)
