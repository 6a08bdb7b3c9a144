"""Who may change what the server keeps: an editor may, a viewer reads.

`INCIDENT_MAP_ROLE` gives everybody a role. Without it those who log in as one of the editors in
`.streamlit/secrets.toml` are editors; where nobody can log in, those who open the server on its own machine are.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo import PROGRAM_FOLDER
from geo.datasets.folder import FOLDER_VARIABLE
from geo.language.messages import say

VARIABLE: Final = "INCIDENT_MAP_ROLE"


class Role(StrEnum):
    """What somebody may do."""

    VIEWER = "viewer"
    EDITOR = "editor"


# What decides it: how the server was started, and from where and as whom somebody comes.

_FORWARDED: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers that a web server in front of this one adds."""


def is_this_machine(name: str | None) -> bool:
    """Tell whether a host name or address means the machine itself.

    >>> [is_this_machine(name) for name in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "map.example.org", None)]
    [True, True, True, False, False, False]
    """
    try:
        return name == "localhost" or ip_address(name or "").is_loopback
    except ValueError:
        return False


def is_forwarded(headers: Iterable[str]) -> bool:
    """Tell by the names of a request's headers whether a web server in front of this one has handed it on."""
    return any(name.lower() in _FORWARDED for name in headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the server was started with."""

    address: str | None = None
    """On which it listens; None for all of the machine's."""
    given: Role | None = None
    """What INCIDENT_MAP_ROLE says."""
    editors: frozenset[str] | None = None
    """Their e-mail addresses in lower case; None where nobody can log in."""

    @classmethod
    def read(cls) -> Self:
        """Read them; raises ValueError for a role that there is not."""
        found = os.environ.get(VARIABLE, "").strip()
        if found and found not in list(Role):
            raise ValueError(
                say("role-unknown", variable=VARIABLE, value=repr(found), viewer=Role.VIEWER, editor=Role.EDITOR)
            )
        return cls(address=st.get_option("server.address"), given=Role(found) if found else None, editors=_editors())


def _editors() -> frozenset[str] | None:
    if not st.secrets.load_if_toml_exists() or "auth" not in st.secrets:
        return None
    named = st.secrets.get("roles", {}).get("editors", [])
    return frozenset(str(each).strip().casefold() for each in ([named] if isinstance(named, str) else named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """From where somebody comes, and as whom."""

    headers: Mapping[str, str]
    """Of the request that opened the session."""
    user: Mapping[str, Any]
    """What the provider says of somebody who has logged in."""

    @property
    def at_the_machine(self) -> bool:
        """Whether the address bar names the server's own machine, and no web server stands between."""
        host = next((value for name, value in self.headers.items() if name.lower() == "host"), None)
        return not is_forwarded(self.headers) and (host is None or is_this_machine(urlsplit(f"//{host}").hostname))

    @property
    def mail(self) -> str | None:
        """The e-mail address, where somebody has logged in with one that the provider does not doubt."""
        known = self.user.get("is_logged_in") is True and self.user.get("email_verified") is not False
        return str(self.user["email"]) if known and self.user.get("email") else None


def role_of(visitor: Visitor, settings: Settings) -> Role:
    """Return the role of a visitor."""
    if settings.given is not None:
        return settings.given
    if settings.editors is not None:
        named = visitor.mail is not None and visitor.mail.strip().casefold() in settings.editors
        return Role.EDITOR if named else Role.VIEWER
    return Role.EDITOR if is_this_machine(settings.address) and visitor.at_the_machine else Role.VIEWER


def visitor() -> Visitor:
    """Return who runs the script."""
    return Visitor(headers=dict(st.context.headers), user=st.user.to_dict())


def role() -> Role:
    """Return the role of whoever runs the script; a callback asks it before it changes anything."""
    return role_of(visitor(), Settings.read())


def may_edit() -> bool:
    """Tell whether whoever runs the script may change what the server keeps."""
    return role() is Role.EDITOR


def why_viewer() -> str:
    """Say to a viewer why nothing can be changed, and who can."""
    settings, mail = Settings.read(), visitor().mail
    if settings.given is not None:
        why = say("role-given")
    elif settings.editors is None:
        why = say("role-elsewhere")
    else:
        why = say("role-not-listed", mail=mail) if mail else say("role-log-in")
    return say("role-viewer", why=why)


def can_log_in() -> bool:
    """Tell whether it would make a difference to log in, or to log in as somebody else."""
    settings = Settings.read()
    return settings.given is None and settings.editors is not None


def settings_fault() -> str:
    """Say what keeps roles from being told apart, before the server starts; empty where nothing does."""
    try:
        settings = Settings.read()
    except ValueError as error:
        return str(error)
    files = [file for file in st.get_option("secrets.files") if Path(file).is_file()]
    if files and not st.secrets.load_if_toml_exists():
        return say("role-secrets-unreadable", file=files[-1])
    if settings.editors is not None and find_spec("authlib") is None:
        return say("role-no-authlib")
    return ""


# Whose files are taken: a request that brings one names its session, and nothing else of who sends it.

_PASSES: Final[set[str]] = set()


@st.cache_resource(scope="session", show_spinner=False, on_release=_PASSES.discard)
def _upload_pass() -> str:
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    _PASSES.add(session)
    return session


def let_upload() -> None:
    """Take files from this session from now on; for use where an editor is offered a place for them."""
    if may_edit():
        _upload_pass()


def takes_uploads(session: str) -> bool:
    """Tell whether files are taken from a session."""
    return session in _PASSES


# What viewers see of the server: names of files, and not where they lie.

_PLACE: Final = re.compile(r"(?:[A-Za-z][\w+.-]*://|(?<![\w.<])/|\b[A-Za-z]:[\\/])[^\s:;,'\"”’)]+")


def readable(text: str) -> str:
    """Return a text as whoever runs the script may read it: of paths and addresses, viewers get the last part."""
    return text if may_edit() else without_places(text)


def without_places(text: str) -> str:
    """Leave of each path and address in a text its last part.

    >>> without_places("/srv/map/data/acled/dataset.json cannot be read; s3://bucket/incidents: denied and/or gone")
    'dataset.json cannot be read; incidents: denied and/or gone'
    """
    for known in (os.environ.get(FOLDER_VARIABLE, ""), str(PROGRAM_FOLDER), str(Path.home())):
        if "://" in known or len(Path(known).parts) > 1:
            text = text.replace(known, "/…")  # it may hold spaces, which end a path below
    return _PLACE.sub(lambda found: re.split(r"[\\/]", found[0].rstrip("\\/"))[-1], text)
