"""One clock for the test and for every thread of the site it opens."""

from datetime import datetime


class SharedClock:
    """Stands in for the clock's own variable, which every thread has for itself."""

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
