"""The closed vocabularies: values are the codes that are stored, linked to and typed at the command line."""

from geo.vocabulary.claim import About, ClaimantKind, Scope, SourceKind, Stance
from geo.vocabulary.imported import IMPORTED_ONLY, to_show
from geo.vocabulary.kind import CATEGORY_OF, Category, Subtype
from geo.vocabulary.place_and_time import Confidence, Country, DatePrecision, LocationPrecision
from geo.vocabulary.standing import Linked, Status

__all__ = [
    "CATEGORY_OF",
    "IMPORTED_ONLY",
    "About",
    "Category",
    "ClaimantKind",
    "Confidence",
    "Country",
    "DatePrecision",
    "Linked",
    "LocationPrecision",
    "Scope",
    "SourceKind",
    "Stance",
    "Status",
    "Subtype",
    "to_show",
]
