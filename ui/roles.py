"""Roles: an editor may change what the server stores, a viewer may only read.

`INCIDENT_MAP_ROLE` gives everybody a role. Without it, users who log in as one of the editors in
`.streamlit/secrets.toml` are editors; if there is no login, those who open the server on its own machine are.
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
    """What a visitor may do."""

    VIEWER = "viewer"
    EDITOR = "editor"


# Deciding the role: how the server was started, and the visitor's origin and login.

_FORWARDED: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers added by a reverse proxy."""


def is_this_machine(name: str | None) -> bool:
    """Tell whether a host name or address refers to this machine.

    >>> [is_this_machine(name) for name in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "map.example.org", None)]
    [True, True, True, False, False, False]
    """
    try:
        return name == "localhost" or ip_address(name or "").is_loopback
    except ValueError:
        return False


def is_forwarded(headers: Iterable[str]) -> bool:
    """Tell from the names of its headers whether a request was forwarded by a reverse proxy."""
    return any(name.lower() in _FORWARDED for name in headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings with which the server was started."""

    address: str | None = None
    """Listening address; None for all."""
    given: Role | None = None
    """Value of INCIDENT_MAP_ROLE."""
    editors: frozenset[str] | None = None
    """E-mail addresses of editors, in lower case; None if there is no login."""

    @classmethod
    def read(cls) -> Self:
        """Read the settings; raises ValueError for an unknown role."""
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
    """Origin and login of a visitor."""

    headers: Mapping[str, str]
    """Headers of the request that opened the session."""
    user: Mapping[str, Any]
    """User information from the login provider."""

    @property
    def at_the_machine(self) -> bool:
        """Whether the host is the server's own machine, without a reverse proxy."""
        host = next((value for name, value in self.headers.items() if name.lower() == "host"), None)
        return not is_forwarded(self.headers) and (host is None or is_this_machine(urlsplit(f"//{host}").hostname))

    @property
    def mail(self) -> str | None:
        """The e-mail address of the login; None without one, or if the provider marks it as unverified."""
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
    """Return the visitor of the current session."""
    return Visitor(headers=dict(st.context.headers), user=st.user.to_dict())


def role() -> Role:
    """Return the role of the current visitor; callbacks check it before they change anything."""
    return role_of(visitor(), Settings.read())


def may_edit() -> bool:
    """Tell whether the current visitor may change what the server stores."""
    return role() is Role.EDITOR


def why_viewer() -> str:
    """Tell a viewer why nothing can be changed, and who can."""
    settings, mail = Settings.read(), visitor().mail
    if settings.given is not None:
        why = say("role-given")
    elif settings.editors is None:
        why = say("role-elsewhere")
    else:
        why = say("role-not-listed", mail=mail) if mail else say("role-log-in")
    return say("role-viewer", why=why)


def login_is_useful() -> bool:
    """Tell whether logging in, or logging in as somebody else, would make a difference."""
    settings = Settings.read()
    return settings.given is None and settings.editors is not None


def settings_fault() -> str:
    """Return what prevents roles from being determined, before the server starts; empty if nothing does."""
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


# Upload permission: an upload request names its session, but says nothing else about its sender.

_PASSES: Final[set[str]] = set()


@st.cache_resource(scope="session", show_spinner=False, on_release=_PASSES.discard)
def _upload_pass() -> str:
    context = get_script_run_ctx()
    session = context.session_id if context else ""
    _PASSES.add(session)
    return session


def let_upload() -> None:
    """Accept uploads from this session from now on; call where an editor is offered an upload."""
    if may_edit():
        _upload_pass()


def takes_uploads(session: str) -> bool:
    """Tell whether uploads from a session are accepted."""
    return session in _PASSES


# Viewers see the names of files on the server, but not their location.

_PLACE: Final = re.compile(r"(?:[A-Za-z][\w+.-]*://|(?<![\w.<])/|\b[A-Za-z]:[\\/])[^\s:;,'\"”’)]+")


def readable(text: str) -> str:
    """Adapt a text to the current visitor: viewers see only the last part of paths and URLs."""
    return text if may_edit() else without_places(text)


def without_places(text: str) -> str:
    """Reduce each path and URL in a text to its last part.

    >>> without_places("/srv/map/data/acled/dataset.json cannot be read; s3://bucket/incidents: denied and/or gone")
    'dataset.json cannot be read; incidents: denied and/or gone'
    """
    for known in (os.environ.get(FOLDER_VARIABLE, ""), str(PROGRAM_FOLDER), str(Path.home())):
        if "://" in known or len(Path(known).parts) > 1:
            text = text.replace(known, "/…")  # may contain spaces, which end a path below
    return _PLACE.sub(lambda found: re.split(r"[\\/]", found[0].rstrip("\\/"))[-1], text)
