"""The one way a frozen report is written as bytes, and the fingerprint taken of them."""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any


def to_bytes(frozen: Mapping[str, Any]) -> bytes:
    """The report as UTF-8 JSON: keys sorted, two spaces of indent, a newline at the end.

    The same report gives the same bytes also after being stored as JSONB, which keeps
    neither the order of keys nor the difference between 3.0 and 3e0: a float that is a whole
    number is written as one. Refuses, with a sentence that names the place, what JSON or
    PostgreSQL would keep differently from how it came: not-a-number and infinity, keys that are
    not text, lone surrogates, NUL, and kinds of value that JSON does not have.
    """
    plain = _plain(frozen, "the report")
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8") + b"\n"


def fingerprint(frozen: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical bytes of the report without its fingerprint."""
    unsigned = {key: value for key, value in frozen.items() if key != "fingerprint"}
    return hashlib.sha256(to_bytes(unsigned)).hexdigest()


def _plain(value: Any, where: str) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _number(value, where)
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"In {where}, the key {key!r} is not text.")
        return {_text(key, where): _plain(item, f"{where}, {key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{where}, item {at}") for at, item in enumerate(value, 1)]
    raise TypeError(
        f"In {where} there is a {type(value).__name__}, which a frozen report cannot hold: "
        "give a number, text, a list or a dictionary."
    )


def _number(value: float, where: str) -> int | float:
    if not math.isfinite(value):
        raise ValueError(f"In {where} there is {value}, which is not a number JSON can hold.")
    return int(value) if value.is_integer() else value


def _text(value: str, where: str) -> str:
    if "\x00" in value:
        raise ValueError(f"In {where} there is a NUL character, which cannot be stored.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"In {where} there is half a character, which cannot be stored."
        ) from error
    # An enumeration of words is text with a class around it: keep the text alone.
    return str.__str__(value)
