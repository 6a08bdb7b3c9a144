"""Who gives which figure for whose loss: the claims of an incident, or of an event cluster, side by side."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from geo.casualties.tolls import Said, Toll, added, one_account, pool_of, pools_of
from geo.incident.losses import Loss
from geo.incident.record import Claim, Claimant, Incident
from geo.incident.vocabulary import About, Scope, Stance
from geo.language.messages import say

MATRIX_ABOUT: Final = (About.KILLED, About.INJURED, About.CAPTURED, About.CROSSED)
"""What a matrix has columns for, in order."""
NOT_STATED: Final = say("loss-not-stated")
_ORDER: Final = {loss.value: number for number, loss in enumerate(Loss)}


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """What figures are compared: one kind of loss of one pool of people, or of one kind of thing."""

    about: About
    whose: str
    """A pool's words (`geo.incident.losses.Loss`), or for things and people who crossed the claim's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one claimant says of one loss."""

    said: tuple[Said, ...]
    """In the order of the record; never empty."""
    toll: Toll | None
    """Lowest to highest of what it asserts or acknowledges, None where it denies, does not vouch or gives no figure.

    Over the incidents of an event cluster its figures add up, one for the cluster counts once, running totals never.
    """

    @property
    def stances(self) -> tuple[Stance, ...]:
        """Return the stances it takes, in the vocabulary's order."""
        taken = {said.claim.stance for said in self.said}
        return tuple(stance for stance in Stance if stance in taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """All that one claimant says of losses."""

    claimant: Claimant
    cells: Mapping[Column, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Claimants by losses."""

    columns: tuple[Column, ...]
    """By what is claimed, then forces before others; only those that somebody speaks of."""
    rows: tuple[Row, ...]
    """In the order in which the claimants first speak of a loss."""
    elsewhere: tuple[Said, ...]
    """Claims about anything else, which have no cell."""

    @property
    def abouts(self) -> tuple[About, ...]:
        """Return the kinds of loss that somebody speaks of, in order."""
        return tuple(dict.fromkeys(column.about for column in self.columns))

    @property
    def whose(self) -> tuple[str, ...]:
        """Return those whose loss somebody speaks of, in order."""
        return tuple(dict.fromkeys(column.whose for column in sorted(self.columns, key=_of_whom)))

    def cell(self, by: str, about: About, whose: str) -> Cell | None:
        """Return what a claimant, by id, says of a loss; None where it says nothing."""
        column = Column(about, whose)
        return next((row.cells[column] for row in self.rows if row.claimant.id == by and column in row.cells), None)


def matrix(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> Matrix:
    """Lay the claims of an incident, or of those of an event cluster, side by side; KeyError for an unknown claimant.

    >>> matrix([], {}).rows
    ()
    """
    everything = [Said(claim=claim, incident=incident) for incident in incidents for claim in incident.claims]
    inside = [said for said in everything if said.claim.about in MATRIX_ABOUT]
    cells: defaultdict[str, defaultdict[Column, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for said in inside:
        cells[said.claim.by][column_of(said.claim)].append(said)
    columns = sorted({column_of(said.claim) for said in inside}, key=_loss_sort_key)
    return Matrix(
        columns=tuple(columns),
        rows=tuple(
            Row(
                claimant=claimants[by],
                cells={column: _cell(by_column[column]) for column in columns if column in by_column},
            )
            for by, by_column in cells.items()
        ),
        elsewhere=tuple(said for said in everything if said.claim.about not in MATRIX_ABOUT),
    )


def column_of(claim: Claim) -> Column:
    """Return where a claim stands in a matrix; claims with equal columns are about the same people or things."""
    pool = pool_of(claim)
    return Column(claim.about, (pool.value if isinstance(pool, Loss) else pool) or NOT_STATED)


def _loss_sort_key(column: Column) -> tuple[int, int, str]:
    return (MATRIX_ABOUT.index(column.about), *_of_whom(column))


def _of_whom(column: Column) -> tuple[int, str]:
    return _ORDER.get(column.whose, len(_ORDER)), column.whose


def _cell(said: Sequence[Said]) -> Cell:
    about = said[0].claim.about
    by_event = groupby(sorted(said, key=_event), key=_event)
    return Cell(said=tuple(said), toll=added(_toll(list(inside), about) for _, inside in by_event))


def _event(said: Said) -> str:
    return said.incident.event_group or said.incident.id


def _toll(said: Sequence[Said], about: About) -> Toll | None:
    of: defaultdict[Scope, defaultdict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for each in said:
        of[each.claim.scope][each.incident.id].append(each)
    whole = (each for claims in of[Scope.GROUP].values() for each in claims)
    members = [pools_of(claims, about) for claims in of[Scope.INCIDENT].values()]
    return one_account(pools_of(whole, about), members)
