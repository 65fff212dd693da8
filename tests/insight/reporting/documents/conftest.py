"""What the tests of documents share."""

import pytest

from tests.insight.reporting.documents.months import a_month, as_pdf


@pytest.fixture(scope="session")
def board() -> bytes:
    """An ordinary month, printed."""
    return as_pdf(a_month())
