"""What the publisher of a copy sets."""

import pytest

from geo.citation import Settings
from geo.incident.errors import DataError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        pytest.param("", None, id="nothing-set"),
        pytest.param('address = ""', None, id="empty"),
        pytest.param('address = "https://map.example.org/"', "https://map.example.org", id="slash-at-the-end"),
        pytest.param('address = "http://localhost:8501"', "http://localhost:8501", id="port"),
        pytest.param('address = "https://[2001:db8::1]:8080"', "https://[2001:db8::1]:8080", id="number"),
        pytest.param('address = "https://карта.example.org"', "https://карта.example.org", id="other-letters"),
    ],
)
def test_an_address_is_read(tmp_path, text, address):
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")
    assert Settings.read(file).address == address


def test_a_copy_without_the_file_has_nothing_set(tmp_path):
    assert Settings.read(tmp_path / "settings.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('address = "map.example.org"', "address: 'map.example.org' is not an address", id="no-scheme"),
        pytest.param(
            'address = "ftp://map.example.org"', "is not an address beginning with https://", id="other-scheme"
        ),
        pytest.param('address = "https://"', "is not an address beginning with https://", id="no-host"),
        pytest.param('address = "https://a b.org"', "address: it contains a blank", id="blank"),
        pytest.param(r'address = "https://a.org\u0000"', "control character", id="nul"),
        pytest.param(r'address = "https://a\u202E.org"', "control character", id="direction"),
        pytest.param('address = "https://a@b.org"', "a user name", id="user"),
        pytest.param('address = "https://a:b@c.org"', "a user name", id="password"),
        pytest.param('address = "https://a.org:65536"', "[Pp]ort", id="port-out-of-range"),
        pytest.param('address = "https://a.org:0"', "port", id="port-0"),
        pytest.param('address = "https://a.org:"', "port", id="no-port"),
        pytest.param('address = "https://a.org:x"', "[Pp]ort", id="port-of-letters"),
        pytest.param('address = "https://a.org/map"', "has more after the host", id="path"),
        pytest.param('address = "https://a.org?"', "has more after the host", id="query"),
        pytest.param('address = "https://a.org/#top"', "has more after the host", id="fragment"),
        pytest.param(f'address = "https://{"a." * 127}org"', "more than 253 characters", id="long-host"),
        pytest.param(f'address = "https://{"a" * 64}.org"', "is not a host name", id="long-label"),
        pytest.param('address = "https://a..org"', "is not a host name", id="empty-label"),
        pytest.param('address = "https://a<b.org"', "is not a host name", id="markup"),
        pytest.param('address = "https://[::1"', "address: ", id="half-a-bracket"),
        pytest.param("address = 5", "address: it is not text in quotes", id="number"),
        pytest.param("address = 0", "address: it is not text in quotes", id="nought"),
        pytest.param("address = false", "address: it is not text in quotes", id="false"),
        pytest.param("address = []", "address: it is not text in quotes", id="list"),
        pytest.param("[address]", "address: it is not text in quotes", id="table"),
        pytest.param('adress = ""', "adress: there is no such setting", id="misspelt"),
        pytest.param("address =", "it is not TOML", id="no-toml"),
        pytest.param(f"address = {'9' * 5_000}", "it is not TOML", id="long-number"),
        pytest.param(f"address = {'[' * 20_000}", "it is nested too deep", id="deep"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, text, message):
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError, match=message) as raised:
        Settings.read(file)
    assert [fault.where for fault in raised.value.faults] == [f"{tmp_path.name}/settings.toml"]


def test_what_is_no_file_is_told(tmp_path):
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(DataError, match=r"it cannot be read: .*; make it readable to the program, or remove it"):
        Settings.read(tmp_path / "settings.toml")


def test_what_is_no_text_is_told(tmp_path):
    (tmp_path / "settings.toml").write_bytes(b'address = "\xff"')
    with pytest.raises(DataError, match="it is not UTF-8"):
        Settings.read(tmp_path / "settings.toml")


def test_the_shipped_file_is_sound():
    assert Settings.read() == Settings()
