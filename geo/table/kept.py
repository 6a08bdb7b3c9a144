"""The last answers to questions that come back, kept until newer ones take their room."""

from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")

MOST: Final = 8


class Kept(Generic[_Question, _Answer]):
    """Safe to share between threads: who asks what is being looked up waits for the answer.

    Parameters
    ----------
    most
        How many answers are kept.

    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: dict[_Question, _Answer] = {}
        self._lock = Lock()

    def get(self, question: _Question, look_up: Callable[[], _Answer]) -> _Answer:
        """Return the answer, looked up only if it is not among the last ones."""
        with self._lock:
            answer = self._answers.pop(question) if question in self._answers else look_up()
            self._answers[question] = answer
            if len(self._answers) > self._most:
                self._answers.pop(next(iter(self._answers)))
        return answer
