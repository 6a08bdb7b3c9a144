"""Who is an editor, and that every callback which changes something asks."""

import ast
import re
from pathlib import Path
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit import config

import ui.datasets.dataset_list
import ui.datasets.duplicate_pairs
import ui.datasets.import_session
import ui.datasets.import_view
import ui.roles
from geo.language.messages import say
from ui.datasets.import_session import ImportSession
from ui.roles import Role, Settings, Visitor, role_of, settings_fault, without_places

ROOT = Path(__file__).resolve().parents[2]
HERE = {"Host": "localhost:8501"}
EDITOR, VIEWER = Role.EDITOR, Role.VIEWER
EDITORS = frozenset({"amina@example.org"})


def logged_in(mail, **more):
    return {"is_logged_in": True, "email": mail, **more}


@pytest.mark.parametrize(
    ("address", "headers", "given", "role"),
    [
        pytest.param("localhost", HERE, None, EDITOR, id="this-machine"),
        pytest.param("127.0.0.1", {"host": "127.0.0.1:8501"}, None, EDITOR, id="by-number"),
        pytest.param("::1", {"Host": "[::1]:8501"}, None, EDITOR, id="ipv6"),
        pytest.param("0.0.0.0", HERE, None, VIEWER, id="all-interfaces"),
        pytest.param("::", HERE, None, VIEWER, id="all-interfaces-ipv6"),
        pytest.param(None, HERE, None, VIEWER, id="unset"),
        pytest.param("192.168.1.5", HERE, None, VIEWER, id="network"),
        pytest.param("map.example.org", HERE, None, VIEWER, id="name"),
        pytest.param("0.0.0.0", HERE, EDITOR, EDITOR, id="told-otherwise"),
        pytest.param("localhost", HERE, VIEWER, VIEWER, id="told-to-read"),
        pytest.param("localhost", {"Host": "map.example.org"}, None, VIEWER, id="web-server-before-it-passes-the-host"),
        pytest.param("localhost", HERE | {"X-Forwarded-For": "10.0.0.9"}, None, VIEWER, id="web-server-before-it"),
        pytest.param("localhost", HERE | {"Via": "1.1 Caddy"}, None, VIEWER, id="web-server-says-via"),
    ],
)
def test_the_role_without_logging_in(address, headers, given, role) -> None:
    visitor = Visitor(headers=headers, user={"email": "amina@example.org"})
    assert role_of(visitor, Settings(address=address, given=given)) is role


@pytest.mark.parametrize(
    ("user", "given", "role"),
    [
        pytest.param(logged_in("amina@example.org"), None, EDITOR, id="named"),
        pytest.param(logged_in("Amina@Example.org", email_verified=True), None, EDITOR, id="case"),
        pytest.param(logged_in("amina@example.org", email_verified=False), None, VIEWER, id="not-verified"),
        pytest.param(logged_in("amina@example.org.evil.example"), None, VIEWER, id="longer"),
        pytest.param(logged_in("karim@example.org"), None, VIEWER, id="another"),
        pytest.param(logged_in(""), None, VIEWER, id="no-address"),
        pytest.param({"is_logged_in": False, "email": "amina@example.org"}, None, VIEWER, id="logged-out"),
        pytest.param({"email": "amina@example.org"}, None, VIEWER, id="only-claimed"),
        pytest.param(logged_in("amina@example.org"), VIEWER, VIEWER, id="all-read"),
        pytest.param({}, EDITOR, EDITOR, id="all-edit"),
    ],
)
def test_the_role_where_editors_log_in(user, given, role) -> None:
    visitor = Visitor(headers=HERE, user=user)
    assert role_of(visitor, Settings(address="localhost", given=given, editors=EDITORS)) is role


SECRETS = '[auth]\nredirect_uri = "http://localhost/oauth2callback"\n'


@pytest.fixture
def secrets(monkeypatch, tmp_path):
    """Put a file of secrets in the place of the server's."""
    before = config.get_option("secrets.files")

    def put(text):
        file = tmp_path / "secrets.toml"
        file.write_text(text, "utf-8")
        config.set_option("secrets.files", [str(file)])
        monkeypatch.setattr(st, "secrets", type(st.secrets)())

    yield put
    config.set_option("secrets.files", before)


@pytest.mark.parametrize(
    ("text", "editors"),
    [
        pytest.param("", None, id="empty"),
        pytest.param('[roles]\neditors = ["amina@example.org"]\n', None, id="nobody-can-log-in"),
        pytest.param(SECRETS, frozenset(), id="no-editors"),
        pytest.param(f'{SECRETS}[roles]\neditors = [" Amina@example.org"]\n', EDITORS, id="list"),
        pytest.param(f'{SECRETS}[roles]\neditors = "amina@example.org"\n', EDITORS, id="one"),
    ],
)
def test_editors_are_read_from_the_secrets(secrets, text, editors) -> None:
    secrets(text)
    assert Settings.read().editors == editors


def test_starts_with_what_makes_sense() -> None:
    assert settings_fault() == ""


@pytest.mark.parametrize("value", ["boss", "Editor", "viewer,editor"])
def test_an_unknown_role_is_told_before_the_server_starts(monkeypatch, value) -> None:
    monkeypatch.setenv(ui.roles.VARIABLE, value)
    assert settings_fault() == f"INCIDENT_MAP_ROLE is '{value}'; set it to viewer or editor, or leave it unset."


def test_secrets_that_make_no_sense_are_told_before_the_server_starts(secrets) -> None:
    secrets("[auth\n")
    assert re.fullmatch(r".+/secrets\.toml is not valid TOML, .+", settings_fault())


def test_a_lack_of_what_logging_in_needs_is_told_before_the_server_starts(secrets, monkeypatch) -> None:
    secrets(SECRETS)
    monkeypatch.setattr(ui.roles, "find_spec", lambda _: None)
    assert "requirements-login.txt" in settings_fault()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("C:\\maps\\my.csv is gone", "my.csv is gone", id="windows"),
        pytest.param("on 12/10/2025 and/or later", "on 12/10/2025 and/or later", id="no-path"),
        pytest.param(f"{ROOT}/data/incidents.geojson: it", "incidents.geojson: it", id="project"),
        pytest.param("/srv/my maps/acled/dataset.json is", "dataset.json is", id="spaces"),
        pytest.param("s3://bucket/incidents: denied", "incidents: denied", id="address"),
    ],
)
def test_viewers_are_told_names_of_files_and_not_where_they_lie(monkeypatch, text, left) -> None:
    monkeypatch.setenv("INCIDENT_MAP_DATA", "/srv/my maps")
    assert without_places(text) == left


# Every callback of the page.

HARMLESS = {
    "session.clear",
    "session.leave_job",
    "job.leave",
    "current_import().clear",
    "_look",
    "_skip",
    "ask_for",
}
"""What they put away or look at is the session's own."""
SIGNING = {"st.login", "st.logout"}
MODULES = (ui.datasets.dataset_list, ui.datasets.duplicate_pairs, ui.datasets.import_session, ui.datasets.import_view)
CHANGES = [
    pytest.param(module, node.name, id=node.name)
    for module in MODULES
    for node in ast.parse(Path(module.__file__).read_text("utf-8")).body
    if isinstance(node, ast.FunctionDef) and [ast.unparse(each) for each in node.decorator_list] == ["editors_only"]
]


def test_every_callback_changes_nothing_or_is_for_editors_only() -> None:
    called = {
        ast.unparse(word.value)
        for path in (ROOT / "ui" / "datasets").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in ("on_click", "on_change")
    }
    assert called - HARMLESS - SIGNING == {param.values[1] for param in CHANGES}


@pytest.fixture
def own_session(monkeypatch):
    own = ImportSession()
    monkeypatch.setattr(ui.datasets.import_session, "_of_session", lambda: own)
    return own


def given_to(name):
    """What a callback is called with, which notes whatever is done with it."""
    change, on, folder, link = (MagicMock(name=each) for each in ("change", "on", "folder", "link"))
    given = {
        "_change": (change,),
        "_undo_decision": (link, folder, on),
        "_decide": (on, folder, (link, link), MagicMock()),
        "_undo": (on, folder),
        "_check": (on, folder, {}),
        "_accept": (on,),
        "_place_by_name": (on, True),
        "_take_places": (on, "data-places-1"),
        "take_upload": ("data-upload-0",),
    }[name]
    return given, (change, on, folder, link)


@pytest.mark.parametrize(("module", "name"), CHANGES)
def test_a_viewer_changes_nothing_even_where_the_callback_is_reached(monkeypatch, own_session, module, name) -> None:
    monkeypatch.setenv(ui.roles.VARIABLE, "viewer")
    monkeypatch.setattr(st, "session_state", {})  # in which nothing is found
    given, noted = given_to(name)
    getattr(module, name)(*given)
    assert [each.mock_calls for each in noted] == [[]] * len(noted)
    assert own_session.trouble == say("role-refused")


def test_an_editor_is_let_through(monkeypatch, own_session) -> None:
    monkeypatch.setenv(ui.roles.VARIABLE, "editor")
    given, (change, *_) = given_to("_change")
    ui.datasets.dataset_list._change(*given, "data-restore-acled")
    change.assert_called_once_with()
    assert (own_session.trouble, own_session.focus) == (None, "data-restore-acled")
