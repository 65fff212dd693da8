"""Copies what browsers need of the NHS design system's package into one small folder."""

import re
import shutil
from pathlib import Path

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+")


def build(package: Path, target: Path) -> None:
    """Fill `target` from the npm package `nhsuk-frontend` in `package`.

    The typeface is licensed to NHS sites and loaded from outside: its rules are dropped, and Arial,
    the design system's own second choice, is shown. Addresses become relative, so that the folder
    may be served from anywhere. Source maps are left out, and so is their mention, without which
    a build with fingerprints fails.
    """
    source = package / "dist" / "nhsuk"
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    styles = (source / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    styles = _SOURCE_MAP.sub("", _FONT_FACE.sub("", styles)).replace("url(/assets/", "url(assets/")
    (fresh / "nhsuk-frontend.min.css").write_text(styles, encoding="utf-8")
    script = (source / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (fresh / "nhsuk-frontend.min.js").write_text(_SOURCE_MAP.sub("", script), encoding="utf-8")
    shutil.copytree(source / "assets" / "images", fresh / "assets" / "images")
    shutil.copy2(source / "assets" / "manifest.json", fresh / "assets" / "manifest.json")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
