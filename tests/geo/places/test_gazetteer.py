"""Places by name: found under any spelling, in their country, and only where one place has the name."""

import pytest

from geo.incident.errors import UnreadableError
from geo.places.boundaries import boundaries
from geo.places.gazetteer import TOWN_KM, Gazetteer, NamedPlace, read_gazetteer, shipped
from geo.places.locating import locate_province

HEADER = "name,other_names,country,longitude,latitude,radius_km"


def place(name, *others, countries=("AF",), lon=66.4, lat=31.0):
    return NamedPlace(name, others, countries, lon, lat, TOWN_KM)


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        pytest.param("Spin Boldak", "AF", "Spin Boldak", id="as it is"),
        pytest.param("SPIN-BOLDAK", "AF", "Spin Boldak", id="another case"),
        pytest.param("Qandahar", "AF", "Kandahar", id="by its sound"),
        pytest.param("Khorog", "TJ", "Khorugh", id="another spelling"),
        pytest.param("پاراچنار", "PK", "Parachinar", id="another script"),
        pytest.param("Parachinar (Kurram)", "PK", "Parachinar", id="with a note in brackets"),
        pytest.param("Torkham", "AF", "Torkham", id="crossing point, from one side"),
        pytest.param("Torkham", "PK", "Torkham", id="crossing point, from the other"),
        pytest.param("Torkham", "TJ", None, id="crossing point of other countries"),
        pytest.param("Spin Boldak", "PK", None, id="town of another country"),
        pytest.param("Ishkashim", None, None, id="one name on both sides"),
        pytest.param("Atlantis", None, None, id="no place"),
        pytest.param("Kand", "AF", None, id="beginning of a name"),
        pytest.param("", None, None, id="no name"),
        pytest.param("?!", None, None, id="no letters"),
    ],
)
def test_a_place_is_found_by_its_name_and_country(name, country, found):
    known = shipped().find(name, country)
    assert (known and known.name) == found


def test_every_place_lies_where_it_is_said_to_lie():
    ours = set(boundaries().provinces["country"])
    places = [one for one in shipped().places if len(one.countries) == 1 and one.countries[0] in ours]
    there = locate_province([one.lon for one in places], [one.lat for one in places])["country"]
    assert [(one.name, one.countries[0]) for one in places] == [
        (one.name, country) for one, country in zip(places, there, strict=True)
    ]


def test_of_two_places_of_one_name_none_is_taken():
    twice = Gazetteer((place("Khwaja"), place("Khwaja", lon=69.0)))
    assert twice.find("Khwaja", "AF") is None
    assert Gazetteer((place("Khwaja"), place("Khwaja", lon=66.41))).find("Khwaja", "AF") == place("Khwaja")


def test_a_country_tells_two_places_of_one_name_apart():
    both = Gazetteer((place("Chaman"), place("Chaman", countries=("PK",), lon=66.9)))
    assert both.find("Chaman", "PK").lon == 66.9
    assert both.find("Chaman", None) is None


# A file of one's own.


def read(tmp_path, *lines, header=HEADER, encoding="utf-8", end="\n"):
    path = tmp_path / "places.csv"
    path.write_bytes(end.join([header, *lines]).encode(encoding))
    return read_gazetteer(path)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Wesh,,AF,66.45,30.95,2", NamedPlace("Wesh", (), ("AF",), 66.45, 30.95, 2), id="all"),
        pytest.param(
            "Wesh,Weesh; ویش,af,66.45,30.95,",
            NamedPlace("Wesh", ("Weesh", "ویش"), ("AF",), 66.45, 30.95, 5),
            id="other names",
        ),
        pytest.param(
            "Wesh,,AF;PK,66.45,30.95,0.5", NamedPlace("Wesh", (), ("AF", "PK"), 66.45, 30.95, 0.5), id="two countries"
        ),
        pytest.param(
            '"Wesh, old",,AF,66.45,30.95', NamedPlace("Wesh, old", (), ("AF",), 66.45, 30.95, 5), id="no radius"
        ),
        pytest.param(" Wesh ,, PK , 66.45 , 30.95 ,", NamedPlace("Wesh", (), ("PK",), 66.45, 30.95, 5), id="spaces"),
    ],
)
def test_a_place_of_ones_own_is_read(tmp_path, line, expected):
    assert read(tmp_path, line) == (expected,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(",,AF,66,31,5", "row 1: name is ''", id="no name"),
        pytest.param("A,,,66,31,5", "row 1: country is ''", id="no country"),
        pytest.param("A,,Iran,66,31,5", "row 1: country is 'Iran', where Afghanistan, Pakistan", id="name of another"),
        pytest.param("A,,AF;IR,66,31,5", "row 1: country is 'AF;IR'", id="another country"),
        pytest.param("A,,AF,east,31,5", "longitude is 'east', where a number of degrees east", id="no number"),
        pytest.param('A,,AF,"66,4",31,5', "row 1: longitude is '66,4'", id="decimal comma"),
        pytest.param("A,,AF,6_6,31,5", "row 1: longitude is '6_6'", id="underscore"),
        pytest.param("A,,AF,181,31,5", "row 1: longitude is '181'", id="off the globe, longitude"),
        pytest.param("A,,AF,66,-91,5", "row 1: latitude is '-91'", id="off the globe, latitude"),
        pytest.param("A,,AF,66,,5", "row 1: latitude is ''", id="no latitude"),
        pytest.param("A,,AF,66,nan,5", "row 1: latitude is 'nan'", id="nan"),
        pytest.param("A,,AF,66,31,0", "row 1: radius_km is '0'", id="no radius"),
        pytest.param("A,,AF,66,31,-5", "row 1: radius_km is '-5'", id="negative radius"),
        pytest.param("A,,AF,66,31,2001", "row 1: radius_km is '2001'", id="radius of more than a country"),
        pytest.param("A,,AF,66,31,5\nB,,AF,66,north,5", "row 2: latitude is 'north'", id="second row"),
        pytest.param("A,,PK,66,31,5", "row 1: 66 31 lies in Afghanistan, but the row names Pakistan", id="in another"),
        pytest.param("A,,TJ;PK,66,31,5", "but the row names Tajikistan and Pakistan", id="in another than two"),
        pytest.param("A,,AF,31,66,5", "row 1: 'A' at 31 66 lies in none of the three", id="exchanged"),
        pytest.param("A,,AF,0,0,5", "row 1: 'A' at 0 0 lies in none of the three", id="nowhere"),
        pytest.param('"' + 140_000 * "A" + '",,AF,66,31,5', "field larger than field limit", id="endless field"),
    ],
)
def test_a_faulty_row_is_named(tmp_path, line, said):
    with pytest.raises(UnreadableError, match=f"places.csv.*{said}"):
        read(tmp_path, line)


@pytest.mark.parametrize(
    ("header", "encoding", "said"),
    [
        pytest.param("name,country,longitude", "utf-8", "lacks latitude", id="a column is missing"),
        pytest.param("name|country|longitude|latitude", "utf-8", "lacks name, country", id="bars"),
        pytest.param("", "utf-8", "lacks name", id="empty"),
        pytest.param(f"{HEADER},ä", "latin-1", "not text in UTF-8", id="another encoding"),
    ],
)
def test_a_file_that_is_none_of_places_is_refused(tmp_path, header, encoding, said):
    with pytest.raises(UnreadableError, match=said):
        read(tmp_path, header=header, encoding=encoding)


def test_all_faulty_rows_are_named_up_to_ten(tmp_path):
    with pytest.raises(UnreadableError) as raised:
        read(tmp_path, "A,,AF,66,31,5", *12 * ["B,,AF,66,north,5"])
    assert "row 2: latitude" in raised.value.reason
    assert "row 11: latitude" in raised.value.reason
    assert raised.value.reason.endswith("2 more rows are faulty")
    assert "row 1: " not in raised.value.reason
    assert "row 12: " not in raised.value.reason


@pytest.mark.parametrize(
    ("country", "codes"),
    [
        pytest.param("Afghanistan", ("AF",), id="name"),
        pytest.param("PAKISTAN; afghanistan", ("PK", "AF"), id="names"),
        pytest.param("AFG", ("AF",), id="three letters"),
        pytest.param("AF/PK", ("AF", "PK"), id="slash"),
    ],
)
def test_a_country_is_known_by_its_name(tmp_path, country, codes):
    [found] = read(tmp_path, f"Kandahar,,{country},65.7,31.6,5")
    assert found.countries == codes


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("between", [pytest.param(";", id="semicolons"), pytest.param("\t", id="tabs")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_as_a_spreadsheet_writes_it_is_read(tmp_path, encoding, between, end):
    header, line = HEADER.replace(",", between), between.join(["ویش", '"a;b"', "AF", "66,4", "31.0", "2,5"])
    expected = NamedPlace("ویش", ("a", "b"), ("AF",), 66.4, 31.0, 2.5)
    assert read(tmp_path, line, header=header, encoding=encoding, end=end) == (expected,)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(UnreadableError, match=r"none\.csv: there is no such file$"):
        read_gazetteer(tmp_path / "none.csv")


def test_a_folder_is_no_file_of_places(tmp_path):
    with pytest.raises(UnreadableError, match="cannot be read: Is a directory"):
        read_gazetteer(tmp_path)


def test_a_mark_before_the_header_does_not_matter(tmp_path):
    assert len(read(tmp_path, "Wesh,,AF,66.45,30.95,2", encoding="utf-8-sig")) == 1
