"""insight.measures as Django sees it."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Every figure, defined once; it has no models of its own."""

    name = "insight.measures"
    label = "measures"
