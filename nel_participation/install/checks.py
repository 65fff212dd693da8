"""Runs the tools of `make check` one after another, under a heading and with its time each."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
APPS = ("core", "standards", "engagement", "insight", "nel_participation")

# The settings of a production installation; nothing connects to these addresses.
PRODUCTION = {
    "NEL_RUN": "",
    "DATABASE_URL": "postgresql://participation:secret@database.invalid:5432/participation",
    "REDIS_URL": "redis://:secret@broker.invalid:6379/0",
    "SECRET_KEY": "a-key-for-this-check-only-that-signs-nothing-0123456789-abcdefghij",
    "BASE_URL": "https://participation.example.org",
    "ALLOWED_HOSTS": "participation.example.org",
    "EMAIL_URL": "smtp+tls://participation:secret@mail.invalid:587",
}


def main() -> int:
    """Run every check even when one fails, and say at the end which did."""
    failed = [name for name, step in _steps() if not _run(name, *step)]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nEvery check passed.")
    return 1 if failed else 0


def _steps() -> list[tuple[str, tuple[list[str], dict[str, str]]]]:
    python = sys.executable
    manage = [python, "manage.py"]
    # Scripts are run through Python, as their first lines hold the path of the folder they were
    # installed in.
    ruff = [str(BIN / "ruff")]
    imports = [python, str(BIN / "lint-imports"), "--no-cache"]
    templates = [python, "-m", "djlint", "templates", "--lint", "--quiet"]
    schema = [*manage, "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull]
    return [
        ("format", ([*ruff, "format", "--check", "."], {})),
        ("lint", ([*ruff, "check", "."], {})),
        ("imports", (imports, {})),
        ("names across wings", ([python, "-m", f"{__package__}.wings"], {})),
        ("templates", (templates, {})),
        ("types", ([python, "-m", "mypy", *APPS, "tests", "manage.py"], {})),
        ("migrations are made", ([*manage, "makemigrations", "--check", "--dry-run"], {})),
        ("migrations suit old code", ([python, "-m", f"{__package__}.migration_lint"], {})),
        ("ready to deploy", ([*manage, "check", "--deploy", "--fail-level", "INFO"], PRODUCTION)),
        ("schema of the API", (schema, {})),
        ("known vulnerabilities", ([python, "-m", f"{__package__}.audit"], {})),
    ]


def _run(name: str, command: list[str], more: dict[str, str]) -> bool:
    print(f"\n— {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, check=False).returncode
    print(
        f"  {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - began:.1f} s", flush=True
    )
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
