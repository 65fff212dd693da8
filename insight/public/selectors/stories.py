"""A published answer in short, for lists: what was said, and what was done or why not."""

from dataclasses import dataclass

from core.published_fields import Words


@dataclass(frozen=True)
class Story:
    """An answer in two sentences and a tag: what was said, what was done or why not."""

    said: str
    lead: str
    did: str
    key: str
    label: str


#: Which outcome a story tells first: what changed, then what is to, then what was decided.
_TOLD_FIRST = ("made", "under_way", "planned", "not_accepted", "partly", "accepted", "undecided")


def of(page: Words, wanted: str) -> Story:
    """The one finding and outcome of a page that stand for it in a list."""
    told = [_told(change, "") for change in page["changes"]]
    for finding in page["findings"]:
        told += [_told(change, finding["sentence"]) for change in finding["changes"]]
        if finding["decision"]:
            told.append(_decided(finding["decision"], finding["sentence"]))
    if not told:
        said = page["findings"][0]["sentence"] if page["findings"] else ""
        return Story(said, "We did", "", "", "Not recorded")
    # What was said comes first where it is known: a change without its finding is half a story.
    story = min(
        told, key=lambda one: (one.key != wanted, one.said == "", _TOLD_FIRST.index(one.key))
    )
    if story.said == "" and page["findings"]:
        return Story(page["findings"][0]["sentence"], story.lead, story.did, story.key, story.label)
    return story


def _told(change: Words, said: str) -> Story:
    lead = {"made": "We did", "under_way": "We are doing", "planned": "We will"}[change["stage"]]
    return Story(said, lead, change["what"], change["stage"], change["stage_label"])


def _decided(decision: Words, said: str) -> Story:
    kind, reason = decision["kind"], decision["reason"]
    lead = {
        "not_accepted": "We cannot, because",
        "partly": "We agreed in part, because",
        "accepted": "We agreed",
        "undecided": "We have not decided yet",
    }[kind]
    return Story(said, lead, reason, kind, decision["label"])
