"""Templates and style sheet: nothing in them that no page uses."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.jinja"))
PACKAGES = ("core", "standards", "engagement", "insight", "nel_participation")
_MACRO = re.compile(r"\{% macro (\w+)")
_CLASS = re.compile(r"\.(app-[\w-]+)")


def _read(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_macros_when_written_then_each_is_used() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in TEMPLATES}

    unused = {
        f"{path.name}: {name}"
        for path, text in texts.items()
        for name in _MACRO.findall(text)
        if not any(
            re.search(rf"(?<!macro )\b{name}\(", other)
            and (path == place or re.search(rf"import[^%]*\b{name}\b", other))
            for place, other in texts.items()
        )
    }

    assert not unused


def test_classes_when_styled_then_a_page_has_them() -> None:
    code = [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))]
    pages = sorted((ROOT / "templates").rglob("*.html*"))
    used = _read([*pages, *code, *sorted((ROOT / "static").glob("*.js"))])
    styled = set(_CLASS.findall(_read(sorted((ROOT / "static").glob("*.css")))))

    assert {one for one in styled if not _is_in(used, one)} == set()


def _is_in(used: str, name: str) -> bool:
    """Whether the class is written out, or its last part is filled in."""
    start = name.partition("__")[0]
    return bool(re.search(rf"\b{name}(?![\w-])", used)) or f"{start}__{{{{" in used
