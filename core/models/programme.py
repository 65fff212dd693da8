"""Programmes: flagship priorities and other workstreams."""

from django.db import models


class Programme(models.Model):
    """A flagship priority of the partnership, or another workstream."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=40, blank=True)
    aim = models.TextField(blank=True)
    is_flagship = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
