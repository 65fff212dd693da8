"""Static files are collected when one has changed, and every one that a template names is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from nel_participation import static_files

TEMPLATES = Path(settings.BASE_DIR) / "templates"
AS_IN_PRODUCTION = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def test_static_files_when_collected_then_each_that_a_template_names_is_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {
        name
        for template in TEMPLATES.rglob("*.jinja")
        for name in re.findall(r"static\(['\"]([^'\"]+)['\"]\)", template.read_text())
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=AS_IN_PRODUCTION):
        static_files.collect()
        monkeypatch.setattr(static_files, "call_command", lambda *_, **__: 1 / 0)
        static_files.collect()

    assert len(named - {"x.js"}) > 5
    for name in named - {"x.js"}:
        stem, _, kind = name.rpartition(".")
        assert list(tmp_path.glob(f"{stem}.*.{kind}"))
        assert list(tmp_path.glob(f"{stem}.*.{kind}.gz"))
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) < 300
