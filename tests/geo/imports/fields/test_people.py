"""Numbers of people as files write them: a figure, an end of a range, or none; never one that nobody stated."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.cell_values import Ledger, Repair
from geo.imports.fields.counts import People, added, at_least, people, read_people, without_codes
from geo.incident.vocabulary import MEASURES, About

COUNT = st.integers(0, 99_999)
DIGITS = ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]


def figure(text):
    """Lowest, best and highest figure of a text, None for an end that it leaves open."""
    read = people(text)
    assert not read.fault
    return (read.value.low, read.value.best, read.value.high)


def exactly(number):
    return (number, number, number)


NONE = (None, None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("3 (2 women, 1 child)", exactly(3), id="aside: of whom"),
        pytest.param("5 (incl. 2 children)", exactly(5), id="aside: among them"),
        pytest.param("5, including 2 children", exactly(5), id="aside: after a comma"),
        pytest.param("five (5)", exactly(5), id="aside: the same in digits"),
        pytest.param("at least 3 dead", (3, None, None), id="at least"),
        pytest.param("at least one", (1, None, None), id="at least, in words"),
        pytest.param("more than a dozen", (13, None, None), id="more than"),
        pytest.param("min: 3", (3, None, None), id="min"),
        pytest.param("3 min.", (3, None, None), id="min behind it"),
        pytest.param(">10", (11, None, None), id="above"),
        pytest.param("max: 3", (None, None, 3), id="max"),
        pytest.param("<5", (None, None, 4), id="below"),
        pytest.param("no more than 5", (None, None, 5), id="no more than"),
        pytest.param("two or three", (2, None, 3), id="range in words"),
        pytest.param("between five and seven", (5, None, 7), id="between"),
        pytest.param("5/7", (5, None, 7), id="range with a slash"),
        pytest.param("5–7 soldiers", (5, None, 7), id="range of soldiers"),
        pytest.param("5-5", exactly(5), id="range of one number"),
        pytest.param("12-Oct", (10, None, 12), id="range that a spreadsheet took for a day"),
        pytest.param("Oct-12", (10, None, 12), id="likewise, month first"),
        pytest.param("2025-10-12 00:00:00", (10, None, 12), id="likewise, a date"),
        pytest.param("killed: 5", exactly(5), id="behind a word for the dead"),
        pytest.param("total killed 5", exactly(5), id="behind two words"),
        pytest.param("3 killed", exactly(3), id="before one"),
        pytest.param("2.00", exactly(2), id="decimal number of a spreadsheet"),
        pytest.param("1,234", exactly(1234), id="thousands"),
        pytest.param("1.234.567", exactly(1_234_567), id="thousands with points"),
        pytest.param("zero", exactly(0), id="zero"),
        pytest.param("no deaths", exactly(0), id="no deaths"),
        pytest.param("0", exactly(0), id="0"),
    ],
)
def test_what_is_stated_is_read(text, expected):
    assert figure(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1.5", id="half a person"),
        pytest.param("2.000", id="two, or two thousand"),
        pytest.param("1.234,5", id="decimal comma"),
        pytest.param("10-5", id="range that falls"),
        pytest.param("-3", id="negative"),
        pytest.param("−3", id="negative, with a minus"),
        pytest.param("minus 3", id="negative, in words"),
        pytest.param("$5", id="currency"),
        pytest.param("5 USD", id="currency behind it"),
        pytest.param("USD 5", id="currency first"),
        pytest.param("5%", id="per cent"),
        pytest.param("killed 3, injured 10", id="killed and injured"),
        pytest.param("3 killed, 10 injured", id="killed and injured, numbers first"),
        pytest.param("at least 3 dead, 10 wounded", id="at least, and wounded"),
        pytest.param("5 KIA, 3 WIA", id="initials"),
        pytest.param("3 WIA", id="wounded alone"),
        pytest.param("10 (3 killed)", id="killed aside"),
        pytest.param("10 casualties", id="casualties"),
        pytest.param("3 dead or injured", id="dead or injured"),
        pytest.param("12 hurt", id="hurt"),
        pytest.param("5 missing", id="missing"),
        pytest.param("5 arrested", id="arrested"),
        pytest.param("5 families", id="families"),
        pytest.param("3 (5)", id="another number aside"),
        pytest.param("3 (at least)", id="at least, aside"),
        pytest.param("3 (possibly 5)", id="possibly more"),
        pytest.param("3 (4 soldiers, 2 civilians)", id="parts above the whole"),
        pytest.param("23 (Pakistan) / 58 (Taliban)", id="rival claims"),
        pytest.param("58 vs 23", id="rival claims, against"),
        pytest.param("3 and 4", id="two groups"),
        pytest.param("3 soldiers and 2 civilians", id="two groups, named"),
        pytest.param("3+2", id="sum"),
        pytest.param("3, 4", id="list"),
        pytest.param("2-3-4", id="three numbers"),
        pytest.param("twenty one", id="number of two words"),
        pytest.param("two dozen", id="dozens"),
        pytest.param("5 thousand", id="thousands in a word"),
        pytest.param("2 k", id="thousands in a letter"),
        pytest.param("several", id="several"),
        pytest.param("dozens", id="some dozens"),
        pytest.param("~5-7", id="about a range"),
        pytest.param("Unit 12", id="number of a unit"),
        pytest.param("page 5", id="number of a page"),
        pytest.param("not 3", id="denied"),
        pytest.param("3 more", id="more than were known"),
        pytest.param("100000000", id="more people than there are"),
        pytest.param("1e3", id="exponent"),
        pytest.param("²", id="digit that is none"),
        pytest.param("11/10/2025", id="date"),
        pytest.param("05-May", id="date of a range of one number"),
    ],
)
def test_what_gives_no_one_figure_gives_none_and_is_noted(text):
    assert figure(text) == NONE
    assert Repair.NO_FIGURE in people(text).repairs


@pytest.mark.parametrize(
    "text", ["?", "unknown", "n/a", "none", "no", "-99", "-1", "неизвестно", "نامعلوم", "not reported"]
)
def test_what_says_that_no_figure_is_known_gives_none_and_is_no_repair(text):
    assert figure(text) == NONE
    assert people(text).repairs == ()


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        pytest.param("~20", Repair.ABOUT, id="about"),
        pytest.param("20 approx", Repair.ABOUT, id="about, behind it"),
        pytest.param("over 200", Repair.MORE_THAN, id="over"),
        pytest.param("<5", Repair.MORE_THAN, id="below"),
        pytest.param("5 (incl. 2)", Repair.WORDS_BESIDE, id="aside"),
    ],
)
def test_what_is_left_out_is_noted(text, repair):
    assert people(text).repairs == (repair,)


LEAST = [
    "at least {}",
    "{}+",
    "{} or more",
    "≥{}",
    "mindestens {}",
    "не менее {}",
    "حداقل {}",
    "no fewer than {} soldiers",
]
MOST = ["up to {}", "≤{}", "no more than {}", "höchstens {}", "не более {}", "حداکثر {}", "{} or fewer"]
RANGE = ["{}-{}", "{} – {}", "{} to {}", "between {} and {}", "{} bis {}", "от {} до {}", "{} تا {}", "{} or {} people"]
ONE = ["{}", "{} killed", "{} soldiers", "killed: {}", "{}.0", " {} ", "about {}", "\u200f{}\u200f"]


def written(form, *numbers, digits=DIGITS[0], thousands=False):
    return form.format(*(f"{n:,}" if thousands else n for n in numbers)).translate(str.maketrans(DIGITS[0], digits))


@given(COUNT, COUNT, st.data())
def test_every_figure_is_read_back(one, other, data):
    low, high = sorted((one, other))
    draw = lambda forms: data.draw(st.sampled_from(forms))  # noqa: E731  # short
    digits, thousands = draw(DIGITS), data.draw(st.booleans())
    options = {"digits": digits, "thousands": thousands and digits == DIGITS[0]}
    assert figure(written(draw(LEAST), low, **options)) == (low, None, None)
    assert figure(written(draw(MOST), high, **options)) == (None, None, high)
    assert figure(written(draw(RANGE), low, high, **options)) == (low, low if low == high else None, high)
    assert figure(written(draw(ONE[:-1]), low, digits=digits)) == exactly(low)


PIECES = st.sampled_from(
    [
        *"0123456789.,-/()+~<>?%",
        " ",
        "at least",
        "killed",
        "to",
        "two",
        "and",
        "k",
        "dozen",
        "Oct",
        "not",
        "حداقل",
        "۵",
        "½",
        "–",
    ]
)


@given(st.text(max_size=300) | st.lists(PIECES, max_size=9).map("".join) | st.lists(PIECES, max_size=7).map(" ".join))
def test_any_text_gives_ends_in_order_or_none(text):
    low, best, high = figure(text)
    ends = [end for end in (low, best, high) if end is not None]
    assert ends == sorted(ends)
    assert all(0 <= end < 10**8 for end in ends)
    assert best is None or low == best == high
    if not any(mark.isdecimal() for mark in text):
        assert not any(ends) or any(word in text.lower() for word in ("two", "dozen", "one"))


# Groups of people, added up.

FIGURES = st.sampled_from([NONE, (0, 0, 0), (3, 3, 3), (5, None, 7), (4, None, None), (None, None, 6)])


def columns(rows):
    return People(*(pa.array([row[end] for row in rows], pa.int64()) for end in range(3)))


@given(
    st.lists(st.lists(FIGURES, min_size=2, max_size=4), min_size=1, max_size=5).filter(
        lambda rows: len({len(row) for row in rows}) == 1
    )
)
def test_sums_are_of_what_is_stated_and_open_where_an_end_is(rows):
    found = added([columns(group) for group in zip(*rows, strict=True)])
    for at, row in enumerate(rows):
        low, best, high = (getattr(found, end)[at].as_py() for end in ("low", "best", "high"))
        lows = [group[0] for group in row]
        stated = [group for group in row if group != NONE]
        whole = bool(stated) and all(group[0] is not None for group in stated)
        assert low == (sum(low or 0 for low in lows) if whole else None)
        for total, end in ((best, 1), (high, 2)):
            given_ends = [group[end] for group in row]
            assert total == (None if None in given_ends else sum(given_ends))


@given(st.lists(st.lists(FIGURES, min_size=2, max_size=2), min_size=1, max_size=5), st.data())
def test_a_sum_of_which_more_may_be_is_the_least(rows, data):
    more = pa.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    found = added([columns(group) for group in zip(*rows, strict=True)])
    least = at_least(found, more)
    for at, is_open in enumerate(more.to_pylist()):
        ends = tuple(getattr(found, end)[at].as_py() for end in ("low", "best", "high"))
        assert tuple(getattr(least, end)[at].as_py() for end in ("low", "best", "high")) == (
            (ends[0], None, None) if is_open else ends
        )


@pytest.mark.parametrize(
    ("numbers", "left", "flagged"),
    [
        pytest.param((999, 3, 999, 12), (None, 3, None, 12), False, id="repeated"),
        pytest.param((9999, 3, 999, 0), (None, 3, None, 0), False, id="two of them"),
        pytest.param((999, 3), (999, 3), True, id="once"),
        pytest.param((999, 999, 250), (999, 999, 250), False, id="not far above the others"),
        pytest.param((999, 999), (999, 999), True, id="no others"),
        pytest.param((999, 999, 0), (None, None, 0), False, id="nobody otherwise"),
        pytest.param((998, 998, 3), (998, 998, 3), False, id="another number"),
    ],
)
def test_codes_of_what_is_not_known_are_no_figures(numbers, left, flagged):
    ledger, given_numbers = Ledger(len(numbers)), pa.array(numbers, pa.int64())
    found = without_codes(People(given_numbers, given_numbers, given_numbers), field="killed", ledger=ledger)
    assert found.low.to_pylist() == found.best.to_pylist() == found.high.to_pylist() == [*left]
    assert bool(ledger.flags) is flagged
    assert ledger.repairs_by_kind() == ({Repair.UNKNOWN_CODE: left.count(None)} if None in left else {})


@pytest.mark.parametrize(
    ("text", "killed", "injured", "crossed"),
    [
        pytest.param("5 killed", exactly(5), NONE, NONE, id="killed"),
        pytest.param("5 wounded", NONE, exactly(5), NONE, id="wounded"),
        pytest.param("injured: 5", NONE, exactly(5), NONE, id="behind a word"),
        pytest.param("10 (3 injured)", NONE, NONE, NONE, id="who the number is of is not clear"),
        pytest.param("5 (2 critically)", exactly(5), exactly(5), exactly(5), id="of whom"),
        pytest.param("3 killed, 5 injured", NONE, NONE, NONE, id="two numbers"),
        pytest.param("returnees: 300", NONE, NONE, exactly(300), id="behind returnees"),
        pytest.param("300 individuals", exactly(300), exactly(300), exactly(300), id="individuals"),
        pytest.param("30 families", NONE, NONE, NONE, id="families are no people"),
        pytest.param("5 missing", NONE, NONE, NONE, id="missing"),
        pytest.param("no injuries", NONE, exactly(0), NONE, id="no injuries"),
        pytest.param("no deaths", exactly(0), NONE, NONE, id="no deaths"),
        pytest.param("unknown", NONE, NONE, NONE, id="unknown"),
        pytest.param("3 (mortar)", exactly(3), exactly(3), exactly(3), id="a mortar is no death"),
    ],
)
def test_words_say_of_which_people_a_number_is(text, killed, injured, crossed):
    read = [people(text, about).value for about in (About.KILLED, About.INJURED, About.CROSSED)]
    assert [(each.low, each.best, each.high) for each in read] == [killed, injured, crossed]


@given(COUNT, COUNT, st.sampled_from([*MEASURES]))
def test_ranges_and_bounds_are_the_same_of_all_people(one, other, about):
    low, high = sorted((one, other))
    texts = (f"{low}", f"{low}-{high}", f"{low}+", f"up to {high}", f"between {low} and {high}", f"about {low}")
    assert [people(text, about) for text in texts] == [people(text) for text in texts]


@pytest.mark.parametrize(("about", "read"), [(About.KILLED, None), (About.INJURED, None), (About.CROSSED, 45_120)])
def test_as_many_people_as_a_spreadsheet_has_days_may_have_crossed(about, read):
    ledger = Ledger(1)
    assert read_people(pa.array(["45120"]), about=about, field="x", ledger=ledger).best.to_pylist() == [read]
    assert ledger.repairs_by_kind() == ({} if read else {Repair.NO_FIGURE: 1})


def test_no_figure_is_not_0():
    ledger = Ledger(3)
    read = read_people(pa.array(["several", None, "0"]), field="killed", ledger=ledger)
    assert read.best.to_pylist() == [None, None, 0]
    assert read.stated.to_pylist() == [False, False, True]
    assert ledger.repairs_by_kind() == {Repair.NO_FIGURE: 1}
    assert ledger.kept.all()
