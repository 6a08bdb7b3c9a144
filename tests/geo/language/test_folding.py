"""Text as a search compares it."""

import re
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language.folding import fold, keys_of, name_keys, query_words, sound_key


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Köṭ", "kot", id="dots"),
        pytest.param("Nū’r  ʿAlī", "nur ali", id="apostrophes"),
        pytest.param("ʼAyn", "ayn", id="modifier-apostrophe"),
        pytest.param("İstanbul", "istanbul", id="dotted-capital"),
        pytest.param("كابل", "کابل", id="arabic-letters"),
        pytest.param("جلال‌آباد", "جلالاباد", id="joined-words"),
        pytest.param("Панҷи Поён", "панчи поен", id="tajik"),
        pytest.param("1,037 of 1,234,567", "1037 of 1234567", id="thousands"),
        pytest.param("in 2021,2022, 3,4 and 1,0375", "in 2021,2022, 3,4 and 1,0375", id="other-commas"),
        pytest.param("", "", id="empty"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ["angoor", "angur", "angor"],
        ["adda", "ada"],
        ["boldak", "buldak"],
        ["spin", "speen"],
        ["torkham", "turkham"],
        ["kunar", "konar"],
        ["paktia", "paktya", "paktiya"],
        ["kunduz", "qunduz", "konduz"],
        ["kandahar", "qandahar"],
        ["wakhan", "vakhan"],
        ["ghulam", "gholam", "gulam"],
        ["naray", "narai", "nari", "nary"],
        ["jowzjan", "jawzjan", "jauzjan"],
        ["ishqoshim", "ishkoshim"],
        ["mujahid", "mojahed"],
        ["bahramcha", "bahramchah"],
        ["khirmanjo", "khirmandzho"],
        ["hassan", "hasan"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_a_name_sound_alike(spellings):
    assert len({sound_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("paktia", "paktika"), ("khost", "kohat"), ("khar", "khyber"), ("kabul", "zabul"), ("dir", "dara")],
)
def test_different_names_sound_different(one, other):
    assert sound_key(one) != sound_key(other)


def test_no_two_places_of_the_record_sound_alike(incidents):
    alike = defaultdict(set)
    for incident in incidents:
        alike[tuple(keys_of(incident.place))].add(incident.place)
    assert [places for places in alike.values() if len(places) > 1] == []


def test_towns_and_provinces_that_sound_alike_are_known(layers):
    alike = defaultdict(set)
    for name in (*layers.towns["name"], *layers.provinces["province"]):
        alike[tuple(keys_of(name))].add(name)
    found = sorted(sorted(names) for names in alike.values() if len(names) > 1)
    assert found == [["Kalat", "Qalat"], ["Sar-e Pol", "Sar-e Pul"], ["Zabol", "Zabul"]]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("Shelling near Dand-aw-Patan", ["shiling", "dand", "patan"], id="joiner-inside"),
        pytest.param("five men of the 201st corps", [], id="no-names"),
        pytest.param("at سپین بولدک", ["سپین", "بولدک"], id="other-script"),
        pytest.param("Al Jazeera, Tem", ["jazira", "tim"], id="joiner-before"),
    ],
)
def test_names_of_a_text(text, keys):
    assert name_keys(text) == keys


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Angur-Adda", [("angur-adda", ("angur", "ada"))], id="hyphen"),
        pytest.param("“Torkham”, shut", [("torkham", ("turkam",)), ("shut", ())], id="punctuation"),
        pytest.param("dand aw patan", [("dand", ("dand",)), ("patan", ("patan",))], id="joiner"),
        pytest.param("% _____", [("%", ()), ("_____", ())], id="plain"),
        pytest.param("Kill, killed", [("kill", ()), ("killed", ())], id="plain-parts"),
        pytest.param("drone-strikes", [("drone-strikes", ())], id="one-plain-part"),
        pytest.param("cross-Tirah", [("cross-tirah", ("krus", "tira"))], id="signs-only"),
        pytest.param("e", [("e", ())], id="joiner-only"),
        pytest.param("5,000", [("5000", ("5000",))], id="number"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_searched_for(text, words):
    assert query_words(text) == words


def test_no_plain_word_of_the_record_sounds_like_a_name(incidents, layers):
    """Words that its texts write small are words, not names, unless a name is also spelt so."""
    names = {
        word for i in incidents for place in (i.place, i.district, i.province) for word in fold(place or "").split()
    }
    names |= {word for spellings in layers.place_names for name in spellings for word in fold(name).split()}
    by_key = {sound_key(name): name for name in names if name.isascii()}
    told = " ".join(part for i in incidents for part in (i.title, i.summary, *(c.note or "" for c in i.claims)))
    small = {word for word in re.findall(r"\b[a-z]+\b", told) if word not in names}
    found = {
        word: by_key[keys[0]] for word in sorted(small) for _, keys in query_words(word) if set(keys) & set(by_key)
    }
    assert found == {}


@given(st.text())
def test_no_query_of_something_is_a_query_of_nothing(text):
    assert bool(query_words(text)) is bool(fold(text))


@given(st.text(max_size=60))
def test_keys_hold_nothing_that_separates_keys(text):
    assert not re.search(r"\s", "".join([*keys_of(text), *name_keys(text)]))
