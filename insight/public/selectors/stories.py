"""A published answer in short, for lists: one finding, and what was done or decided about it."""

from dataclasses import dataclass, replace

from core.published_fields import Words


@dataclass(frozen=True)
class Story:
    """An answer in two sentences and a tag.

    `you_said` and `response` are the words of residents and of the partners, either may be empty;
    `lead` introduces the response. `outcome` is a kind of decision or a stage of change, `label`
    its words.
    """

    you_said: str
    lead: str
    response: str
    outcome: str
    label: str

    @property
    def is_complete(self) -> bool:
        """Whether both what was said and what was done or decided is recorded."""
        return bool(self.you_said and self.response)


#: The outcome that a story shows first: what changed, then what will, then what was decided.
_ORDER = ("made", "under_way", "planned", "not_accepted", "partly", "accepted", "undecided")


def of(page: Words, outcome: str) -> Story:
    """The story of a page; with the given outcome where the page has it."""
    stories = [_of_change(change, "") for change in page["changes"]]
    for finding in page["findings"]:
        stories += [_of_change(change, finding["sentence"]) for change in finding["changes"]]
        if finding["decision"]:
            stories.append(_of_decision(finding["decision"], finding["sentence"]))
    first_sentence = page["findings"][0]["sentence"] if page["findings"] else ""
    if not stories:
        return Story(first_sentence, "We did", "", "", "Not recorded")
    # A change whose finding is not known comes last.
    story = min(
        stories,
        key=lambda one: (one.outcome != outcome, not one.you_said, _ORDER.index(one.outcome)),
    )
    if not story.you_said and first_sentence:
        return replace(story, you_said=first_sentence)
    return story


def _of_change(change: Words, you_said: str) -> Story:
    lead = {"made": "We did", "under_way": "We are doing", "planned": "We will"}[change["stage"]]
    return Story(you_said, lead, change["what"], change["stage"], change["stage_label"])


def _of_decision(decision: Words, you_said: str) -> Story:
    lead = {
        "not_accepted": "We cannot, because",
        "partly": "We agreed in part, because",
        "accepted": "We agreed",
        "undecided": "We have not decided yet",
    }[decision["kind"]]
    return Story(you_said, lead, decision["reason"], decision["kind"], decision["label"])
