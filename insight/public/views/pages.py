"""The public pages: home, taking part, what came of it, reports, and about the site."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from markupsafe import Markup

from core import clock
from core.frozen import Altered
from core.periods import Month
from core.views.public import edition, public_page, render, unknown_value
from insight.public.selectors import published, reports


@public_page(reads=("place",))
def home(request: HttpRequest) -> HttpResponse:
    """The start page: what is open, what changed, how it works, the figures."""
    places, _ = published.filters(edition(request))
    place = _chosen(request, "place", places)
    context = {
        "places": places,
        "place": place,
        "open": published.opportunities(place=place.key if place else "", size=3),
        "changes": published.latest_changes(3, place=place.key if place else ""),
        "report": _headline_report(),
    }
    return render(request, "public/home.html.jinja", context)


@public_page(reads=("place", "page"))
def opportunity_list(request: HttpRequest) -> HttpResponse:
    """What is open now."""
    places, _ = published.filters(edition(request))
    place = _chosen(request, "place", places)
    rows = _page(request, published.opportunities, place=place.key if place else "")
    return render(
        request,
        "public/opportunity-list.html.jinja",
        {"places": places, "place": place, "rows": rows},
    )


@public_page()
def opportunity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What to know before taking part."""
    shown = published.opportunity(slug)
    if shown is None:
        raise Http404
    return render(
        request,
        "public/opportunity-detail.html.jinja",
        _page_context(shown) | {"state": shown.state, "today": clock.today().isoformat()},
    )


@public_page(reads=("place", "programme", "outcome", "page"))
def answer_list(request: HttpRequest) -> HttpResponse:
    """You said, we did."""
    places, programmes = published.filters(edition(request))
    outcomes = [published.Named(key, label) for key, label in published.OUTCOMES.items()]
    chosen = {
        "place": _chosen(request, "place", places),
        "programme": _chosen(request, "programme", programmes),
        "outcome": _chosen(request, "outcome", outcomes),
    }
    keys = {name: one.key for name, one in chosen.items() if one}
    context = {
        "filters": [
            ("place", "Place", "All places", places),
            ("programme", "Programme", "All programmes", programmes),
            ("outcome", "Result", "Everything", outcomes),
        ],
        "chosen": chosen,
        "rows": _page(request, partial(published.answers, _story), **keys),
    }
    return render(request, "public/answer-list.html.jinja", context)


@public_page()
def answer_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What people said at one activity, and what came of it."""
    shown = published.answer(slug)
    if shown is None:
        raise Http404
    return render(request, "public/answer-detail.html.jinja", _page_context(shown))


@public_page(reads=("figure",), checks=reports.latest)
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the newest published report; of the one that the address names, how it is
    counted and its parts.
    """
    report = reports.latest()
    measures = report.frozen["measures"] if report else []
    named = [published.Named(one["key"], one["title"]) for one in measures]
    chosen = _chosen(request, "figure", named)
    context = {
        "report": report,
        "reports": reports.listed(),
        "figure": measures[named.index(chosen)] if chosen else None,
    }
    return render(request, "public/figures.html.jinja", context)


@public_page()
def report_list(request: HttpRequest) -> HttpResponse:
    """The Board reports that have been published."""
    return render(request, "public/report-list.html.jinja", {"reports": reports.listed()})


def _report(month: str) -> reports.Report | None:
    return reports.of_month(_month(month))


@public_page(checks=_report)
def report_detail(request: HttpRequest, month: str) -> HttpResponse:
    """A published report, with the same content as its PDF."""
    shown = _report(month)
    if shown is None:
        raise Http404
    listed = next(one for one in reports.listed() if one.month == shown.month)
    context = {
        "document": reports.document(shown),
        "shown": shown,
        "files": listed.files,
    }
    return render(request, "public/report-detail.html.jinja", context)


def _report_file(month: str, kind: str) -> reports.ReportBytes | None:
    return reports.file_of(_month(month), kind)


@public_page(checks=_report_file)
def report_file(request: HttpRequest, month: str, kind: str) -> HttpResponse:
    """A file of a published report, byte for byte as approved."""
    file = _report_file(month, kind)
    if file is None:
        raise Http404
    # Shown by browsers that can show it, saved by the others.
    headers = {"Content-Disposition": f'inline; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


@public_page()
def standards(request: HttpRequest) -> HttpResponse:
    """The five standards, what each asks, and what each level of the spectrum promises."""
    context = {"wording": published.standards(), "levels": published.spectrum_levels()}
    return render(request, "public/standards.html.jinja", context)


@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and what has not been tried."""
    return render(request, "public/accessibility.html.jinja")


@public_page()
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site keeps of its readers and of those who take part."""
    return render(request, "public/privacy.html.jinja")


def _headline_report() -> reports.Report | None:
    """The newest report for the start page, which leaves the figures out where the report is not as
    it was approved: the pages of the figures and of the report say so.
    """
    with suppress(Altered):
        return reports.latest()
    return None


def _story(answer: published.Answer) -> str:
    """An answer as it stands in a list."""
    html = render_to_string("public/_story.html.jinja", {"row": answer}, using="jinja2")
    return Markup(html)  # noqa: S704  # the template has escaped what people wrote


def _page_context(shown: published.Opportunity | published.Answer) -> dict[str, Any]:
    return published.display(shown.page) | {
        "updated_on": shown.published_at,
        "version_number": shown.number,
    }


def _chosen(request: HttpRequest, name: str, choices: list[Any]) -> Any:
    """The choice that the address names; None where it names none or an unknown one."""
    key = request.GET.get(name)
    chosen = next((one for one in choices if one.key == key), None)
    if key and chosen is None:
        unknown_value(request)
    return chosen


def _page(request: HttpRequest, rows: Callable[..., Page[Any]], **filters: str) -> Page[Any]:
    """The page of these rows that the address asks for; the first or the last where it is none."""
    asked = request.GET.get("page", "1")
    # Longer numbers could overflow the database's offset, and no list has so many pages.
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= 6
    found = rows(**filters, page=int(asked) if is_number else 1)
    if str(found.number) != asked:
        unknown_value(request)
    return found


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404 from None
