"""Which page of a list an address asks for."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

#: Rows on one page of a list.
ROWS_A_PAGE = 25


def paged(request: HttpRequest, rows: Any, size: int = ROWS_A_PAGE) -> Page[Any]:
    """The page asked for by `?page=`; the nearest one there is when it asks for nonsense."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
