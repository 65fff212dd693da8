"""Lists that names are told by: first names and surnames of many languages, from Faker and from the
files in `words`, and words that are names and something else as well.
"""

import importlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from core.redaction.text import key

#: Languages spoken in north east London of which Faker has names, in their own script or in ours.
_LOCALES = (
    *("en_GB", "en_IE", "en_US", "en_IN", "en_PK", "en_NG", "en_KE", "yo_NG", "ig_NG", "ha_NG"),
    *("tw_GH", "sw", "zu_ZA", "tr_TR", "az_AZ", "pl_PL", "ro_RO", "lt_LT", "lv_LV", "bg_BG"),
    *("hu_HU", "cs_CZ", "hr_HR", "pt_PT", "pt_BR", "es_ES", "it_IT", "fr_FR", "de_DE", "ga_IE"),
    *("bn_BD", "gu_IN", "hi_IN", "mr_IN", "ta_IN", "si_LK", "ne_NP", "ar_AA", "ar_SA", "fa_IR"),
    *("vi_VN", "zh_CN", "zh_TW", "el_GR", "uk_UA", "ru_RU", "id_ID", "uz_UZ"),
)
_WORDS = Path(__file__).parent / "words"
_HAN = re.compile("[\u4e00-\u9fff]")


def words(text: str) -> frozenset[str]:
    """The keys of the words in a text."""
    return frozenset(map(key, text.split()))


@cache
def first_names() -> frozenset[str]:
    return _from_faker("first_name") | _kept("first_names")


@cache
def surnames() -> frozenset[str]:
    return _from_faker("last_name") | _kept("surnames")


@cache
def ambiguous() -> frozenset[str]:
    """Names that are also words, places or days: by themselves they tell nobody."""
    common = importlib.import_module("faker.providers.lorem.en_US").Provider.word_list
    return frozenset(map(str.lower, common)) | _kept("also_words") | not_names()


@cache
def not_names() -> frozenset[str]:
    """Words with a capital that are no name of a person, though an introduction comes before."""
    return _kept("not_names")


@cache
def han_names() -> re.Pattern[str]:
    """Chinese names, a surname with one or two characters: there are no blanks between words."""
    provider = importlib.import_module("faker.providers.person.zh_CN").Provider
    family = sorted(_every(provider, "last_name"), key=len, reverse=True)
    given = sorted(_every(provider, "first_name"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(family)})(?:{'|'.join(given)})")


def _from_faker(kind: str) -> frozenset[str]:
    names: set[str] = set()
    for locale in _LOCALES:
        names |= _every(importlib.import_module(f"faker.providers.person.{locale}").Provider, kind)
    parts = {key(part) for name in names for part in (name, *name.split())}
    return frozenset(part for part in parts if len(part) > 2 and not _HAN.search(part))


def _every(provider: type, kind: str) -> set[str]:
    """The names in every list of the kind that a language has."""
    lists = (getattr(provider, name) for name in dir(provider) if name.startswith(kind))
    found = (one for one in lists if isinstance(one, Iterable) and not isinstance(one, str))
    return {name for one in found for name in one if isinstance(name, str)}


def _kept(name: str) -> frozenset[str]:
    """The words of a file in `words`."""
    lines = (_WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return words(" ".join(line for line in lines if not line.startswith("#")))
