"""The web server of `make run`: `python -m nel_participation.embedded.web PORT`.

Waitress reads a request whole before a thread works on it, so that any number of visitors who send
half of one, by accident or in bad faith, do not stop the site for others.
"""

import signal
import sys
from types import FrameType

import waitress

THREADS = 8
#: Connections that may be open at once; those over it wait.
CONNECTIONS = 500
#: A connection on which nothing happens is closed after so many seconds.
IDLE_SECONDS = 30


def main(port: int) -> None:
    """Serve the site on loopback until SIGTERM, which lets requests in progress finish."""
    signal.signal(signal.SIGTERM, _stop)
    from nel_participation.wsgi import application

    waitress.serve(
        application,
        host="127.0.0.1",
        port=port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=10,
        asyncore_use_poll=True,
        ident=None,
        _quiet=True,
    )


def _stop(_signal: int, _frame: FrameType | None) -> None:
    # Waitress ends its threads in good order when it is left by an exit.
    raise SystemExit


if __name__ == "__main__":
    main(int(sys.argv[1]))
