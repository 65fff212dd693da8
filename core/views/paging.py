"""Pages of a list, by the query parameter `page`."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

#: Rows on one page of a list.
ROWS_A_PAGE = 25


def paged(request: HttpRequest, rows: Any, size: int = ROWS_A_PAGE) -> Page[Any]:
    """The page that `?page=` asks for; the first or the last when there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
