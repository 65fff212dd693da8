"""Checks of a page: axe at both widths, errors in the console, and basic structure."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.windows import PHONE, WIDE

#: The script of axe, installed by the set-up.
AXE = Path(settings.BASE_DIR) / "var" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_AXE = """async rules => {
    // The menu folds what does not fit a moment after the window was resized.
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const options = {runOnly: rules, resultTypes: ["violations"], preload: false};
    const found = await axe.run(document, options);
    const where = one => one.nodes.map(node => node.html.slice(0, 200)).join(" | ");
    return found.violations.map(one => `${one.id}: ${one.help}: ${where(one)}`);
}"""
_LOOK = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(part => part.id);
    const inside = [...document.querySelectorAll('a[href^="#"]')].map(link => link.hash.slice(1));
    return {
        headings: document.querySelectorAll("h1").length,
        title: document.title,
        lang: document.documentElement.lang,
        twice: ids.filter((id, at) => ids.indexOf(id) !== at),
        dead: inside.filter(id => id && !document.getElementById(id)),
    };
}"""
_WIDTH = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const inner = ".app-scroll, .nhsuk-u-visually-hidden, details:not([open])";
    const hidden = part => part.closest(inner);
    return ["scrolls sideways", ...[...document.body.querySelectorAll("*")]
        .filter(part => part.getBoundingClientRect().right > wide + 1 && !hidden(part))
        .slice(0, 3).map(part => part.outerHTML.slice(0, 160))];
}"""


@dataclass
class Watched:
    """A window that records script errors, blocked content and missing files."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.add_init_script(path=AXE)
        self.page.on("console", self._record)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))

    def open(self, address: str) -> list[str]:
        """Open a page and check it at both widths; gives everything that is wrong with it."""
        self.faults.clear()
        self.page.set_viewport_size(WIDE)
        answer = self.page.goto(address)
        wrong = [] if answer and answer.status == 200 else [f"answered {answer and answer.status}"]
        return [*wrong, *self.look(), *self.faults]

    def look(self) -> list[str]:
        """Check the open page at both widths."""
        seen = self.page.evaluate(_LOOK)
        return [
            *([] if seen["headings"] == 1 else [f"{seen['headings']} h1 headings"]),
            *([] if seen["title"].strip() else ["no title"]),
            *([] if seen["lang"] == "en-GB" else [f"language {seen['lang']!r}"]),
            *(f"id twice: {one}" for one in seen["twice"]),
            *(f"dead link: #{one}" for one in seen["dead"]),
            *self._at(WIDE),
            *self._at(PHONE),
            *self.page.evaluate(_WIDTH),
        ]

    def _at(self, size: Any) -> list[str]:
        self.page.set_viewport_size(size)
        return [f"{size['width']} px: {found}" for found in self.page.evaluate(_AXE, _RULES)]

    def _record(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")
