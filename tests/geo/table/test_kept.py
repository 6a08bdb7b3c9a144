"""The last answers, kept."""

from geo.table.kept import Kept


def test_what_was_asked_last_is_not_looked_up_again() -> None:
    looked_up: list[int] = []
    kept: Kept[int, int] = Kept(2)

    def answer(question: int) -> int:
        return kept.get(question, lambda: looked_up.append(question) or question * 10)

    assert [answer(question) for question in (1, 2, 1, 3, 1, 2)] == [10, 20, 10, 30, 10, 20]
    assert looked_up == [1, 2, 3, 2]  # 3 took the room of 2, which was asked longer ago than 1
