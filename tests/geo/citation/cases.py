"""References of every shape, with text that each format has its own reasons to fear."""

from hypothesis import strategies as st

from geo.citation import Reference, ReferenceKind
from tests.geo.strategies import DAYS, SLUG

HOSTILE = (
    '50% of {Khost & \\textbf{x}} #1 $5 a_b ~^ "quoted"',
    "}",
    "{",
    "\\",
    "line\r\nER  - \r\nTY  - NEWS",
    "@misc{evil, title = {x}}",
    "سپین بولدک بسته شد",
    "Афганско-таджикская граница",
    "<img src=x onerror=alert(1)>",
    "=1+1",
)
ADDRESSES = (
    "https://example.org/a?b={ü}&c=1%20",
    "https://example.org/%",
    "https://example.org/\\}",
    "https://пример.org/а#б",
    'https://example.org/"<>^`|',
)
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
WORDS = TEXTS.filter(lambda text: any(character.isprintable() and not character.isspace() for character in text))
REFERENCES = st.builds(
    Reference,
    key=SLUG,
    kind=st.sampled_from(ReferenceKind),
    author=WORDS,
    title=st.none() | TEXTS,
    issued=st.none() | DAYS,
    version=st.none() | TEXTS,
    url=st.none() | st.sampled_from(ADDRESSES),
    accessed=st.none() | DAYS,
    note=st.none() | TEXTS,
)
LISTS = st.lists(REFERENCES, max_size=4, unique_by=lambda reference: reference.key)
