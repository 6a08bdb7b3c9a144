"""Code pages told from single lines, in the languages of the region."""

import pytest

from geo.imports.readers.dialect import PAGES, code_page
from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import Asked
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_blocks, file_of

LINES = {
    "cp1252": ["Drei Tote nach Überfall", "Häftlinge flüchten", "Échange de tirs près de Torkham", "Cañón destruido"],
    "cp1250": ["Zginęło dwóch policjantów", "Śmierć cywilów", "Střelba u hraničního přechodu", "Příměří"],
    "cp1254": ["Sınırda çatışma çıktı", "İki asker şehit düştü", "Ağustos"],
    "cp1251": ["Взрыв в Кабуле", "Нападение на пост", "Ишкашим", "ЖЕРТВЫ", "Куляб"],
    "koi8-r": ["Взрыв в Кабуле", "Нападение на пост", "Ишкашим", "Куляб"],
    "koi8-t": ["Ҳамла ба посгоҳ", "Сарҳади Тоҷикистон"],
    "mac-cyrillic": ["Взрыв в Кабуле", "Шугнан", "Ракетный удар по деревне"],
    "cp866": ["Взрыв в Кабуле", "Шугнан", "Гранатомет"],
    "cp850": ["Drei Tote nach Überfall", "Häftlinge flüchten", "Échange de tirs près de Torkham", "Cañón destruido"],
    "mac-roman": [
        "Drei Tote nach Überfall",
        "Häftlinge flüchten",
        "Échange de tirs près de Torkham",
        "Cañón destruido",
    ],
    "cp1256": ["انفجار در کابل", "کشته شدن دو پوليس", "سپين بولدک", "کابل میں دھماکہ".replace("ی", "ي"), "هجوم صاروخي"],
}


@pytest.mark.parametrize(
    ("page", "line"), [pytest.param(page, line, id=f"{page} {line}") for page, lines in LINES.items() for line in lines]
)
def test_a_line_is_read_as_it_was_written(tmp_path, page, line):
    assert page in PAGES
    path = file_of(tmp_path, f"id,place\n1,{line}\n".encode(page))
    assert by_blocks(path) == {1: ("1", line)}
    assert any("guessed from its letters" in note for note in open_rows(path).notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("id,place\n1,Khost\n", id="Latin"),
        pytest.param("شماره,محل\n1,قندهار\n2,کابل\n", id="Arabic script in the header"),
        pytest.param("номер;место\n1;Хорог\n2;Куляб\n", id="Cyrillic in the header"),
    ],
)
def test_unicode_needs_no_mark(tmp_path, encoding, text):
    path = file_of(tmp_path, text.encode(encoding))
    header, first, *_ = text.replace(";", ",").splitlines()
    assert open_rows(path).header == tuple(header.split(","))
    assert by_blocks(path)[1] == tuple(first.split(","))


def test_an_encoding_that_is_named_is_taken(tmp_path):
    path = file_of(tmp_path, "id,place\n1,Куляб\n".encode("cp1251"))
    assert by_blocks(path, encoding="cp1252") == {1: ("1", "Êóëÿá")}
    assert open_rows(path, Asked(encoding="windows-1251")).encoding == "cp1251"


@pytest.mark.parametrize("name", ["cp9999", "rot13", "hex", "idna", "../x", "zlib"])
def test_what_is_no_encoding_of_texts_is_refused(tmp_path, name):
    with pytest.raises(UnreadableError, match="is not known; try utf-8, cp1256"):
        open_rows(file_of(tmp_path, b"id\n1\n"), Asked(encoding=name))


def test_nothing_foreign_is_western():
    assert code_page(b"plain") == "cp1252"


TABLE = "id,name\n1,\u0647\u0631\u0627\u062a\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(TABLE.encode(), "utf-16", id="UTF-16"),
        pytest.param(TABLE.encode(), "utf-16-le", id="UTF-16, the low byte first"),
        pytest.param(TABLE.encode(), "utf-16-be", id="UTF-16, the high byte first"),
        pytest.param(TABLE.encode(), "utf-32", id="UTF-32"),
        pytest.param(TABLE.encode("utf-16-le"), "utf-16-be", id="the other order"),
        pytest.param(TABLE.encode("utf-16-le"), "utf-32", id="two bytes for four"),
        pytest.param(b"id", "utf-32", id="less than a character"),
    ],
)
def test_an_encoding_in_which_the_text_is_not_is_refused(tmp_path, content, encoding):
    with pytest.raises(UnreadableError, match=f"it is not in the encoding '{encoding}'"):
        open_rows(file_of(tmp_path, content), Asked(encoding=encoding))


@pytest.mark.parametrize("written", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_an_encoding_of_two_or_four_bytes_may_be_named(tmp_path, written):
    path = file_of(tmp_path, TABLE.encode(written))
    assert (
        by_blocks(path, encoding=written[:6])
        == by_blocks(path, encoding=written)
        == {1: ("1", "\u0647\u0631\u0627\u062a")}
    )
