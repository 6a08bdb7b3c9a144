"""The last answers of an index, kept."""

from threading import Event, Thread

import pytest

from geo.table.event_index import Cache


def test_what_was_asked_last_is_not_looked_up_again() -> None:
    looked_up: list[int] = []
    cache: Cache[int, int] = Cache(2)

    def answer(question: int) -> int:
        return cache.get(question, lambda: looked_up.append(question) or question * 10)

    assert [answer(question) for question in (1, 2, 1, 3, 1, 2)] == [10, 20, 10, 30, 10, 20]
    assert looked_up == [1, 2, 3, 2]  # 3 took the room of 2, which was asked longer ago than 1


def test_who_asks_something_else_does_not_wait() -> None:
    cache: Cache[str, str] = Cache()
    begun, done = Event(), Event()

    def slowly() -> str:
        begun.set()
        assert done.wait(10)
        return "late"

    slow = Thread(target=cache.get, args=("slow", slowly))
    slow.start()
    assert begun.wait(10)
    assert cache.get("quick", lambda: "at once") == "at once"
    done.set()
    slow.join()
    assert cache.get("slow", pytest.fail) == "late"


def test_who_asks_the_same_waits_for_the_one_answer() -> None:
    cache: Cache[str, list[int]] = Cache()
    begun, done = Event(), Event()
    found: list[list[int]] = []

    def slowly() -> list[int]:
        begun.set()
        assert done.wait(10)
        return [1]

    asking = [Thread(target=lambda: found.append(cache.get("same", slowly))) for _ in range(2)]
    for thread in asking:
        thread.start()
    assert begun.wait(10)
    done.set()
    for thread in asking:
        thread.join()
    assert found[0] is found[1]


def test_what_goes_wrong_is_not_kept() -> None:
    cache: Cache[str, int] = Cache()
    with pytest.raises(OSError, match="not there"):
        cache.get("a", lambda: _raise(OSError("not there")))
    assert cache.get("a", lambda: 1) == 1


def _raise(error: Exception) -> int:
    raise error
