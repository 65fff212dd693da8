"""Which static files are collected: our own, the design system's and htmx."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# What packages bring and no page of ours shows.
NOT_COLLECTED = [
    "rest_framework",
    "import_export",
    "ext",
    "django-htmx.js",
    "htmx-2.js",
    "htmx-4*",
    "htmax*",
]


def collect() -> None:
    """Collect and compress the static files, unless none has changed since the last time."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists() or manifest.stat().st_mtime < _newest():
        call_command("collectstatic", interactive=False, verbosity=0)


def _newest() -> float:
    times: list[float] = [
        storage.get_modified_time(path).timestamp()
        for finder in get_finders()
        for path, storage in finder.list(NOT_COLLECTED)
    ]
    return max(times)
