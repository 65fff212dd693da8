"""`python -m nel_participation.embedded`: the parent, as `make run` starts it."""

import os
import signal
import sys

from nel_participation.embedded import parent
from nel_participation.embedded.processes import die_with_parent

if __name__ == "__main__":
    if os.environ.get("NEL_STARTED_BY_MAKE") == "1":
        # Were make killed, nobody would be left to tell us.
        die_with_parent(signal.SIGTERM)
    sys.exit(parent.run())
