"""Languages that residents read and speak."""

from django.db import models


class Language(models.Model):
    """A language with its own name, direction and how many residents have it as main language."""

    code = models.CharField(max_length=20, unique=True, help_text="BCP 47")
    name = models.CharField(max_length=100)
    native_name = models.CharField(max_length=100)
    direction = models.CharField(
        max_length=3, choices=[("ltr", "Left to right"), ("rtl", "Right to left")], blank=True
    )
    residents = models.PositiveIntegerField(
        null=True, blank=True, help_text="Census 2021, aged 3 and over"
    )
    strategy_rank = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-residents", "name"]

    def __str__(self) -> str:
        return self.name
