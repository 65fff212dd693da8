"""The register of a session: people ticked, the head count, and somebody new."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import access, clock
from core.nhsuk.forms import NHSForm, accepted
from core.views.staff import StaffRequest, staff_page
from engagement.activities.actions import registers
from engagement.activities.forms.registers import HeadCountForm, TickForm
from engagement.activities.models import Session
from engagement.activities.permissions import Permission
from engagement.activities.presenters import sessions as presenters
from engagement.activities.selectors import registers as selectors
from engagement.people import presenters as people
from engagement.people.actions.contacts import LikenessFound
from engagement.people.forms.contacts import FindForm, NewAtSessionForm
from engagement.people.models import Contact


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_safe
def take(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The register. A request by htmx gets only the list of people found."""
    return _page(request, _session(request, pk))


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_POST
def tick(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = TickForm(request.user, request.POST)
    return _saved_or_problem(
        request,
        session,
        form,
        lambda: _save_ticks(request, session, came=form.new, taken_off=form.taken_off),
        lambda _: _changed(form.new, form.taken_off),
        ticks=form,
    )


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_POST
def untick(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = TickForm(request.user, request.POST)
    return _saved_or_problem(
        request,
        session,
        form,
        lambda: _save_ticks(request, session, came=[], taken_off=form.people),
        lambda _: _changed([], form.people),
    )


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_POST
def count(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = HeadCountForm(request.POST, row=session)
    return _saved_or_problem(
        request,
        session,
        form,
        lambda: registers.count_heads(by=request.user, session=session, **form.cleaned_data),
        lambda _: "Head count saved.",
        heads=form,
    )


@staff_page(Permission.CONTRIBUTION_RECORD)
@require_POST
def add(request: StaffRequest, pk: int) -> HttpResponseBase:
    session = _session(request, pk)
    form = NewAtSessionForm(request.POST, auto_id="new_%s")
    return _saved_or_problem(
        request,
        session,
        form,
        lambda: registers.add_at_session(by=request.user, session=session, **form.details),
        lambda contact: (
            f"Added: {contact.name}. {people.not_kept(contact, form.cleaned_data)}".strip()
        ),
        new=form,
    )


def _session(request: StaffRequest, pk: int) -> Session:
    rows = access.rows(request.user, Permission.CONTRIBUTION_RECORD, Session).select_related(
        "activity"
    )
    return get_object_or_404(rows.select_related("activity__lead_organisation"), pk=pk)


def _save_ticks(
    request: StaffRequest,
    session: Session,
    *,
    came: Iterable[Contact],
    taken_off: Iterable[Contact],
) -> bool:
    registers.save_ticks(by=request.user, session=session, came=came, taken_off=taken_off)
    return True


def _changed(ticked: Iterable[Contact], taken_off: Iterable[Contact]) -> str:
    """“Added: Rosa Bloom. Removed: Tom Ash.”"""
    parts = [
        f"{done}: {', '.join(person.name for person in people)}."
        for done, people in (("Added", list(ticked)), ("Removed", list(taken_off)))
        if people
    ]
    return " ".join(parts) or "Nothing has changed on the register."


def _saved_or_problem(
    request: StaffRequest,
    session: Session,
    form: NHSForm,
    write: Callable[[], object],
    done: Callable[[Any], str],
    **forms: NHSForm,
) -> HttpResponseBase:
    """Write and redirect to the register, or show it with the errors of the form.

    The page's script asks for JSON: the number ticked, or with status 422 the problem, with the
    question where the form about a new person has to ask one.
    """
    written = _written(form, write)
    if written is not None:
        if not request.accepts("text/html"):
            ticked = {"ticked": selectors.number_ticked(request.user, session)}
            return JsonResponse(ticked | form.seen_now)
        messages.success(request, done(written))
        return redirect("register-take", session.pk)
    if not request.accepts("text/html"):
        return JsonResponse(_refusal(form), status=422)
    return _page(request, session, problem=form, **forms)


def _refusal(form: NHSForm) -> dict[str, Any]:
    problems = [str(error) for errors in form.errors.values() for error in errors]
    if form.conflicts:
        theirs = "; ".join(f"{question} {answer}" for question, answer in form.conflicts)
        problems = [f"Someone else has changed the head count. {theirs}. Save again to replace it."]
    refusal: dict[str, Any] = {"problem": " ".join(problems)} | form.seen_now
    if isinstance(form, NewAtSessionForm) and form.question:
        refusal["question"] = form.question
    return refusal


def _written(form: NHSForm, write: Callable[[], object]) -> object:
    """As `accepted`. The form for somebody new may have to ask whether they are already held."""
    try:
        return accepted(form, write)
    except LikenessFound as likeness:
        if not isinstance(form, NewAtSessionForm):
            raise
        form.ask(likeness)
        return None


def _page(
    request: StaffRequest, session: Session, problem: NHSForm | None = None, **forms: Any
) -> HttpResponse:
    find_form = FindForm(request.POST if "q" in request.POST else request.GET)
    name = find_form.cleaned_data["q"] if find_form.is_valid() else ""
    is_partial = getattr(request, "htmx", False) and request.method == "GET"
    found = selectors.candidates_at(request.user, session, name, with_ticked=bool(is_partial))
    context = {
        "session": session,
        "activity": session.activity,
        "when": presenters.session_time(session),
        "closed_because": presenters.register_closed_because(session, clock.today()),
        "found": [people.person_line(person, with_needs=True) for person in found],
        "chosen": _chosen(found, forms.get("ticks")),
        "name": name,
        "max_shown": selectors.MAX_SHOWN,
    }
    if is_partial:
        return render(request, "activities/_register-found.html.jinja", context)
    ticked = list(selectors.ticked(request.user, session))
    context |= {
        "ticked": [people.person_line(row.contact, with_needs=True) for row in ticked],
        "number_ticked": len({row.person_id for row in ticked}),
        "ticked_elsewhere": selectors.ticked_elsewhere(request.user, session),
        "find_form": find_form,
        "heads": forms.get("heads") or HeadCountForm(row=session),
        "new": forms.get("new") or NewAtSessionForm(auto_id="new_%s"),
        "problem": problem,
        "address": reverse("register-take", args=[session.pk]),
    }
    return render(
        request, "activities/register-take.html.jinja", context, status=422 if problem else 200
    )


def _chosen(found: list[Contact], ticks: TickForm | None) -> set[int]:
    """Whose boxes are ticked: everybody on the register, but for what `ticks` changes."""
    chosen = {person.pk for person in found if getattr(person, "is_here", False)}
    if ticks is None or not ticks.is_valid():
        return chosen
    chosen -= {person.pk for person in ticks.taken_off}
    return chosen | {person.pk for person in ticks.people}
