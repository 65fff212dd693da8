"""The product's settings with one more address: a view that does nothing, the floor of a page."""

from nel_participation import settings
from nel_participation.settings import *  # noqa: F403  # the product's, and two changes

ROOT_URLCONF = "tests.bench.urls"
#: The bare view stands for a public page.
PUBLIC_ADDRESSES = settings.PUBLIC_ADDRESSES | {"bare"}
