"""The seven places and the eight local authorities in them."""

from django.db import models


class Place(models.Model):
    """One of the seven places of north east London. City and Hackney has two local authorities."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    group_key = models.SlugField(max_length=20, help_text="Engagement team that serves it")
    group_name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LocalAuthority(models.Model):
    """One of the eight local authorities, by its official code."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="local_authorities")
    gss_code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "local authorities"

    def __str__(self) -> str:
        return self.name
