"""Which of the sources are shown: by kind and by publisher, both in the link."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from geo.sources import KIND_WORDS, CitedSource
from ui.one_of import ANY, one_of
from ui.state import PUBLISHER_KEY, SOURCE_KIND_KEY


def source_choice(sources: Sequence[CitedSource]) -> tuple[CitedSource, ...]:
    """Draw the choices and return the sources that they leave."""
    kinds = {kind.value: words for kind, words in KIND_WORDS.items() if any(s.kind is kind for s in sources)}
    publishers = Counter(source.publisher for source in sources)
    beside_kind, beside_publisher, _ = st.columns([1, 1, 2])
    with beside_kind:
        kind = one_of("Kind of source", SOURCE_KIND_KEY, kinds)
    with beside_publisher:
        names = {name: f"{name} ({count:,})" for name, count in sorted(publishers.items(), key=_by_name)}
        publisher = one_of("Publisher", PUBLISHER_KEY, names)
    return tuple(s for s in sources if kind in (ANY, s.kind) and publisher in (ANY, s.publisher))


def _by_name(publisher: tuple[str, int]) -> str:
    return publisher[0].casefold()
