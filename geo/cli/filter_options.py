"""The filters as options: names are the fields of `Filters`, so they are those of links and manifests too."""

import argparse
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final

from geo.boundaries import boundaries
from geo.cli.fault import CommandError
from geo.filters import Filters
from geo.folding import fold
from geo.table import IncidentTable
from geo.table_rows import CURATED
from geo.vocabulary import Category, Country, DatePrecision, Linked, LocationPrecision, Status, Subtype
from geo.wording import list_words


def _whole_year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == len("2025")):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write it as in 2025")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as in 2025-10-11") from None


def _one_of(vocabulary: type[StrEnum]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in list(vocabulary):
            raise argparse.ArgumentTypeError(f"{text!r} is none of: {', '.join(vocabulary)}")
        return text

    return read


def _province(text: str) -> str:
    names = boundaries().provinces["province"].to_dict()
    if text not in names:
        known = ", ".join(f"{code} ({name})" for code, name in names.items())
        raise argparse.ArgumentTypeError(f"{text!r} is none of: {known}")
    return text


_MANY: Final[dict[str, tuple[Callable[[str], object], str, str]]] = {
    "year": (_whole_year, "YEAR", "in which an incident began, as in 2025"),
    "category": (_one_of(Category), "KIND", f"{list_words(list(Category), 'or')}"),
    "subtype": (_one_of(Subtype), "KIND", f"what exactly: {list_words(list(Subtype), 'or')}"),
    "province": (_province, "CODE", "reported province, ISO 3166-2, as in AF-KHO"),
    "country": (_one_of(Country), "CODE", f"{list_words(list(Country), 'or')}"),
    "status": (_one_of(Status), "STATUS", f"{list_words(list(Status), 'or')}"),
    "precision": (
        _one_of(LocationPrecision),
        "PRECISION",
        f"how well the place is known: {list_words(list(LocationPrecision), 'or')}",
    ),
    "date_precision": (
        _one_of(DatePrecision),
        "PRECISION",
        f"how well the day is known: {list_words(list(DatePrecision), 'or')}",
    ),
    "actor": (str, "NAME", "who took part"),
    "group": (str, "EVENT", "the wider event it belongs to, an id of data/event_groups.json"),
    "dataset": (str, "NAME", "where an incident is from; curated is the store itself"),
}
_ONE: Final[dict[str, tuple[Callable[[str], object], str, str]]] = {
    "since": (_day, "DAY", "first day an incident may begin, inclusive, as in 2025-10-11"),
    "until": (_day, "DAY", "last day an incident may begin, inclusive"),
    "linked": (_one_of(Linked), "HOW", "whether reports linked as being of one incident count each (default) or once"),
    "q": (
        str,
        "WORDS",
        "words that must all occur in title, summary, place, actors, claims or sources; names in any spelling",
    ),
}


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for each field of Filters; those that take several values can also be given several times."""
    group = parser.add_argument_group("filters", "all must hold; several values of one are alternatives")
    for name, (read, shown, help_text) in _MANY.items():
        group.add_argument(
            f"--{name}", type=read, nargs="+", action="extend", default=[], metavar=shown, help=help_text
        )
    for name, (read, shown, help_text) in _ONE.items():
        group.add_argument(f"--{name}", type=read, metavar=shown, help=help_text)


def chosen_filters(arguments: argparse.Namespace, table: IncidentTable) -> Filters:
    """Return the choice; raises CommandError for one that no incident could ever match."""
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise CommandError(f"argument --until: {arguments.until} is before --since {arguments.since}")
    _check_known("actor", arguments.actor, table.actors())
    _check_known("group", arguments.group, sorted(table.event_groups))
    _check_known("dataset", arguments.dataset, [CURATED, *(source.id for source in table.datasets)])
    many: dict[str, Any] = {name: tuple(getattr(arguments, name)) for name in _MANY}
    one: dict[str, Any] = {name: value for name in _ONE if (value := getattr(arguments, name)) is not None}
    return Filters(**many, **one)


def _check_known(option: str, given: list[str], known: list[str]) -> None:
    folded = {fold(name): name for name in known}
    for name in given:
        if fold(name) not in folded:
            close = get_close_matches(fold(name), folded, n=3, cutoff=0.5)
            close += [other for other in folded if fold(name) in other and other not in close][:3]
            accepted = [folded[other] for other in close] or known
            raise CommandError(f"argument --{option}: no incident has {name!r}; accepted: {', '.join(accepted)}")
