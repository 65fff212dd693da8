"""The forms of a page as a browser without scripts would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """A form that posts: its address, empty for that of the page, and what it would send."""

    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    posts: bool = False

    def sent(self, **changed: str) -> dict[str, list[str]]:
        """What is sent after these answers are changed."""
        return self.values | {name: [value] for name, value in changed.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select = self._textarea = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(given.get("action", ""), posts=given.get("method") == "post")
            self.forms.append(self._form)
        if self._form is None:
            return
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "input" and (kind not in {"checkbox", "radio"} or "checked" in given):
            self._add(name, given.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._textarea, self._text = name, []

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # A browser leaves out the first new line.
            self._add(self._textarea, "".join(self._text).removeprefix("\n"))
            self._textarea = ""
        elif tag == "form":
            self._form = None

    def _add(self, name: str, value: str) -> None:
        if name and self._form is not None:
            self._form.values.setdefault(name, []).append(value)


def forms_of(page: str) -> list[PageForm]:
    """The forms of a page that post, in their order."""
    reader = _Reader()
    reader.feed(page)
    return [form for form in reader.forms if form.posts]


def form_with(page: str, name: str) -> PageForm:
    """The form of a page that asks for this."""
    return next(form for form in forms_of(page) if name in form.values)
