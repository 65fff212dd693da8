"""The worker as `make run` starts it."""

import os
import signal
from typing import Any

import pytest
from celery.signals import worker_shutting_down

from core import worker
from nel_participation import celery


@pytest.mark.parametrize("is_orphan", [True, False])
def test_worker_when_told_to_stop_by_the_death_of_its_parent_then_ends_itself_within_five_seconds(
    monkeypatch: pytest.MonkeyPatch, is_orphan: bool
) -> None:
    started: list[tuple[Any, ...]] = []

    class Recorded:
        daemon = False

        def __init__(self, *arguments: Any) -> None:
            self.arguments = arguments

        def start(self) -> None:
            started.append((*self.arguments, self.daemon))

    monkeypatch.setattr(celery, "Timer", Recorded)
    monkeypatch.setattr(worker, "_ending", bytearray(1))
    if is_orphan:
        monkeypatch.setattr(celery, "_PARENT", os.getppid() + 1)

    worker_shutting_down.send(sender="a worker", sig="SIGTERM", how="Warm", exitcode=0)

    ends = (celery.ORPHAN_SECONDS, os.killpg, (os.getpgrp(), signal.SIGKILL), True)
    assert started == ([ends] if is_orphan else [])
    assert celery.ORPHAN_SECONDS < 5
    assert worker.is_ending()
