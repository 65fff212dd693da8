"""`make bench`: measures each line beside its floor, prints the table, and keeps it as JSON under
var/bench/.
"""

import json
import os
import platform
import secrets
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run every line on an embedded database of its own, made as durable as the product's."""
    from nel_participation.embedded.broker import Broker
    from nel_participation.embedded.postgres import Postgres
    from nel_participation.embedded.processes import remove_server_folder

    folder = Path(tempfile.mkdtemp(prefix="nel-bench-"))
    database, broker = Postgres(folder / "postgres"), Broker(folder / "broker")
    database.start()
    broker.start()
    try:
        os.environ.update(
            NEL_RUN="embedded",
            DATABASE_URL=database.url,
            REDIS_URL=broker.url,
            SECRET_KEY=secrets.token_urlsafe(50),
            DJANGO_SETTINGS_MODULE="nel_participation.settings",
        )
        return _measure()
    finally:
        broker.stop()
        database.stop()
        for part in ("postgres", "broker"):
            remove_server_folder(folder / part)
        folder.rmdir()


def _measure() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from nel_participation import static_files
    from tests.bench import deliveries, pages, redaction, report, start
    from tests.bench.lines import Line, table

    static_files.collect()
    call_command("migrate", verbosity=0)
    call_command("load_facts", verbosity=0)
    call_command("seed_demo", verbosity=0)
    lines: list[Line] = []
    for room in (redaction, pages, start, deliveries, report):
        print(f"measuring {room.__name__.rsplit('.', 1)[1]} …", file=sys.stderr)
        lines += room.measure()
    print(table(lines))
    print(f"\n{redaction.accuracy()}")
    kept = ROOT / "var" / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    path = kept / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    path.write_text(
        json.dumps({"machine": machine, "lines": [line.as_json() for line in lines]}, indent=2)
        + "\n"
    )
    print(f"\nKept in {path.relative_to(ROOT)}. Ratios are what counts; times are this machine's.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
