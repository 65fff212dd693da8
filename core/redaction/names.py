"""Finds the names of people: those given, those after a title or an introduction, and those that
lists of first names and surnames know.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.redaction import lists
from core.redaction.lists import words
from core.redaction.text import composed, key, searched

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0963\u0971-\u09e5\u09f0-\u0dff])"
#: Words, with apostrophes and hyphens inside them.
_WORD = re.compile(rf"{_LETTER}+(?:['-]{_LETTER}+)*")
#: Scripts that are written without blanks between words.
_RUN_ON = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)

_TITLES = words(
    """
    mr mrs ms miss mx dr prof professor sir dame rev reverend imam sheikh mufti rabbi fr cllr
    councillor sister nurse matron midwife auntie aunty uncle aunt granny pastor mister doctor
    """
)
_ONLY_TITLES = words("mr mrs ms miss dr prof cllr")
_ROLES = words(
    """
    practitioner practitioners led specialist specialists manager managers surgery surgeries ward
    team call calls station staff consultant in on at and or who was is had the a to of for s
    """
)
_RELATIONS = words(
    """
    son daughter mum mother dad father brother sister husband wife partner nan gran grandmother
    grandfather grandson granddaughter neighbour friend carer niece nephew cousin baby boy girl
    aunt uncle midwife visitor worker gp consultant physio physiotherapist therapist receptionist
    nurse doctor surgeon interpreter advocate dentist pharmacist colleague manager chair boss
    landlord twin
    """
)
_VERBS = words(
    """
    ask asked asking told tell telling met saw see thank thanked thanks spoke called named contact
    contacted signed regards dear hi hello is are love sincerely faithfully by from with
    """
)
_PARTICLES = words("al el bin ibn bint van von de da di du la le ni mac mc ul ur o abu")
#: What makes a place, a street or an organisation of the capitals before it.
_PLACES = words(
    """
    street road avenue lane close park hospital centre house ward clinic surgery line cross hall
    school university court square hill green gardens hub library church mosque temple station
    market way place bridge gate town city trust practice practices college academy estate heights
    lodge pharmacy unit building wing suite terrace grove crescent drive row common fields marshes
    island river award foundation charity association society project group forum council day week
    month street valley vale hotel cafe theatre stadium health medical care syndrome disease
    test scale
    """
)
#: Two words, with the one before, after which anything is a name, and after which a name may come.
_INTRODUCED = {
    ("name", "is"),
    ("name", "was"),
    ("am", "called"),
    ("is", "called"),
    ("was", "called"),
}
_I_AM = {("i", "am"), ("im",), ("it", "was"), ("this", "is")}
_MAY_BE = {
    *(("it", "is"), ("its",), ("was", "with"), ("spoke", "to")),
    *(("talk", "to"), ("speak", "to"), ("talked", "to"), ("ask", "for"), ("asked", "for")),
}
_TELLING = words("told tell ask asked thank signed")
_CALLED = words("called named")
_DOES = words(
    "was is said says told has had did does wants knows came asked wrote thinks lives who"
)
_SAYING = words("said says")
_SAINT = words("st saint")
_OWNERS = words("my our his her their the your")
_BEFORE_THINGS = _OWNERS | words("a an this that no some any")
_GREETINGS = words("signed regards sincerely faithfully thanks love from")
_NO_NAME = _ROLES | _PLACES | lists.not_names()
_HAN = re.compile("[\u4e00-\u9fff]")
_ENDS = ".!?:;\n•"
#: The most words of one name.
_MOST = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. `begins` a sentence; `joined` to the word before by a blank alone, or by
    the dot of an initial or a title. `is_shouted` in a text of capitals throughout, where a capital
    says nothing.
    """

    start: int
    end: int
    key: str
    is_capital: bool
    is_shouted: bool
    begins: bool
    joined: bool

    @property
    def is_uncased(self) -> bool:
        """Whether its script has no capitals."""
        return not self.key.isascii() and self.key.upper() == self.key.lower()


def words_of(text: str) -> list[Word]:
    """The words of a text from `text.searched`, without the s of a possessive."""
    found: list[Word] = []
    letters = text if text.isascii() else "".join(filter(str.isalpha, text))
    shouts = sum(map(str.isupper, letters)) > len(letters) * 0.6 and len(letters) > 25
    before = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        if word.endswith(("'s", "'S")):
            word, end = word[:-2], end - 2
        between = text[before:start]
        last = between.strip(" \"'()[]")
        one = found[-1] if found else None
        is_short = one is not None and (len(one.key) == 1 or one.key in _TITLES)
        is_initial = last == "." and is_short
        found.append(
            Word(
                start,
                end,
                key(word),
                word[0].isupper() and not shouts,
                shouts,
                not found or (bool(last) and last[-1] in _ENDS and not is_initial),
                between == " " or (is_initial and found[-1].is_capital),
            )
        )
        before = end
    return found


class Known:
    """The names of the people of one activity, compiled once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._parts: set[str] = set()
        self._with_capital: set[str] = set()
        # Those looked for as they are written: with other signs than letters, or without blanks.
        written: set[str] = set()
        for name in names:
            form = searched(composed(name)).strip()
            found = [match.group() for match in _WORD.finditer(form)]
            if _WORD.sub("", form).strip(" .,"):
                edges = r"(?<!\w){}(?!\w)"
                strange = (part for part in form.split() if not _WORD.fullmatch(part))
                written.update(map(edges.format, map(re.escape, (form, *strange))))
            if _RUN_ON.search(form):
                together = "".join(found)
                written.update(re.escape(one) for one in (*found, together) if len(one) > 1)
            keys = tuple(map(key, found))
            if len(keys) > 1:
                self._whole.setdefault(keys[0], []).append(keys)
            for part in keys:
                if len(part) < 3 or part in lists.ambiguous():
                    self._with_capital.add(part)
                else:
                    self._parts.add(part)
        longest_first = "|".join(sorted(written, key=len, reverse=True))
        self._written = re.compile(longest_first, re.IGNORECASE) if written else None

    def find(self, text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Where the names are, in a text with its words."""
        for at, word in enumerate(found):
            parts = (word.key, *word.key.split("-")) if "-" in word.key else (word.key,)
            if not self._parts.isdisjoint(parts) or (
                word.key in self._with_capital and len(word.key) > 1 and _is_meant(found, at)
            ):
                yield word.start, word.end
            for keys in self._whole.get(word.key, ()):
                if tuple(one.key for one in found[at : at + len(keys)]) == keys:
                    yield word.start, found[at + len(keys) - 1].end
        if self._written is not None:
            for match in self._written.finditer(text):
                yield match.span()


def _is_meant(found: Sequence[Word], at: int) -> bool:
    """Whether a short part of a known name, or one that is a word as well, is the name here."""
    word = found[at]
    is_word = word.key in lists.ambiguous()
    if (word.is_capital and not (is_word and word.begins)) or (word.is_shouted and not is_word):
        return True
    before = found[at - 1].key if at and word.joined else ""
    does = at + 1 < len(found) and found[at + 1].joined and found[at + 1].key in _DOES
    return (does and before not in _BEFORE_THINGS) or before in _SAYING


def guessed(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where names are that nobody gave."""
    at, ended = 0, -1
    while at < len(found):
        # After a name and “and”, another name is likely.
        goes_on = found[at - 1].key == "and" and ended == at - 1 if at else False
        length = _after_a_title(found, at) or _name_at(found, at, goes_on=goes_on)
        if length:
            yield found[at].start, found[at + length - 1].end
            ended = at + length
        at += length or 1
    if _HAN.search(text):
        for match in lists.han_names().finditer(text):
            yield match.span()


def _after_a_title(found: Sequence[Word], at: int) -> int:
    """How many words a title and the name after it are; 0 where there is none."""
    title = found[at]
    if title.key not in _TITLES or not (title.is_capital or title.key in _ONLY_TITLES):
        return 0
    length = 1
    for word in found[at + 1 : at + _MOST]:
        is_name = word.is_capital if title.is_capital else _is_listed(word)
        if not (word.joined and is_name and not word.begins):
            break
        if word.key in _ROLES or word.key in lists.not_names():
            break
        length += 1
    return length if length > 1 else 0


def _name_at(found: Sequence[Word], at: int, *, goes_on: bool) -> int:
    """How many words the name is that begins here; 0 where there is none."""
    word, cue = found[at], _LIKELY if goes_on else _cue(found, at)
    if word.is_uncased:
        return _uncased(found, at)
    if not (word.is_capital or cue == _SURE or word.key in lists.first_names()):
        return 0
    if word.key in _NO_NAME or (at and found[at - 1].key in _SAINT):
        return 0
    length = 1 + _rest(found, at, is_named=bool(cue))
    after = found[at + length] if at + length < len(found) else None
    if after is not None and after.joined and after.is_capital and after.key in _PLACES:
        return 0
    is_name = _is_name if word.is_capital else _is_small_name
    does = after is not None and after.joined and after.key in _DOES
    return length if is_name(found[at : at + length], cue, does) else 0


def _is_name(name: Sequence[Word], cue: int, does: bool) -> bool:
    """Whether words with a capital are a name, by what stands before them and by the lists; `does`
    says that a verb stands after them.
    """
    word, rest = name[0], name[1:]
    is_first = _is_first(word.key)
    is_last, is_word = word.key in lists.surnames(), word.key in lists.ambiguous()
    if cue == _SURE:
        return True
    if cue and not word.begins and (is_first or is_last or (not is_word and cue == _LIKELY)):
        return True
    has_surname = bool(rest) and rest[-1].key in lists.surnames()
    is_plain = any(one.key not in lists.ambiguous() for one in rest)
    if is_first:
        return not is_word or (has_surname and is_plain)
    if len(word.key) == 1:
        # Initials: those of a word end a sentence rather than begin a name.
        return bool(rest) and len(rest[-1].key) > 2 and rest[-1].key not in lists.ambiguous()
    if is_word:
        return False
    if does and is_plain and len(name[-1].key) > 1:
        return True
    # A surname alone begins many a sentence that is about a place or a thing.
    return (has_surname and is_plain) or (is_last and (bool(rest) or not word.begins or does))


def _is_small_name(name: Sequence[Word], cue: int, does: bool) -> bool:
    """The same for words without a capital, where the lists must be sure of them."""
    if name[0].key in lists.ambiguous():
        return False
    has_surname = len(name) > 1 and _is_listed(name[1])
    return cue == _SURE or (_is_first(name[0].key) and (has_surname or bool(cue)))


def _is_first(name: str) -> bool:
    return name in lists.first_names() or (
        "-" in name and name.split("-")[0] in lists.first_names()
    )


def _uncased(found: Sequence[Word], at: int) -> int:
    """How many words the name is that begins here, in a script without capitals."""
    if found[at].key not in lists.first_names() and found[at].key not in lists.surnames():
        return 0
    after = found[at + 1] if at + 1 < len(found) else None
    both = after is not None and after.joined and after.key in lists.surnames()
    return 1 + both if len(found[at].key) > 2 or both else 0


def _is_listed(word: Word) -> bool:
    is_name = word.key in lists.surnames() or word.key in lists.first_names()
    return is_name and word.key not in lists.ambiguous()


def _rest(found: Sequence[Word], at: int, *, is_named: bool) -> int:
    """How many words after the first belong to the name."""
    length = 0
    for word in found[at + 1 : at + _MOST]:
        is_listed = word.key in lists.surnames() or word.key in lists.first_names()
        if not word.joined or word.begins or word.key in _NO_NAME:
            break
        if found[at].is_capital:
            if not (word.is_capital or word.key in _PARTICLES):
                break
            if not (is_listed or is_named or word.key not in lists.ambiguous()):
                break
        elif not is_listed or word.key in lists.ambiguous():
            break
        length += 1
    while length and found[at + length].key in _PARTICLES and not found[at + length].is_capital:
        length -= 1
    return length


#: How sure the words before make it that a name comes: of any word, of one with a capital, of one
#: that the lists know.
_SURE, _LIKELY, _PERHAPS = 3, 2, 1


def _cue(found: Sequence[Word], at: int) -> int:
    """How much the words before tell that a name comes."""
    if not at or (found[at].begins and found[at - 1].key not in _GREETINGS):
        return 0
    before = tuple(word.key for word in found[max(0, at - 2) : at])
    if before in _INTRODUCED:
        return _SURE
    if before[-1] in _CALLED:
        return _SURE if found[at].is_capital else 0
    if before[-1].split("-")[0] in _RELATIONS:
        owners = {word.key for word in found[max(0, at - 3) : at - 1]} & _OWNERS
        return _LIKELY if owners else _PERHAPS
    if before in _I_AM or before[-1:] in _I_AM or before[-1] in _TELLING:
        return _LIKELY
    return _PERHAPS if before in _MAY_BE or before[-1] in _VERBS else 0
