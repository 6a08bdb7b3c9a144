"""Twelve selections with every number added up by hand, from the claims that are written beside it.

`a + b` are different people, `a / b` rival accounts of the same; a claim for a whole event cluster stands apart.
"""

from dataclasses import dataclass
from typing import Final

from geo.selection import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A selection and what it adds up to under the range of all claims."""

    filters: Filters
    incidents: int
    killed: str
    injured: str
    crossed: str = "no figure"
    clusters: frozenset[tuple[str, str, str, str]] = frozenset()
    """What is claimed for whole clusters: figure, of what, which cluster, how many of its incidents are selected."""
    flows: tuple[str, ...] = ()
    """Beginnings of the single figures that are listed and never added."""
    province: tuple[str, str, str] | None = None
    """A province's code and its own killed and injured, where the selection is of one."""


_OCTOBER_11: Final = "durand-line-clashes-2025-10-11"
_OCTOBER_14: Final = "clashes-2025-10-14-15"
_OFFENSIVE: Final = "durand-line-offensive-2026-02-26"

SELECTIONS: Final = {
    # Spera: children 3 / 2, civilians 2; hurt 3 / 4 / 5 / 6. Palucha: a journalist; hurt a journalist / 2 civilians.
    # Gurbuz: 10 civilians. Alisher: no figure.
    "strikes in Khost, 2025": ByHand(
        filters=Filters(province=("AF-KHO",), category=("strike",), year=(2025,)),
        incidents=4,
        killed="13–14",  # (2 / 3) + 1 + 10
        injured="5–8",  # (3 / 6) + 2
        clusters=frozenset(
            {
                ("1–34 or more", "killed", "barmal-strike-and-retaliation-2024-12", "1 of its 5"),
                ("35", "killed", _OCTOBER_14, "1 of its 6"),
                ("3", "killed", "drone-strikes-2025-08-27", "1 of its 2"),
                ("10 or more", "killed", "strikes-2025-11-24", "1 of its 3"),
                ("422", "injured", _OCTOBER_14, "1 of its 6"),
                ("7–10", "injured", "drone-strikes-2025-08-27", "1 of its 2"),
                ("4–6", "injured", "strikes-2025-11-24", "1 of its 3"),
                ("13", "injured", "barmal-strike-and-retaliation-2024-12", "1 of its 5"),
            }
        ),
        province=("AF-KHO", "13–14", "5–8"),
    ),
    # 46 soldiers and police of 25 July 2021 and five of the 28th, by Pakistan's military; nobody counts a loss.
    "Arundu": ByHand(
        filters=Filters(q="Arundu"),
        incidents=3,
        killed="no figure",
        injured="no figure",
        crossed="51",  # 46 + 5
        clusters=frozenset(
            {("10–127 or more", "killed", _OFFENSIVE, "1 of its 7"), ("14–49", "injured", _OFFENSIVE, "1 of its 7")}
        ),
    ),
    # Bahramcha: 15 Pakistani soldiers by the spokesman of Helmand / 12 by security sources, 8 Taliban by local
    # sources in the air strike.
    "Helmand": ByHand(
        filters=Filters(province=("AF-HEL",)),
        incidents=4,  # with the night along the whole line, which has no figure of its own
        killed="20–23",  # (12 / 15) + 8
        injured="no figure",
        clusters=frozenset(
            {
                ("21–258 or more", "killed", _OCTOBER_11, "3 of its 7"),
                ("45–46", "injured", _OCTOBER_11, "3 of its 7"),
            }
        ),
        province=("AF-HEL", "20–23", "no figure"),
    ),
    # Spin Boldak, 12 October: 11 Taliban. 15 October: civilians at least 12 / 15 / 29 / at least 17, Taliban 15–20
    # / 2–3 by their own word, or 25 in all; hurt at least 100 / 122 / at least 346 on the Afghan side, four on the
    # Pakistani one.
    "Kandahar, October 2025": ByHand(
        filters=Filters(province=("AF-KAN",), since="2025-10-01", until="2025-10-31"),
        incidents=5,
        killed="25–60",  # 11 + (12 + 2 / 29 + 20)
        injured="104–350 or more",  # (100 / 346 or more) + 4
        clusters=frozenset(
            {
                ("35", "killed", _OCTOBER_14, "2 of its 6"),
                ("422", "injured", _OCTOBER_14, "2 of its 6"),
                ("21–258 or more", "killed", _OCTOBER_11, "3 of its 7"),
                ("45–46", "injured", _OCTOBER_11, "3 of its 7"),
            }
        ),
        province=("AF-KAN", "25–60", "104–350 or more"),
    ),
    # Nari 40 soldiers; Hajratabad 3 children, hurt 2; the camp 3, hurt 7; Nari 1, hurt 1; the university 7, hurt at
    # least 85. 27–29 June, with Paktia and Paktika: 29 militants / at least 36 / at least 28 civilians, hurt 163.
    "Kunar, 2026": ByHand(
        filters=Filters(province=("AF-KNR",), year=(2026,)),
        incidents=7,
        killed="82–90 or more",  # 40 + 3 + 3 + 1 + 7 + (28 / 29 / 36 or more)
        injured="258 or more",  # 2 + 7 + 1 + (85 or more) + 163
        clusters=frozenset(
            {("10–127 or more", "killed", _OFFENSIVE, "1 of its 7"), ("14–49", "injured", _OFFENSIVE, "1 of its 7")}
        ),
        province=("AF-KNR", "54", "95 or more"),  # without June, which no source splits between the three
    ),
    "the closure since October 2025": ByHand(
        filters=Filters(group=("border-closure-2025-10",)),
        incidents=11,
        killed="no figure",
        injured="no figure",
        flows=(
            "3,400 Afghan returnees: Chaman",
            "10,700 Afghan returnees: Chaman",
            "10,700 Afghan returnees: Chaman",  # for Torkham and Chaman together, by another source
            "4,000–5,000 Afghan returnees: Chaman",  # a day, in no total
            "7,935 Afghan returnees: Torkham",
            "28 Pakistani students: Torkham",
            "26 Pakistani students: Torkham",
            "26 Pakistani students: Torkham",  # in all since October, in no total
        ),
    ),
    # The night along the line: for the whole cluster only. Kurram: Taliban and TTP 25–30. Palucha and Spin Boldak as
    # above; the strikes on Kabul of that day are not disputed.
    "disputed, October 2025": ByHand(
        filters=Filters(status=("disputed",), since="2025-10-01", until="2025-10-31"),
        incidents=4,
        killed="40–80",  # (25 / 30) + 1 + (12 + 2 / 29 + 20)
        injured="106–352 or more",  # 2 + (100 / 346 or more) + 4
        clusters=frozenset(
            {
                ("35", "killed", _OCTOBER_14, "3 of its 6"),
                ("422", "injured", _OCTOBER_14, "3 of its 6"),
                ("21–258 or more", "killed", _OCTOBER_11, "1 of its 7"),
                ("45–46", "injured", _OCTOBER_11, "1 of its 7"),
            }
        ),
    ),
    "one incident of a cluster": ByHand(
        filters=Filters(group=(_OCTOBER_14,), province=("AF-KHO",)),
        incidents=1,
        killed="1",
        injured="2",  # a journalist / 2 civilians
        clusters=frozenset(
            {("35", "killed", _OCTOBER_14, "1 of its 6"), ("422", "injured", _OCTOBER_14, "1 of its 6")}
        ),
        province=("AF-KHO", "1", "2"),
    ),
    # The sum: Kurram 25–30, Palucha 1, Kabul 5 / at least 9, Spin Boldak 14–49. The whole: 35 civilians, and the forces
    # of Kurram and Spin Boldak beside them, 75–85. Hurt: 2 + 35 + 104–350 or more; the whole: 422 Afghan civilians + 4.
    "a whole cluster": ByHand(
        filters=Filters(group=(_OCTOBER_14,)),
        incidents=6,
        killed="45–89 or more",
        injured="141–426",
        clusters=frozenset({("35", "killed", _OCTOBER_14, "All 6"), ("422", "injured", _OCTOBER_14, "All 6")}),
    ),
    # Goshta: 2 by Nangarhar's Taliban / 1 as Pakistani media relay / 1 in a report; 3 hurt.
    "Nangarhar, 2024": ByHand(
        filters=Filters(province=("AF-NAN",), year=(2024,)),
        incidents=1,
        killed="1–2",
        injured="3",
        province=("AF-NAN", "1–2", "3"),
    ),
    # The gate: 1 soldier / 3 by KabulNow's sources, nobody beyond it; hurt 2. 11 December: Pakistani civilians 6–8
    # + a fighter + a soldier / at least 10 civilians + both / 5 in all; hurt 17 + 10–13 / 21–37 or more. 15
    # December: 1 or more; hurt 12 / 20 / 2 + 15 / 8 + 15.
    "Balochistan, 2022": ByHand(
        filters=Filters(province=("PK-BA",), year=(2022,)),
        incidents=8,
        killed="7–16 or more",  # (1 / 3) + (5 / 10 + 1 + 1 or more) + 1
        injured="35–62 or more",  # 2 + (21 / 37 or more) + (12 / 8 + 15)
        province=("PK-BA", "7–16 or more", "35–62 or more"),
    ),
    # Crossed: Panj 134, Kaldar 17, Khwahan over 300, Shohon 104 / 94, by air at least 100 / 140 / 143. Killed: Panj 1,
    # the rockets 0, Zarbuzi 1, 3 in November 2025, Kavo 2 guards and 3 / 2 attackers, 4, 3, and 2. Hurt: 4, 3,
    # 5 / 4, 1, 2.
    "Khatlon": ByHand(
        filters=Filters(province=("TJ-KT",)),
        incidents=12,
        killed="18–19",  # 1 + 0 + 1 + 3 + 2 + (2 / 3) + 4 + 3 + 2
        injured="14–15",  # 4 + 3 + (4 / 5) + 1 + 2
        crossed="645–698 or more",  # 134 + 17 + 300 + (94 / 104) + (100 / 143)
        clusters=frozenset({("1,000–1,037", "crossed", "afghan-troops-to-tajikistan-2021-07-05", "1 of its 6")}),
        province=("TJ-KT", "18–19", "14–15"),
    ),
}
