"""What is cited, made safe before any format sees it."""

import unicodedata

import pytest
from hypothesis import given

from geo.citation import Reference, ReferenceKind, safe_address
from tests.geo.citation.cases import ADDRESSES, REFERENCES


@pytest.mark.parametrize("key", ["", "A", "a b", "a{b", "-a", "a--b", "ключ"])
def test_a_key_that_some_format_cannot_hold_is_refused(key) -> None:
    with pytest.raises(ValueError, match="is no key"):
        Reference(key=key, kind=ReferenceKind.NEWS, author="Dawn", title=None)


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_is_plain_and_made_safe_once(url) -> None:
    safe = safe_address(url)
    assert safe.isascii()
    assert not set(safe) & set('{}\\"<>^`| ')
    assert safe_address(safe) == safe


@given(REFERENCES)
def test_text_stays_on_one_line(reference) -> None:
    for text in (reference.author, reference.title, reference.version, reference.note):
        assert text is None or len(text.splitlines()) == 1
        assert text is None or not any(unicodedata.category(character) == "Cc" for character in text)


def test_a_missing_title_is_said() -> None:
    assert Reference(key="a", kind=ReferenceKind.NEWS, author="Dawn", title=" \n").titled == "[No title on record]"
