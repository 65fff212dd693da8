"""What the check for known vulnerabilities makes of the report of pip-audit."""

import json

import pytest

from nel_participation.install import audit

_VULNERABLE = {
    "name": "left",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}],
}
_SOUND = {"name": "right", "version": "2.0", "vulns": []}
_UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found on PyPI"}


def _report(*packages: object) -> str:
    return json.dumps({"dependencies": packages})


def test_audit_when_a_package_is_vulnerable_then_fails_and_names_the_version_that_mends_it() -> (
    None
):
    code, lines = audit.verdict(_report(_VULNERABLE, _SOUND, _UNKNOWN), "", {})

    assert code == 1
    assert lines == [
        "left 1.0: PYSEC-1, mended in 1.1",
        "2 packages audited; 1 are unknown to the index.",
    ]


@pytest.mark.parametrize("name", ["PYSEC-1", "CVE-1"])
def test_audit_when_the_vulnerability_is_accepted_by_either_id_then_passes(name: str) -> None:
    code, lines = audit.verdict(_report(_VULNERABLE), "", {name: "Not reachable here."})

    assert (code, lines) == (0, ["1 packages audited."])


def test_audit_when_another_vulnerability_is_accepted_then_still_fails() -> None:
    code, _ = audit.verdict(_report(_VULNERABLE), "", {"PYSEC-2": "Another one."})

    assert code == 1


def test_audit_when_the_index_knows_no_package_then_passes_and_says_so() -> None:
    code, lines = audit.verdict(_report(_UNKNOWN), "", {})

    assert (code, lines) == (0, ["The index knows none of the packages, so nothing was audited."])


@pytest.mark.parametrize(
    ("errors", "code"),
    [("ConnectionError: Max retries exceeded", 0), ("invalid requirement on line 3", 1)],
)
def test_audit_when_there_is_no_report_then_only_a_missing_network_passes(
    errors: str, code: int
) -> None:
    assert audit.verdict("", errors, {})[0] == code


def test_accepted_when_written_in_pyproject_then_read_with_its_reason() -> None:
    written = '[tool.nel-audit.accepted]\nCVE-1 = "Not reachable here."\n'

    assert audit.accepted_vulnerabilities(written) == {"CVE-1": "Not reachable here."}


def test_accepted_when_it_has_no_reason_then_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "accepted_vulnerabilities", lambda text: {"CVE-1": " "})

    code = audit.main()

    assert code == 1
    assert "without a reason: CVE-1" in capsys.readouterr().out
