"""Rows that people change keep their history; every other table says why it does not."""

from django.apps import apps

from tests.house.test_relations import is_history, ours

_FACTS = "a fact of the service, loaded from a file of the project"
_ADDED = "added and taken away, never changed"
_RECORD = "is itself the record of what became of something"
_TRAIL = "the audit trail names the fields that changed; earlier values are not kept"
_WORDS = "what residents said or need is not copied into a second table"
#: Tables whose rows keep no history, and why.
WITHOUT = {
    "core.Place": _FACTS,
    "core.LocalAuthority": _FACTS,
    "core.Organisation": _FACTS,
    "core.Collaborative": _FACTS,
    "core.Language": _FACTS,
    "core.Population": _FACTS,
    "core.Programme": _FACTS,
    "framework.StandardsVersion": _FACTS,
    "framework.Standard": _FACTS,
    "framework.Commitment": _FACTS,
    "core.AuditEvent": "the trail itself",
    "core.SentForm": "a note of a few days",
    "core.SignInLinkRequest": _RECORD,
    "core.User": _TRAIL,
    "people.Person": "has nothing that changes",
    "people.PersonDistinction": _ADDED,
    "people.AccessNeed": _WORDS,
    "messaging.SendingRun": _RECORD,
    "messaging.Delivery": _RECORD,
    "activities.ActivityPartner": _ADDED,
    "activities.Output": _ADDED,
    "activities.Attendance": _ADDED,
    "activities.Session": _TRAIL,
    "activities.HeadCount": _TRAIL,
    "activities.Contribution": _WORDS,
    "loop.Evidence": _ADDED,
    "loop.Loop": _TRAIL,
    "loop.Submission": _RECORD,
    "loop.Publication": "every version is a row of its own",
    "reporting.ReportFile": "frozen, with its fingerprint",
}


def test_model_when_its_rows_can_be_changed_then_they_keep_their_history() -> None:
    histories = (model for model in apps.get_models() if is_history(model))
    tracked = {vars(model)["pgh_tracked_model"] for model in histories}

    assert {model._meta.label for model in ours() if model not in tracked} == set(WITHOUT)
