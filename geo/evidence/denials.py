"""Denials and the claims they contradict, disputed points, and their wording."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.casualties import Said
from geo.incident.errors import Fault
from geo.incident.losses import LOSS_OF, VICTIMS_OF, Loss, after_figure, own_side
from geo.incident.record import Claim, Claimant, Incident
from geo.incident.vocabulary import About, ClaimantKind, Scope, Stance, is_of_losses
from geo.language.messages import capitalised, list_words, say
from geo.sentences import figure, speaker

# Claims grouped by matter, so that only claims about the same thing are compared.

SAID_TO_BE_SO: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)

_NAMED_BY_POOL: Final = frozenset(Loss) - {Loss.PART_OF_OTHERS, Loss.EVERYBODY}
"""Pools whose people are the same in any wording; for the other pools, wordings must be identical."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Said):
    """A claim with its incident, to be compared with others."""

    @property
    def by(self) -> str:
        """Id of the claimant."""
        return self.claim.by

    @property
    def says_so(self) -> bool:
        """Whether it asserts or acknowledges."""
        return self.claim.stance in SAID_TO_BE_SO

    @property
    def blames(self) -> bool:
        """Whether it blames somebody else; a claimant's own act is acknowledged instead."""
        return self.claim.about is About.ATTRIBUTION and self.claim.stance is Stance.ASSERTS

    @property
    def gives_a_figure(self) -> bool:
        """Whether it asserts or acknowledges a number."""
        claim = self.claim
        return self.says_so and not (claim.value is claim.low is claim.high is None)

    @property
    def least_named(self) -> int:
        """Smallest number in its wording, not a lower bound: 19 in “up to 19”.

        0 may also mean no number; check `gives_a_figure` first.
        """
        claim = self.claim
        return next((n for n in (claim.value, claim.low, claim.high) if n is not None), 0)

    @property
    def most_named(self) -> int:
        """Largest number in its wording, not an upper bound: 200 in “at least 200”; 0 may also mean no number."""
        claim = self.claim
        return next((n for n in (claim.value, claim.high, claim.low) if n is not None), 0)

    @property
    def possible(self) -> tuple[float, float]:
        """Range of numbers it allows, inclusive: “at least 200” has no upper end, “up to 19” starts at 0."""
        claim = self.claim
        if claim.value is not None:
            return claim.value, claim.value
        return claim.low or 0, math.inf if claim.high is None else claim.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that claims are about, such as the same people or posts, in one incident or event cluster."""

    subject: str
    """Id of the incident, or of the event group for claims about the whole cluster."""
    scope: Scope
    about: About
    whom: str
    """Whose loss, or which things; empty if the claims do not say."""
    statements: tuple[Statement, ...]
    """In record order."""

    @property
    def key(self) -> tuple[str, Scope, About, str]:
        """Unique key."""
        return self.subject, self.scope, self.about, self.whom


def matters(incidents: Iterable[Incident]) -> tuple[Matter, ...]:
    """Group the claims of incidents by matter, in order of first appearance.

    Claims about a whole event cluster are one matter, whichever incident holds them. Running totals are left out: they
    cover different days, so two of them do not contradict each other.
    """
    found: defaultdict[tuple[str, Scope, About, str], list[Statement]] = defaultdict(list)
    for incident in incidents:
        for claim in incident.claims:
            if claim.scope is not Scope.CUMULATIVE:
                statement = Statement(claim=claim, incident=incident)
                found[matter_of(statement).key].append(statement)
    return tuple(replace(matter_of(several[0]), statements=tuple(several)) for several in found.values())


def matter_of(statement: Statement) -> Matter:
    """Return the matter of a single claim."""
    claim, incident = statement.claim, statement.incident
    grouped = claim.scope is not Scope.INCIDENT and incident.event_group
    subject = (incident.event_group or "") if grouped else incident.id
    return Matter(subject=subject, scope=claim.scope, about=claim.about, whom=whom(claim), statements=(statement,))


def share_days(one: Incident, other: Incident) -> bool:
    """Tell whether two incidents may share a day; without a recorded end, an incident counts for its first day only."""
    ends = [incident.date_end or incident.date_start for incident in (one, other)]
    return one.date_start <= ends[1] and other.date_start <= ends[0]


def whom(claim: Claim) -> str:
    """Return the people or things a claim is about, unifying wordings for the same people."""
    pool = LOSS_OF.get(claim.of or "") if is_of_losses(claim.about) else None
    return pool.value if pool in _NAMED_BY_POOL and pool is not None else claim.of or ""


# Whether a denial of deaths or injuries covers the people of a toll.

_PARTS: Final = (
    *(Loss.PAKISTANI_FORCES, Loss.AFGHAN_FORCES, Loss.TALIBAN_FIGHTERS, Loss.TAJIK_FORCES),
    *(Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS),
)
_NO_SOLDIERS: Final = (Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS, Loss.OTHERS, Loss.PART_OF_OTHERS)
_OF_GROUND: Final = {
    "AF": {Loss.EVERYBODY: Loss.AFGHAN_SIDE} | dict.fromkeys(_NO_SOLDIERS[2:], Loss.AFGHAN_OTHERS),
    "PK": {Loss.EVERYBODY: Loss.PAKISTANI_SIDE} | dict.fromkeys(_NO_SOLDIERS[2:], Loss.PAKISTANI_OTHERS),
}
"""Pools assumed for people whose side a claim does not name, by the country they were in."""


def includes(denied: str, said: str, *, ground: str) -> bool:
    """Tell whether denying that any of `denied` died or were hurt covers everybody in `said`.

    Both are wordings of LOSS_OF; `ground` is the country of the incident with the toll, ISO 3166-1 alpha-2. A toll of a
    larger group is not covered, since it may be of others; nor does calling the dead militants assert that they were
    civilians.

    >>> includes("civilians", "children", ground="AF"), includes("civilians", "militants", ground="AF")
    (True, False)
    >>> includes("people on the Afghan side", "people", ground="AF"), includes("Taliban forces", "people", ground="AF")
    (True, False)
    """
    if LOSS_OF[denied] is Loss.PART_OF_OTHERS:
        return said == denied
    if LOSS_OF[denied] in _NO_SOLDIERS and VICTIMS_OF.get(said) is not VICTIMS_OF.get(denied):
        return False
    pool = _OF_GROUND.get(own_side(said, ground) or "", {}).get(LOSS_OF[said], LOSS_OF[said])
    return all(LOSS_OF[denied].may_hold(part) for part in _PARTS if pool.may_hold(part))


# Contradictions among the claims of one incident, as sentences.

_DENIED = {
    About.EVENT: say("denial-that-it-happened"),
    About.ATTRIBUTION: say("card-who-did-it"),
    About.KILLED: say("loss-the-dead"),
    About.INJURED: say("loss-the-injured"),
    About.CROSSED: say("loss-the-crossing"),
    About.CAPTURED: say("loss-the-capture"),
    About.DESTROYED: say("loss-the-destruction"),
    About.ABANDONED: say("loss-the-abandonment"),
}


def disputed_points(incident: Incident, claimants: Mapping[str, Claimant]) -> list[str]:
    """List denials, and rival figures for the same people or posts; empty if there are none."""
    return [*_denials(incident, claimants), *_rival_figures(incident, claimants)]


def denied_outright(incident: Incident, claimants: Mapping[str, Claimant]) -> list[str]:
    """List denials of the incident as described, and of who did it; empty if there are none."""
    return [*_denials(incident, claimants, abouts=_UNCOUNTED)]


def _denials(
    incident: Incident, claimants: Mapping[str, Claimant], *, abouts: Collection[About] = tuple(About)
) -> Iterable[str]:
    deniers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for claim in incident.claims:
        if claim.stance is Stance.DENIES and claim.about in abouts:
            deniers[_denied(claim) if _names_an_event(claim) else _DENIED[claim.about]][speaker(claim, claimants)] = (
                None
            )
    for denied, names in deniers.items():
        yield say("denied-claim", denied=denied, speakers=list_words([*names]))


def _rival_figures(incident: Incident, claimants: Mapping[str, Claimant]) -> Iterable[str]:
    rivals: defaultdict[tuple[About, str, Scope], dict[str, list[str]]] = defaultdict(dict)
    for claim in incident.claims:
        if claim.stance is not Stance.DENIES and figure(claim) and claim.scope is not Scope.CUMULATIVE:
            speakers = rivals[claim.about, _whose(claim), claim.scope].setdefault(figure(claim), [])
            if speaker(claim, claimants) not in speakers:
                speakers.append(speaker(claim, claimants))
    for (about, of, _), said in rivals.items():
        if len(said) > 1:
            accounts = "; ".join(
                say("denied-number", number=number, speakers=list_words(names)) for number, names in said.items()
            )
            yield say("rival-figures", of=capitalised(of), about=about, accounts=accounts)


def _whose(claim: Claim) -> str:
    """Return the people or things a figure is about, unifying wordings for the same people."""
    if is_of_losses(claim.about) and claim.of is not None and claim.of in LOSS_OF:
        return LOSS_OF[claim.of].value
    return claim.of or say("loss-number")


# Denials and what they contradict. A denial that something happened is compared with all who say it did; one about who
# did it, with those who blame others; one of a loss, with figures for those people. Its scope limits it to its incident
# or to all incidents of the event cluster. Assertions by the denier's own party never oppose it, and acknowledgements
# by that party are listed separately. If nobody says the opposite of a denial about an incident, claims about other
# incidents of the cluster on the same days are listed instead.

NO_PARTY: Final = "other"
"""Side of claimants who speak for none of the parties and thus have nothing in common."""
_UNCOUNTED: Final = (About.EVENT, About.ATTRIBUTION)
_PRISONERS: Final = "taken prisoner"
"""The record's wording for captured people."""


class Answer(StrEnum):
    """Where the opposite of a denial is said."""

    OPPOSITE = "opposite"
    BESIDE = "beside"
    RUNNING = "running"
    OWN_SIDE = "own_side"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A recorded denial with the claims of others; each of these is in at most one of the four lists."""

    statement: Statement
    number: int
    """Position among its incident's claims, from 1."""
    opposite: tuple[Statement, ...]
    """Claims it contradicts."""
    beside: tuple[Statement, ...]
    """If there are none: similar claims about incidents of the same category and cluster on the same days."""
    running: tuple[Statement, ...]
    """If there are none: running totals for the people or things denied, which may cover more than the denial."""
    own_side: tuple[Statement, ...]
    """What others of its own party acknowledge nevertheless."""

    @property
    def answer(self) -> Answer:
        """The closest kind of opposing claims there is, other parties' first."""
        lists = (self.opposite, self.beside, self.running, self.own_side)
        return next((answer for answer, said in zip(Answer, lists, strict=False) if said), Answer.NOBODY)

    @property
    def speakers(self) -> frozenset[str]:
        """Ids of the denier and of everybody whose claims are in the lists."""
        said = (self.statement, *self.opposite, *self.beside, *self.running, *self.own_side)
        return frozenset(statement.by for statement in said)

    @property
    def key(self) -> tuple[str, int]:
        """Unique key: its incident, and its number within it."""
        return self.statement.incident.id, self.number


def denials(
    incidents: Iterable[Incident], claimants: Mapping[str, Claimant], *, everything: Iterable[Incident]
) -> tuple[Denial, ...]:
    """List every denial in the given incidents once, in record order.

    Parameters
    ----------
    incidents
        Incidents whose denials are listed.
    claimants
        Claimants by id; raises KeyError if one is missing.
    everything
        All incidents, to find the others of an event cluster.

    """
    clusters: defaultdict[str | None, list[Incident]] = defaultdict(list)
    for incident in everything:
        clusters[incident.event_group].append(incident)
    found: list[Denial] = []
    for incident in incidents:
        denied = [(n, claim) for n, claim in enumerate(incident.claims, 1) if claim.stance is Stance.DENIES]
        if denied:
            cluster = clusters[incident.event_group] if incident.event_group else ()
            said = _Around([incident, *(other for other in cluster if other.id != incident.id)], claimants)
            found += (said.denial(Statement(claim=claim, incident=incident), number) for number, claim in denied)
    return tuple(found)


def same_party(one: Claimant, other: Claimant) -> bool:
    """Tell whether two claimants speak for the same party."""
    return one.side == other.side != NO_PARTY and not (one.independent or other.independent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Against:
    """What the denials of one thing by one party are compared with, whichever claimant of the party denies it."""

    nearest: tuple[tuple[Statement, ...], ...]
    """Candidate lists of contradicted claims; the first with another claimant's statement is used."""
    beside: tuple[Statement, ...]
    running: tuple[Statement, ...]
    own_side: tuple[Statement, ...]


class _Around:
    """Positive statements about an incident and the others of its cluster, indexed once per matter denied.

    Comparing thousands of denials with thousands of claims pairwise would take minutes.
    """

    def __init__(self, incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
        every = (Statement(claim=claim, incident=incident) for incident in incidents for claim in incident.claims)
        # A figure of zero does not say that anything happened.
        self._said = [s for s in every if s.says_so and (s.most_named or not s.gives_a_figure)]
        self._claimants = claimants
        self._of_same: dict[tuple[About, str | None], list[tuple[int, int, Statement]]] = {}
        self._against: dict[tuple[object, ...], _Against] = {}
        self._by: dict[tuple[str, tuple[object, ...]], tuple[tuple[Statement, ...], ...]] = {}

    def denial(self, denial: Statement, number: int) -> Denial:
        """Compare a denial with the statements of other claimants."""
        claim, denier = denial.claim, self._claimants[denial.by]
        party = None if denier.independent or denier.side == NO_PARTY else denier.side
        key = (party, claim.about, claim.of, claim.value, claim.low, claim.high, claim.scope)
        against = self._against.get(key)
        if against is None:
            against = self._against[key] = self._held_against(denial)
        said = self._by.get((denial.by, key))
        if said is None:
            nearest = next(filter(None, (_others(said, denial.by) for said in against.nearest)), ())
            beside = () if nearest else _others(against.beside, denial.by)
            running = () if nearest or beside else _others(against.running, denial.by)
            said = self._by[denial.by, key] = nearest, beside, running, _others(against.own_side, denial.by)
        opposite, beside, running, own_side = said
        return Denial(
            statement=denial, number=number, opposite=opposite, beside=beside, running=running, own_side=own_side
        )

    def _held_against(self, denial: Statement) -> _Against:
        denier = self._claimants[denial.by]
        own, others = [], []
        for statement in self._contrary(denial):
            if not same_party(denier, self._claimants[statement.by]):
                if not _owns_up_instead(denial, statement):
                    others.append(statement)
            elif statement.claim.stance is Stance.ACKNOWLEDGES and _reaches(denial, statement):
                own.append(statement)
        return _Against(
            nearest=tuple(_related(others, denial, way) for way in (_reaches, _is_of_the_cluster)),
            beside=_related(others, denial, _is_beside),
            running=_related(others, denial, _may_cover),
            own_side=_without_pointers(own),
        )

    def _contrary(self, denial: Statement) -> Sequence[Statement]:
        """Return the statements of what is denied, in any incident of the cluster."""
        denied = denial.claim
        if denied.about is About.EVENT and not denied.of and not figure(denied):
            return self._said
        same = self._of_same.get((denied.about, denied.of))
        if same is None:
            about_it = [s for s in self._said if s.claim.about is denied.about and _of_the_same(denied, s)]
            same = [(s.least_named, s.most_named, s) for s in about_it]
            self._of_same[denied.about, denied.of] = same
        if not denial.most_named:  # without a number, or with 0, any number is denied
            return [statement for _, _, statement in same]
        lowest, highest = denial.possible
        return [s for low, high, s in same if lowest <= high and low <= highest and s.gives_a_figure]


def _others(said: tuple[Statement, ...], by: str) -> tuple[Statement, ...]:
    return tuple(statement for statement in said if statement.claim.by != by)


def _related(
    said: Sequence[Statement], denial: Statement, way: Callable[[Statement, Statement], bool]
) -> tuple[Statement, ...]:
    return _without_pointers(statement for statement in said if way(denial, statement))


def _of_the_same(denied: Claim, statement: Statement) -> bool:
    """Tell whether the people or things of a statement are among those denied."""
    said = statement.claim.of
    if is_of_losses(denied.about):
        return includes(denied.of or "", said or "", ground=statement.incident.country)
    if denied.of is None and denied.about is About.CAPTURED:  # any place or thing
        return _PRISONERS not in (said or "")
    return denied.of in (None, said)


def _owns_up_instead(denial: Statement, statement: Statement) -> bool:
    """Tell whether another party admits the act, which does not contradict a party that denies its own part."""
    return denial.claim.about is About.ATTRIBUTION and statement.claim.stance is Stance.ACKNOWLEDGES


def _reaches(denial: Statement, statement: Statement) -> bool:
    """Tell whether a denial covers all that a claim does."""
    scope, inside = statement.claim.scope, statement.incident.id == denial.incident.id
    if denial.claim.scope is Scope.INCIDENT:
        whole = denial.claim.about is About.EVENT and scope is Scope.GROUP  # implies that this incident happened, too
        return inside and (scope is Scope.INCIDENT or whole)
    return scope is not Scope.CUMULATIVE or denial.claim.scope is Scope.CUMULATIVE


def _is_of_the_cluster(denial: Statement, statement: Statement) -> bool:
    """Tell whether a claim is about the whole cluster of an incident whose loss or culprit is denied."""
    return denial.claim.about is not About.EVENT and statement.claim.scope is Scope.GROUP


def _is_beside(denial: Statement, statement: Statement) -> bool:
    """Tell whether a claim says that another incident of the cluster happened, or who did it."""
    one, other = denial.incident, statement.incident
    return (
        denial.claim.about in _UNCOUNTED
        and statement.claim.about in _UNCOUNTED
        and statement.claim.scope is Scope.INCIDENT
        and one.category is other.category
        and share_days(one, other)
    )


def _may_cover(denial: Statement, statement: Statement) -> bool:
    """Tell whether a statement is a running total that may include the casualties denied."""
    near = denial.claim.scope is Scope.GROUP or statement.incident.id == denial.incident.id
    return denial.claim.about not in _UNCOUNTED and statement.claim.scope is Scope.CUMULATIVE and near


def _without_pointers(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """Leave out claims without a figure if the same claimant gives one elsewhere."""
    found = tuple(said)
    given = {_toll_of(s) for s in found if s.gives_a_figure}
    return tuple(s for s in found if s.gives_a_figure or s.claim.scope is Scope.INCIDENT or _toll_of(s) not in given)


def _toll_of(statement: Statement) -> tuple[str, About, str | None, Scope]:
    claim = statement.claim
    return claim.by, claim.about, claim.of, claim.scope


# Denials attributed to a news outlet: outlets report denials, and seldom make them.

_OWN: Final = re.compile(r"\bown\b", re.IGNORECASE)


def reported_denials(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> Iterator[Fault]:
    """Return a fault for each denial by media whose note does not mark it as the outlet's own statement."""
    for incident in incidents:
        for number, claim in enumerate(incident.claims):
            speaker = claimants[claim.by]
            if claim.stance is Stance.DENIES and speaker.kind is ClaimantKind.MEDIA and not _is_own(claim.note):
                yield Fault(
                    where=incident.id,
                    field=f"claims[{number}].by",
                    message=say("denial-of-media", speaker=speaker.name),
                )


def _is_own(note: str | None) -> bool:
    return bool(_OWN.search(note or ""))


# Denials in words: what is denied, and who says the opposite.

_THINGS: Final = (About.CAPTURED, About.DESTROYED, About.ABANDONED)
_REACH: Final = {Scope.GROUP: say("denied-in-whole-cluster"), Scope.CUMULATIVE: say("denied-over-longer-time")}


def denied_words(claim: Claim) -> str:
    """Say what a denial denies, to follow the word “denies”.

    >>> from geo.incident.vocabulary import Stance
    >>> denial = {"by": "pk-ispr", "stance": "denies", "scope": "incident", "source": 0}
    >>> denied_words(Claim.model_validate(denial | {"about": "killed", "of": "civilians"}))
    'that any civilians were killed'
    >>> denied_words(Claim.model_validate(denial | {"about": "attribution"}))
    'what is said about who did it'
    """
    return _denied(claim) + _REACH.get(claim.scope, "")


def _denied(claim: Claim) -> str:
    number = figure(claim) if figure(claim) != "0" else ""
    named = " ".join(part for part in (number, after_figure(claim.of or "", number)) if part)
    if is_of_losses(claim.about):
        name = "denied-any" if not number else "denied-figure-one" if number == "1" else "denied-figure"
        return say(name, people=named, done=claim.about)
    if claim.about is About.CROSSED:
        return say("denied-crossed", people=named) if named else say("denied-any-crossed")
    if claim.about in _THINGS:
        return say(f"denied-thing-{claim.about}", of=named) if named else say(f"denied-any-thing-{claim.about}")
    if claim.about is About.ATTRIBUTION:
        return say("denied-who-did-it")
    if _names_an_event(claim):
        return claim.of or ""
    return say("denied-account", of=named) if named else say("denial-that-it-happened")


def _names_an_event(claim: Claim) -> bool:
    """Tell whether `of` names an event, such as “the death of …”, rather than people or things."""
    return claim.about is About.EVENT and not figure(claim) and (claim.of or "").startswith("the ")


def against_words(denial: Denial, claimants: Mapping[str, Claimant]) -> str:
    """Say in one or two sentences whom a denial contradicts."""
    said = [*denial.opposite, *denial.beside, *denial.running]  # at most one of them is not empty
    own = say("denial-own-side-acknowledges", speakers=_speakers(denial.own_side, claimants)) if denial.own_side else ""
    return f"{answer_words(denial.answer)}{f' {_speakers(said, claimants)}.' if said else ''}{own}"


def answer_words(answer: Answer) -> str:
    """Say who says the opposite, to be followed by names unless it is a complete sentence.

    >>> answer_words(Answer.OPPOSITE), answer_words(Answer.NOBODY)
    ('Contradicts', 'Nobody on record says the opposite.')
    """
    return _ANSWERS[answer]


_ANSWERS: Final = {
    Answer.OPPOSITE: say("denial-contradicts"),
    Answer.BESIDE: (say("denial-nobody-of-this-incident")),
    Answer.RUNNING: say("denial-nobody-but-in-no-total"),
    Answer.OWN_SIDE: say("denial-no-other-party"),
    Answer.NOBODY: say("denial-nobody"),
}


def _speakers(said: Sequence[Statement], claimants: Mapping[str, Claimant]) -> str:
    return "; ".join(dict.fromkeys(claimants[statement.by].name for statement in said))
