"""What changed between two versions: the effect on the totals, then incident by incident."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.difference import Difference
from geo.difference.document import to_json, to_markdown
from geo.difference.marking import marked_words
from geo.difference.model import IncidentChange
from geo.difference.values import name_words
from geo.difference.words import caveats, change_lines, figures_words, register_lines, summary_words
from geo.incident import Incident
from geo.wording import count_words, day_words
from ui.panel import panel
from ui.plain_text import plain
from ui.state import ask_for_map

_ALL: Final = "everything"
_TEXTS: Final = ("title", "summary", "location_note")
_KINDS: Final = ("everything", "tolls", "status", "place and day", "claims and sources", "words")
_PLACE_AND_DAY: Final = frozenset(
    (
        *("date_start", "date_end", "date_precision", "place", "aliases", "district", "province", "country", "lon"),
        *("lat", "location_precision", "uncertainty_km", "location_basis", "location_confidence", "location_note"),
    )
)


def difference_view(difference: Difference, chosen: Sequence[Incident], *, key: str, names: tuple[str, str]) -> None:
    """Draw a difference; incidents beside `chosen` are counted, not listed. `names` are of the old and new version."""
    st.markdown(f"**{plain(summary_words(difference))}**")
    st.caption(
        f"From {plain(names[0])}, data version {difference.old_version[:8]}, to {plain(names[1])}, data version "
        f"{difference.new_version[:8]}. Tolls: {difference.rule}. {difference.rule_sentence}"
    )
    for line in caveats(difference):
        with st.expander(plain(line.split(":", 1)[0])):
            st.caption(plain(line))
    if difference.empty:
        return
    beside_totals, beside_list = st.columns([5, 8], gap="small")
    with beside_totals:
        panel("changes_totals.html", key=f"{key}-totals", on_choose=ask_for_map, **_totals(difference))
        _files(difference, key)
    with beside_list:
        _incidents(difference, {incident.id for incident in chosen}, key)


def _incidents(difference: Difference, chosen: set[str], key: str) -> None:
    kind = st.segmented_control(
        "Show changes of", _KINDS, default=_ALL, required=True, key=f"{key}-kind", persist_state="session"
    )
    within = [change for change in difference.changed if change.id in chosen]
    shown = [change for change in within if kind in (_ALL, *touched(change))]
    rows = [] if kind != _ALL else [(row, "added") for row in difference.added if row.id in chosen]
    rows += [] if kind != _ALL else [(row, "removed") for row in difference.removed]
    outside = len(difference.changed) - len(within) + sum(row.id not in chosen for row in difference.added)
    panel(
        "changes.html",
        key=f"{key}-list",
        on_choose=ask_for_map,
        rows=[(row, what, day_words(row.date_start)) for row, what in rows],
        changes=[_values(change) for change in shown],
        kind=None if kind == _ALL else kind,
        outside=count_words(outside, "incident") if outside else None,
    )


def _values(change: IncidentChange) -> dict[str, Any]:
    """Return what the template shows of a change: own texts with what went and came marked, the rest in words."""
    texts = [field for field in change.fields if field.field in _TEXTS and field.old and field.new]
    return {
        "id": change.id,
        "title": change.title,
        "day": day_words(change.date_start),
        "lines": change_lines(change, without={field.field for field in texts}),
        "tolls": len(change.tolls),
        "texts": [(name_words(field), marked_words(field.old, field.new)) for field in texts],
    }


def touched(change: IncidentChange) -> set[str]:
    """Return which of the kinds of change an incident's change holds."""
    fields = {field.field for field in change.fields}
    held = {
        "tolls": bool(change.tolls),
        "status": "status" in fields,
        "place and day": bool(fields & _PLACE_AND_DAY),
        "claims and sources": bool(change.claims or change.sources),
        "words": bool(fields & {"title", "summary"}),
    }
    return {kind for kind, holds in held.items() if holds}


def _totals(difference: Difference) -> dict[str, Any]:
    return {
        "counts": [(c.name, f"{c.old:,}", f"{c.new:,}", c.old != c.new) for c in difference.counts],
        "tolls": [
            (t.about.value, figures_words(t.old), figures_words(t.new), t.old != t.new) for t in difference.totals
        ],
        "rule": difference.rule,
        "rule_sentence": difference.rule_sentence,
        "registers": [
            (name, lines)
            for name, lines in (
                ("Claimants", register_lines(difference.claimants)),
                ("Wider events", register_lines(difference.event_groups)),
            )
            if lines
        ],
    }


def _files(difference: Difference, key: str) -> None:
    for beside, (name, ending, write, media) in zip(
        st.columns(2),
        (("Markdown", "md", to_markdown, "text/markdown"), ("JSON", "json", to_json, "application/json")),
        strict=True,
    ):
        beside.download_button(
            name,
            partial(_file, write, difference),
            file_name=f"changes-{difference.old_version[:8]}-{difference.new_version[:8]}.{ending}",
            mime=media,
            key=f"{key}-{ending}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )


def _file(write: Callable[[Difference], str], difference: Difference) -> bytes:
    return write(difference).encode()
