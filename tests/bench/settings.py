"""The product's settings with one more address: a view that does nothing, the floor of a page."""

from nel_participation.settings import *  # noqa: F403  # the product's, and one change

ROOT_URLCONF = "tests.bench.urls"
