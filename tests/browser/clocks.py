"""A clock shared by the test and all threads of the site."""

from datetime import datetime


class SharedClock:
    """Replaces the context variable of `core.clock`, which differs between threads."""

    def __init__(self, moment: datetime) -> None:
        self._moment: datetime = moment

    def get(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> datetime:
        """Hold the clock at a moment; gives the one it was held at."""
        before, self._moment = self._moment, moment
        return before

    def reset(self, before: datetime) -> None:
        self._moment = before
