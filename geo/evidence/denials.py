"""Denials, each with what it is held against, disputed points, and the same in plain words."""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.casualties import Said
from geo.incident.errors import Fault
from geo.incident.losses import LOSS_OF, VICTIMS_OF, Loss, after_figure, own_side
from geo.incident.record import Claim, Claimant, Incident
from geo.incident.vocabulary import About, ClaimantKind, Scope, Stance, is_of_losses
from geo.language.messages import capitalised, list_words, say
from geo.sentences import figure, speaker

# Claims brought together by what they are about, so that only claims about the same thing are ever compared.

SAID_TO_BE_SO: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)

_NAMED_BY_POOL: Final = frozenset(Loss) - {Loss.PART_OF_OTHERS, Loss.EVERYBODY}
"""Pools whose people are the same whatever they are called; of the others the very words must be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Said):
    """A claim where it stands, to be held against others."""

    @property
    def by(self) -> str:
        """The claimant's id."""
        return self.claim.by

    @property
    def says_so(self) -> bool:
        """Whether it asserts or acknowledges."""
        return self.claim.stance in SAID_TO_BE_SO

    @property
    def blames(self) -> bool:
        """Whether it says that somebody else did it; who speaks of an own act acknowledges it."""
        return self.claim.about is About.ATTRIBUTION and self.claim.stance is Stance.ASSERTS

    @property
    def gives_a_figure(self) -> bool:
        """Whether it asserts or acknowledges a number."""
        claim = self.claim
        return self.says_so and not (claim.value is claim.low is claim.high is None)

    @property
    def least_named(self) -> int:
        """The smallest number in its words, not a lower bound: 19 of “up to 19”.

        0 also stands for no number; ask `gives_a_figure` first.
        """
        claim = self.claim
        return next((n for n in (claim.value, claim.low, claim.high) if n is not None), 0)

    @property
    def most_named(self) -> int:
        """The largest number in its words, not an upper bound: 200 of “at least 200”; 0 also stands for no number."""
        claim = self.claim
        return next((n for n in (claim.value, claim.high, claim.low) if n is not None), 0)

    @property
    def possible(self) -> tuple[float, float]:
        """The numbers it allows, both ends inclusive: “at least 200” has no upper end, “up to 19” starts from 0."""
        claim = self.claim
        if claim.value is not None:
            return claim.value, claim.value
        return claim.low or 0, math.inf if claim.high is None else claim.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that claims are about: of one incident or one event group, the same people or posts."""

    subject: str
    """Id of the incident; for claims about a whole event group, the group's."""
    scope: Scope
    about: About
    whom: str
    """Whose loss, or what; empty where the claims do not say."""
    statements: tuple[Statement, ...]
    """In the order of the records."""

    @property
    def key(self) -> tuple[str, Scope, About, str]:
        """What tells it from every other."""
        return self.subject, self.scope, self.about, self.whom


def matters(incidents: Iterable[Incident]) -> tuple[Matter, ...]:
    """Bring together the claims of incidents by what they are about, in the order in which each thing comes up.

    Claims about a whole event group are one matter whichever of its incidents holds them. Running totals are left out:
    they cover different days, so that two of them are no contradiction.
    """
    found: defaultdict[tuple[str, Scope, About, str], list[Statement]] = defaultdict(list)
    for incident in incidents:
        for claim in incident.claims:
            if claim.scope is not Scope.CUMULATIVE:
                statement = Statement(claim=claim, incident=incident)
                found[matter_of(statement).key].append(statement)
    return tuple(
        Matter(subject=subject, scope=scope, about=about, whom=people, statements=tuple(statements))
        for (subject, scope, about, people), statements in found.items()
    )


def matter_of(statement: Statement) -> Matter:
    """Say what one claim is about, by itself."""
    claim, incident = statement.claim, statement.incident
    grouped = claim.scope is not Scope.INCIDENT and incident.event_group
    subject = (incident.event_group or "") if grouped else incident.id
    return Matter(subject=subject, scope=claim.scope, about=claim.about, whom=whom(claim), statements=(statement,))


def share_days(one: Incident, other: Incident) -> bool:
    """Tell whether two incidents may have been on one day; where no end is on record, the first day stands for it."""
    ends = [incident.date_end or incident.date_start for incident in (one, other)]
    return one.date_start <= ends[1] and other.date_start <= ends[0]


def whom(claim: Claim) -> str:
    """Name the people or things a claim is about; wordings for the same people are one."""
    pool = LOSS_OF.get(claim.of or "") if is_of_losses(claim.about) else None
    return pool.value if pool in _NAMED_BY_POOL and pool is not None else claim.of or ""


# Whether a toll is of people whose death or injury is denied: a denial must be held against those whom it is about.

_PARTS: Final = (
    *(Loss.PAKISTANI_FORCES, Loss.AFGHAN_FORCES, Loss.TALIBAN_FIGHTERS, Loss.TAJIK_FORCES),
    *(Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS),
)
_NO_SOLDIERS: Final = (Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS, Loss.OTHERS, Loss.PART_OF_OTHERS)
_OF_GROUND: Final = {
    "AF": {Loss.EVERYBODY: Loss.AFGHAN_SIDE} | dict.fromkeys(_NO_SOLDIERS[2:], Loss.AFGHAN_OTHERS),
    "PK": {Loss.EVERYBODY: Loss.PAKISTANI_SIDE} | dict.fromkeys(_NO_SOLDIERS[2:], Loss.PAKISTANI_OTHERS),
}
"""Whom people are taken for whose side a claim does not name, by the country that they were in."""


def includes(denied: str, said: str, *, ground: str) -> bool:
    """Tell whether to deny that any of `denied` died, or were hurt, is to deny it of all of `said`.

    Both are wordings of LOSS_OF; `ground` is the country of the incident that the toll is of, ISO 3166-1 alpha-2. A
    toll of more people than are denied may be of others, so it is not included; nor do those who call the dead
    militants say that they were civilians.

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


# What the claims of an incident contradict each other about, as sentences.

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
    """List denials, and figures that rival claimants give for the same people or posts; empty if there are none."""
    return [*_denials(incident, claimants), *_rival_figures(incident, claimants)]


def denied_outright(incident: Incident, claimants: Mapping[str, Claimant]) -> list[str]:
    """List denials that an incident happened as said, and of who did it; empty if there are none."""
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
    """Name the people or things a figure is about; wordings for the same people are one."""
    if is_of_losses(claim.about) and claim.of is not None and claim.of in LOSS_OF:
        return LOSS_OF[claim.of].value
    return claim.of or say("loss-number")


# Denials, each with what it is denied against: whose claims, or nobody's.
# A denial that something happened is held against all who say that it did; one of who did it, against those who
# blame others for it; one of a loss, against figures for those people. It reaches as far as its scope: over its
# incident, or over all incidents of its event cluster. What one's own party asserts is never the opposite; what it
# acknowledges stands apart. Where nobody says the opposite of a denial of an incident, those stand apart who say it
# of another incident of the cluster in the same days.

NO_PARTY: Final = "other"
"""The side of those who speak for none of the parties: they have nothing in common."""
_UNCOUNTED: Final = (About.EVENT, About.ATTRIBUTION)
_PRISONERS: Final = "taken prisoner"
"""What the record writes of people who were captured."""


class Answer(StrEnum):
    """Who says the opposite of a denial."""

    OPPOSITE = "opposite"
    BESIDE = "beside"
    RUNNING = "running"
    OWN_SIDE = "own_side"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A denial on record with what others say; each claim of others stands in one of its four lists at most."""

    statement: Statement
    number: int
    """Position among its incident's claims, from 1."""
    opposite: tuple[Statement, ...]
    """What it contradicts."""
    beside: tuple[Statement, ...]
    """Without that: the same said of other incidents of the event cluster, of one category, in the same days."""
    running: tuple[Statement, ...]
    """Without that: running totals of the people or things denied, which may cover more than the denial does."""
    own_side: tuple[Statement, ...]
    """What others of its own party acknowledge all the same."""

    @property
    def answer(self) -> Answer:
        """What stands against it: the nearest of what there is, what other parties say first."""
        lists = (self.opposite, self.beside, self.running, self.own_side)
        return next((answer for answer, said in zip(Answer, lists, strict=False) if said), Answer.NOBODY)

    @property
    def speakers(self) -> frozenset[str]:
        """Ids of who denies, and of all whose claims stand in its lists."""
        said = (self.statement, *self.opposite, *self.beside, *self.running, *self.own_side)
        return frozenset(statement.by for statement in said)

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other: its incident and its number there."""
        return self.statement.incident.id, self.number


def denials(
    incidents: Iterable[Incident], claimants: Mapping[str, Claimant], *, everything: Iterable[Incident]
) -> tuple[Denial, ...]:
    """List every denial of incidents once, in the order of the record.

    Parameters
    ----------
    incidents
        Whose denials are listed.
    claimants
        By id; raises KeyError for a speaker who is not among them.
    everything
        All incidents, among which the others of an event cluster are looked for.

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
    """Tell whether two speak for one party."""
    return one.side == other.side != NO_PARTY and not (one.independent or other.independent)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Against:
    """What the denials of one thing by one party are held against, whoever of the party denies."""

    nearest: tuple[tuple[Statement, ...], ...]
    """The first of these in which anybody else speaks is what they contradict."""
    beside: tuple[Statement, ...]
    running: tuple[Statement, ...]
    own_side: tuple[Statement, ...]


class _Around:
    """What is said to be so of an incident and of the others of its cluster, looked through once for each thing denied.

    There may be thousands of denials and of claims: holding each against each would take minutes.
    """

    def __init__(self, incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
        every = (Statement(claim=claim, incident=incident) for incident in incidents for claim in incident.claims)
        # That nobody died is not said to have happened.
        self._said = [s for s in every if s.says_so and (s.most_named or not s.gives_a_figure)]
        self._claimants = claimants
        self._of_same: dict[tuple[About, str | None], list[tuple[int, int, Statement]]] = {}
        self._against: dict[tuple[object, ...], _Against] = {}
        self._by: dict[tuple[str, tuple[object, ...]], tuple[tuple[Statement, ...], ...]] = {}

    def denial(self, denial: Statement, number: int) -> Denial:
        """Hold a denial against what is said by others than who denies."""
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
        """Return the statements that say what is denied, in any incident of the cluster."""
        denied = denial.claim
        if denied.about is About.EVENT and not denied.of and not figure(denied):
            return self._said
        same = self._of_same.get((denied.about, denied.of))
        if same is None:
            about_it = [s for s in self._said if s.claim.about is denied.about and _of_the_same(denied, s)]
            same = [(s.least_named, s.most_named, s) for s in about_it]
            self._of_same[denied.about, denied.of] = same
        if not denial.most_named:  # a denial without a number, or of none, denies any
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
    """Tell whether people or things are among those denied."""
    said = statement.claim.of
    if is_of_losses(denied.about):
        return includes(denied.of or "", said or "", ground=statement.incident.country)
    if denied.of is None and denied.about is About.CAPTURED:  # no place or thing at all
        return _PRISONERS not in (said or "")
    return denied.of in (None, said)


def _owns_up_instead(denial: Statement, statement: Statement) -> bool:
    """Tell whether another party says that it did it, which is no answer to one that denies its own part."""
    return denial.claim.about is About.ATTRIBUTION and statement.claim.stance is Stance.ACKNOWLEDGES


def _reaches(denial: Statement, statement: Statement) -> bool:
    """Tell whether a denial is of all that a claim covers."""
    scope, inside = statement.claim.scope, statement.incident.id == denial.incident.id
    if denial.claim.scope is Scope.INCIDENT:
        whole = denial.claim.about is About.EVENT and scope is Scope.GROUP  # says of this one, too, that it happened
        return inside and (scope is Scope.INCIDENT or whole)
    return scope is not Scope.CUMULATIVE or denial.claim.scope is Scope.CUMULATIVE


def _is_of_the_cluster(denial: Statement, statement: Statement) -> bool:
    """Tell whether a claim is about the whole event cluster of what is denied of one incident."""
    return denial.claim.about is not About.EVENT and statement.claim.scope is Scope.GROUP


def _is_beside(denial: Statement, statement: Statement) -> bool:
    """Tell whether a claim says of an incident beside it that it happened, or who did it."""
    one, other = denial.incident, statement.incident
    return (
        denial.claim.about in _UNCOUNTED
        and statement.claim.about in _UNCOUNTED
        and statement.claim.scope is Scope.INCIDENT
        and one.category is other.category
        and share_days(one, other)
    )


def _may_cover(denial: Statement, statement: Statement) -> bool:
    """Tell whether a statement is a running total that may include the casualties that are denied."""
    near = denial.claim.scope is Scope.GROUP or statement.incident.id == denial.incident.id
    return denial.claim.about not in _UNCOUNTED and statement.claim.scope is Scope.CUMULATIVE and near


def _without_pointers(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """Leave out claims that only point to a figure which the same claimant gives in another of them."""
    found = tuple(said)
    given = {_toll_of(s) for s in found if s.gives_a_figure}
    return tuple(s for s in found if s.gives_a_figure or s.claim.scope is Scope.INCIDENT or _toll_of(s) not in given)


def _toll_of(statement: Statement) -> tuple[str, About, str | None, Scope]:
    claim = statement.claim
    return claim.by, claim.about, claim.of, claim.scope


# Denials that stand under a newspaper's name: an outlet reports what others deny, and is seldom itself the denier.

_OWN: Final = re.compile(r"\bown\b", re.IGNORECASE)


def reported_denials(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> Iterator[Fault]:
    """Name the denials by media whose note does not say that they are the outlet's own statement."""
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


# Denials in plain words: what is denied, and who says the opposite.

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
    """Tell whether `of` is an event, as “the death of …”, and not people or things."""
    return claim.about is About.EVENT and not figure(claim) and (claim.of or "").startswith("the ")


def against_words(denial: Denial, claimants: Mapping[str, Claimant]) -> str:
    """Say in a sentence or two against whom a denial stands."""
    said = [*denial.opposite, *denial.beside, *denial.running]  # only one of them holds anything
    own = say("denial-own-side-acknowledges", speakers=_speakers(denial.own_side, claimants)) if denial.own_side else ""
    return f"{answer_words(denial.answer)}{f' {_speakers(said, claimants)}.' if said else ''}{own}"


def answer_words(answer: Answer) -> str:
    """Say who says the opposite; to be followed by their names, unless it is a whole sentence.

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
