"""Runs the supervisor, as `make run` does: `python -m nel_participation.embedded`."""

import os
import signal
import sys

from nel_participation.embedded import supervisor
from nel_participation.embedded.processes import request_signal_on_parent_death

if __name__ == "__main__":
    if os.environ.get("NEL_STARTED_BY_MAKE") == "1":
        # make cannot pass a signal on when it is killed itself.
        request_signal_on_parent_death(signal.SIGTERM)
    sys.exit(supervisor.run())
