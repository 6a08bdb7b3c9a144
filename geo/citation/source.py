"""What is cited of a source."""

from typing import Final

from geo.citation.reference import Reference, ReferenceKind, safe_address
from geo.sources import KIND_WORDS, CitedSource
from geo.vocabulary import SourceKind
from geo.wording import count_words

_KINDS: Final = {
    SourceKind.OUTLET: ReferenceKind.NEWS,
    SourceKind.AGENCY: ReferenceKind.NEWS,
    SourceKind.OFFICIAL: ReferenceKind.OFFICIAL,
    SourceKind.AGGREGATOR_OR_MIRROR: ReferenceKind.WEB,
    SourceKind.SEED: ReferenceKind.NEWS,
}


def source_reference(source: CitedSource) -> Reference:
    """Describe a source; no day of access, since when its address was last opened is not on record."""
    kind = KIND_WORDS[source.kind]
    note = f"{kind[:1].upper()}{kind[1:]}; source of {count_words(len(source.incidents), 'incident')}"
    note += f": {', '.join(source.incidents)}"
    if source.archived_url:
        note += f"; archived at {safe_address(source.archived_url)}"
    return Reference(
        key=source.key,
        kind=_KINDS[source.kind],
        author=source.publisher,
        title=source.title,
        issued=source.published,
        url=source.url,
        note=note,
    )
