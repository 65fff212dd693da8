"""The application with the packages of production only, for the start line.

structlog loads `rich` wherever it is installed, which takes 0.2 s. Only the environment of the
tests has it, so it is hidden here.
"""

import importlib
import sys

sys.modules["rich"] = None  # type: ignore[assignment]  # Python's own way to say “not installed”

application = importlib.import_module("nel_participation.wsgi").application
