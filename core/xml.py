"""Text for XML: charts, Word files and spreadsheets."""

import re

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def in_xml(text: str) -> str:
    """The text without the characters that an XML file cannot hold."""
    return _NOT_IN_XML.sub("", text)
