"""Finds what has a form of its own: numbers, postcodes, email addresses, birthdays, streets."""

import re
from collections.abc import Iterator

#: What was found: from where, to where, and what it is.
Found = tuple[int, int, str]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d{{4}}[-/. ]\d{{1,2}}[-/. ]\d{{1,2}}|\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?\d{{2,4}}"
    rf"|(?:the )?{_DAY}(?: day)?(?: of)?[ ,/-]*{_MONTH}[ ,/-]*(?:\d{{4}}|'?\d{{2}})\b"
    rf"|{_MONTH},? ?{_DAY},? ?\d{{4}}|\d{{8}}\b|\d{{6}}\b)"
)
_BORN = r"(?:born|d\.? ?o\.? ?b\b\.?|date[ -]of[ -]birth|birth ?da(?:y|te))"
_BIRTH = rf"{_BORN}(?:(?: is| was| are|: ?| on| the| my| her| his|[^\w]){{0,6}})"
#: What tells, after a date, that somebody was born on it.
_AFTER_BIRTH = (
    r"[ ,;(-]{1,3}(?:(?:(?:my|his|her|their|the) )?(?:d\.? ?o\.? ?b\b|date[ -]of[ -]birth)"
    rf"|(?:is|was|as)(?: when| the| my| his| her| their| i| he| she| they| was){{1,3}} {_BORN})"
)
_STREET = (
    r"(?:street|road|rd|avenue|ave|lane|lanes|crescent|cres|terrace|gardens|gdns|grove|mews"
    r"|broadway|boulevard|villas)"
)
#: Ends of streets that are also words: only with a capital.
_STREET_WORD = (
    r"(?:St|Way|Close|Cl|Place|Pl|Park|Green|Hill|View|Walk|Rise|Drive|Dr|Row|Court|Ct|Square|Sq"
    r"|Parade|Gate|Yard|Fields?|Wharf|Quay|Estate|Path|Passage|Vale|End|Avenue|Approach|Chase)"
)
_HOUSE = (
    r"(?:(?i:no\.?|number|flat|unit|apartment|apt) )?"
    r"\d{1,4} ?[a-hA-H]?(?: ?[-/] ?\d{1,4}[a-hA-H]?)?"
)
_FLAT = (
    r"(?:\b(?i:flat|unit|apartment|apt\.?|block|no\.?|number|room|house)(?: (?i:no\.?|number))? ?"
    r"(?:\d{1,4} ?[a-hA-H]?|[a-hA-H])\b,? ?"
    r"(?:[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,2} "
    r"(?i:house|court|lodge|tower|point|heights|mansions),? )?)?"
)
_INSURANCE = r"(?i:[a-z]{2}[ .-]?\d\d[ .-]?\d\d[ .-]?\d\d[ .-]?[a-d]\b)"
_PARTS = {
    "birth": (
        rf"(?i:\b{_BIRTH}{_DATE}"
        rf"|{_DATE}(?={_AFTER_BIRTH}))"
    ),
    "email": (
        r"(?<![\w.+%'&-])[\w.+%&'-]{1,64} ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63})+"
        r"|(?i:(?<![\w.+-])[\w.+-]{1,64}(?: ?[(\[]at[)\]] ?| at )[\w-]{1,63}"
        r"(?:(?: ?[(\[]dot[)\]] ?| dot )[\w-]{2,20}){1,3}\b)"
    ),
    "insurance": rf"(?<!\w){_INSURANCE}",
    "reference": (
        r"(?i:\b(?:hospital|patient|mrn|nhs|ni(?:no)?|national insurance|case|claim|unit|record|pas"
        r"|clinic|reference|ref|account|passport|policy|licence|sort code)"
        r"(?: ?(?:number|no|num|id|ref|code|record)\b\.?|\b)[\s:#]*(?:is|was|it's|=)?[\s:#]*)"
        r"(?P<code>"
        + _INSURANCE
        + r"|(?=(?:[\w-]* ?\d){4})[A-Za-z]{0,3}(?:[\w-]{4,24}|\d{2,4}(?: \d{2,4}){1,6}))\b"
        r"|(?<!\w)(?P<bare>[A-Z]{1,3}\d{5,9}[A-Z]?)\b"
    ),
    "postcode": (r"(?i:\b(?:gir ?0aa|[a-z]{1,2}\d[a-z\d]?[ .-]{0,2}\d[abd-hjlnp-uw-z]{2})\b)"),
    "address": (
        rf"{_FLAT}(?<![\w£$€.:/-]){_HOUSE},? (?:(?P<middle>(?:[\w'.-]+ ){{1,3}}?)"
        rf"(?:(?i:{_STREET})|{_STREET_WORD})|The [A-Z][\w'-]+)\b(?: (?i:north|south|east|west)\b)?"
        rf"(?:, (?:[A-Z][\w'-]* ){{1,3}}(?:(?i:{_STREET})|{_STREET_WORD})\b)?"
    ),
    "number": r"(?<![\w£$€,.])(?:\+ ?)?\(?\d(?:[\s().-]{0,3}\d){6,}(?![\d%])",
}
_ALL = re.compile("|".join(f"(?P<{kind}>{part})" for kind, part in _PARTS.items()))

TELEPHONE, NHS_NUMBER, NUMBER = "telephone number", "NHS number", "number"
_NAMES = {
    "birth": "date of birth",
    "email": "email address",
    "insurance": "National Insurance number",
    "postcode": "postcode",
    "address": "address",
}
_NOT_STREETS = frozenset(
    """
    minute minutes min mins hour hours day days week weeks month months year years people of on in
    at to from for and or the a an is was were are bus buses times miles mile metres yards pounds am
    pm by patients residents families houses homes shops steps stops per cent with down up more than
    cars lorries different other main busy yr yrs new local january february march april may june
    july august september october november december
    """.split()  # noqa: SIM905  # a list would be one word a line
)
_STARTS_LIKE_A_DATE = re.compile(
    r"\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d|(?:19|20)\d\d[-/. ]\d\d?[-/. ]\d"
)
_IS_INSURANCE = re.compile(_INSURANCE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPS = re.compile(r"\d+")


def find(text: str) -> Iterator[Found]:
    """Everything of a form of its own in a text from `text.searched`."""
    if not any(map(text.__contains__, "0123456789@")) and "dot" not in text.lower():
        return
    for match in _ALL.finditer(text):
        kind = match.lastgroup or ""
        if match["number"] is not None:
            kind = _kind_of_number(match.group())
        elif match["reference"] is not None:
            part = "code" if match["code"] else "bare"
            is_insurance = _IS_INSURANCE.fullmatch(match[part])
            kind = _NAMES["insurance"] if is_insurance else _kind_of_number(match[part]) or NUMBER
            yield (*match.span(part), kind)
            continue
        elif match["address"] is not None:
            middle = (match["middle"] or "").split()
            kind = "" if _is_no_street(match.group(), middle) else _NAMES["address"]
        else:
            kind = next(name for part, name in _NAMES.items() if match[part] is not None)
        if kind:
            yield (*match.span(), kind)


def _is_no_street(found: str, middle: list[str]) -> bool:
    """Whether words between a number and a street tell that it is the number of something else."""
    if re.match(r"(?:19|20)\d\d ", found):
        return True
    return middle != ["The"] and not _NOT_STREETS.isdisjoint(map(str.lower, middle))


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number: the last is the check digit, modulus 11."""
    if len(digits) != 10:
        return False
    weighed = sum(int(digit) * (10 - at) for at, digit in enumerate(digits[:9]))
    return (11 - weighed % 11) % 11 == int(digits[9])


def _kind_of_number(found: str) -> str:
    """What a row of digits is; empty where it is no number that tells who somebody is."""
    groups = _GROUPS.findall(found)
    digits = "".join(groups)
    if is_nhs_number(digits) and max(map(len, groups)) > 2 and found[0] not in "0+(":
        return NHS_NUMBER
    if _STARTS_LIKE_A_DATE.match(found):
        return ""
    if digits.startswith("0") or found.startswith(("+", "(")):
        return TELEPHONE if _is_telephone(found) else NUMBER
    # Marks of a questionnaire, such as 5 4 5 5 3, are rows of short groups.
    is_long = max(map(len, groups)) >= 6 or (len(digits) >= 12 and any(map(_is_part, groups)))
    return NUMBER if is_long or [len(one) for one in groups] == [3, 3, 4] else ""


def _is_part(group: str) -> bool:
    """Whether a group of digits is a part of a number such as that of a card, and no year."""
    return len(group) >= 4 and not _YEAR.fullmatch(group)


def _is_telephone(found: str) -> bool:
    import phonenumbers  # takes a while, and few lines have a number

    international = "+" + found[2:] if found.startswith("00") else found
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(international, "GB"))
    except phonenumbers.NumberParseException:
        return False
