"""The log of versions, `data/CHANGELOG.json`: what each changed, kept where it can be read without a repository."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, TypeAdapter, ValidationError

from geo.difference.model import Difference
from geo.errors import invalid
from geo.incident import Day, Record, Text

LOG_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "CHANGELOG.json"


class Version(Record):
    """A version of the record, and what it changed from the one before."""

    version: Annotated[Text, Field(max_length=40)]
    date: Day
    """When it was entered into the log."""
    before: Annotated[Text, Field(max_length=40)]
    """What the version that it is compared with is called."""
    difference: Difference


_LOG: Final = TypeAdapter(tuple[Version, ...])


def read_log(path: Path = LOG_FILE) -> tuple[Version, ...]:
    """Return the versions, newest first; none where there is no log. Raises DataError for one that is not valid."""
    try:
        return _LOG.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except ValidationError as error:
        raise invalid(path.name, error) from error


def entered(log: Sequence[Version], entry: Version) -> tuple[Version, ...]:
    """Return the log with an entry at its head, or in the place of the one that has its name."""
    if all(version.version != entry.version for version in log):
        return (entry, *log)
    return tuple(entry if version.version == entry.version else version for version in log)


def dump_log(log: Sequence[Version]) -> str:
    """Write the log as JSON, one value to a line."""
    document = [version.model_dump(mode="json", exclude_defaults=True) for version in log]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
