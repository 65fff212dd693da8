"""Checks the locked packages for known vulnerabilities with pip-audit."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
DEV_LOCK = Path(__file__).resolve().parent / "requirements-dev.lock"
PYPROJECT = ROOT / "pyproject.toml"


def main() -> int:
    """Audit the lock file and print what was found.

    Returns 1 for a known vulnerability that is not accepted in pyproject.toml, for an accepted one
    without a reason, and when pip-audit itself fails. Returns 0 when no index can be reached.
    """
    accepted = accepted_vulnerabilities(PYPROJECT.read_text())
    without_reason = [key for key, reason in accepted.items() if not reason.strip()]
    if without_reason:
        print(f"Accepted in pyproject.toml without a reason: {', '.join(without_reason)}")
        return 1
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--requirement", str(DEV_LOCK)),
            *("--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"),
            *("--timeout", "10"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    code, lines = verdict(done.stdout, done.stderr, accepted)
    print("\n".join(lines))
    return code


def accepted_vulnerabilities(pyproject: str) -> dict[str, str]:
    """The reason for each accepted vulnerability by its id, from [tool.nel-audit.accepted]."""
    table = tomllib.loads(pyproject).get("tool", {}).get("nel-audit", {}).get("accepted", {})
    return {str(key): str(reason) for key, reason in table.items()}


def verdict(report: str, errors: str, accepted: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code and the lines to print, from what pip-audit wrote."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        if re.search("Connection|Timeout|timed out|resolve", errors, re.IGNORECASE):
            return 0, ["No index could be reached, so nothing was audited."]
        return 1, ["pip-audit failed:", *errors.strip().splitlines()[-5:]]
    audited = [package for package in packages if "skip_reason" not in package]
    if not audited:
        return 0, ["The index knows none of the packages, so nothing was audited."]
    found = [_line(package, vulnerability) for package, vulnerability in _open(audited, accepted)]
    skipped = len(packages) - len(audited)
    unknown = f"; {skipped} are unknown to the index" if skipped else ""
    return bool(found), [*found, f"{len(audited)} packages audited{unknown}."]


def _open(
    packages: list[dict[str, Any]], accepted: dict[str, str]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each package with each of its vulnerabilities that is accepted under none of its names."""
    return [
        (package, vulnerability)
        for package in packages
        for vulnerability in package["vulns"]
        if not accepted.keys() & {vulnerability["id"], *vulnerability.get("aliases", [])}
    ]


def _line(package: dict[str, Any], vulnerability: dict[str, Any]) -> str:
    fixed = ", ".join(vulnerability.get("fix_versions", [])) or "no version yet"
    name = f"{package['name']} {package['version']}"
    return f"{name}: {vulnerability['id']}, mended in {fixed}"


if __name__ == "__main__":
    sys.exit(main())
