"""Layouts and macros: structure of pages, and forms that keep what was typed."""

import base64
import hashlib
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch

from core.choices import Role
from core.models import User
from core.nhsuk import forms, navigation


class ExampleForm(forms.NHSForm):
    """A form with every kind of field."""

    title = forms.TextField("What is it called?", hint="People see this", autocomplete="off")
    about = forms.TextareaField("What is it about?", count=500)
    note = forms.TextareaField("Note", required=False)
    place = forms.SelectField("Where?", choices=[("h", "Hackney"), ("n", "Newham")])
    level = forms.RadiosField(
        "Level", choices=[("inform", "Inform", "We tell people"), ("c", "Consult")]
    )
    needs = forms.CheckboxesField("Needs", choices=[("a", "Large print"), ("b", "Signing")])
    held_on = forms.DateField("When?")
    agreed = forms.TickField("I agree", required=True)
    password = forms.PasswordField()
    key = forms.HiddenField()


PAGE = """{% extends "layout/public.html.jinja" %}
{% from "layout/forms.html.jinja" import error_summary, field, hidden, submit %}
{% block title %}Answer{% endblock %}
{% block content %}{{ error_summary(form) }}<h1>Answer</h1>{{ hidden(form) }}
{% for one in form.visible_fields() %}{{ field(one) }}{% endfor %}
{{ submit("Save") }}{% endblock %}"""


def render(source: str, /, user: Any = None, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return engines.all()[0].from_string(source).render(context, request)


def test_what_was_typed_stays_in_every_field_and_cannot_run() -> None:
    typed = {
        "title": '"><script>x</script>',
        "about": "\n  first\n    second</textarea>",
        "note": "  kept",
        "place": "n",
        "level": "c",
        "needs": ["b"],
        "held_on-day": "31",
        "held_on-month": "feb",
        "held_on-year": "2027",
        "agreed": "on",
        "password": "secret words",
        "key": "3",
    }

    page = render(PAGE, form=ExampleForm(typed))

    assert "<script>x" not in page
    assert "&#34;&gt;&lt;script&gt;x" in page
    assert ">\n\n  first\n    second&lt;/textarea&gt;</textarea>" in page
    assert ">  kept</textarea>" in page
    assert '<option value="n" selected>' in page
    assert re.search(r'value="c"\s+checked', page)
    assert re.search(r'value="b"\s+checked', page)
    assert re.search(r'name="agreed" type="checkbox" value="on"\s+checked', page)
    assert 'value="31"' in page
    assert 'value="feb"' in page
    assert "secret words" not in page
    assert 'type="hidden" name="key" value="3"' in page


def test_a_page_with_errors_says_so_in_its_title_and_leads_to_the_fields() -> None:
    page = render(PAGE, form=ExampleForm({}))

    assert "<title>Error: Answer –" in page
    for bound in ExampleForm({}):
        target = f"id_{bound.name}-day" if bound.name == "held_on" else f"id_{bound.name}"
        if not bound.is_hidden and bound.field.required:
            assert f'href="#{target}"' in page
            assert f'id="{target}"' in page


def test_a_page_without_errors_does_not_mention_any() -> None:
    page = render(PAGE, form=ExampleForm())

    assert "<title>Answer – NHS North East London Participation</title>" in page
    assert "There is a problem" not in page


def test_labels_say_what_is_optional_and_hints_are_tied_to_their_field() -> None:
    page = render(PAGE, form=ExampleForm())

    assert "Note (optional)" in page
    assert 'aria-describedby="id_title-hint"' in page
    assert 'autocomplete="off"' in page


@pytest.mark.parametrize("layout", ["public", "staff", "account"])
def test_every_layout_has_its_landmarks_language_and_no_inline_style(layout: str) -> None:
    page = render(
        f'{{% extends "layout/{layout}.html.jinja" %}}{{% block title %}}T{{% endblock %}}'
    )

    assert '<html lang="en-GB"' in page
    assert 'href="#maincontent"' in page
    for landmark in ("<header ", "<main ", "<footer "):
        assert page.count(landmark) == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=", page)


@pytest.mark.parametrize("layout", ["public", "staff", "account"])
def test_every_layout_when_it_holds_a_script_then_the_policy_knows_it(layout: str) -> None:
    page = render(f'{{% extends "layout/{layout}.html.jinja" %}}')

    directives: Any = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(inline) == 1
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in directives["script-src"]
    assert page.count("<script") == 1 + len(re.findall(r'<script [^>]*src="/static/', page))


def test_a_public_page_does_not_ask_who_is_reading() -> None:
    class Nobody:
        """Fails when any attribute is read."""

        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

    page = render('{% extends "layout/public.html.jinja" %}', user=Nobody())

    assert "Staff sign in" in page


def test_a_staff_page_names_its_reader_and_signs_out_by_post() -> None:
    user = User(name="Ọlá Okafor", email="o@example.org", role=Role.OFFICER)

    page = render('{% extends "layout/staff.html.jinja" %}', user=user)

    assert "Ọlá Okafor" in page
    assert re.search(r'<form[^>]+method="post" action="/accounts/logout/"', page)


def test_navigation_shows_what_the_role_may_follow(monkeypatch: Any) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register("staff", "Live", "health-live", order=2)
    navigation.register("staff", "Account", "account_login", order=1, roles=(Role.LEAD,))
    request = RequestFactory().get("/health/live")

    request.user = User(role=Role.OFFICER)
    officers = navigation.items("staff", request)
    request.user = User(role=Role.LEAD)
    leads = navigation.items("staff", request)

    assert [(link.text, link.current) for link in officers] == [("Live", True)]
    assert [link.text for link in leads] == ["Account", "Live"]


def test_navigation_with_a_name_that_has_no_address_is_an_error(monkeypatch: Any) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.register("public", "Nowhere", "no-such-page", order=3)

    with pytest.raises(NoReverseMatch):
        navigation.items("public", RequestFactory().get("/"))


def test_pagination_keeps_the_filters_of_the_address() -> None:
    source = '{% from "layout/parts.html.jinja" import pagination %}{{ pagination(page, request) }}'

    page = render(source, path="/?place=hackney&page=2", page=Paginator(range(50), 10).page(2))

    assert 'href="?place=hackney&amp;page=3"' in page
    assert page.count('aria-current="page"') == 1
