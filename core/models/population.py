"""Population figures, with their source and year."""

from django.db import models

from core.models.place import LocalAuthority


class Population(models.Model):
    """Residents (or areas, for deprivation) of one authority in one category of a characteristic.

    A place's figure is the sum of its authorities'. Characteristics have different bases (aged 3
    and over, 16 and over), so only compare figures of the same one.
    """

    authority = models.ForeignKey(
        LocalAuthority, on_delete=models.PROTECT, related_name="population"
    )
    characteristic = models.SlugField(max_length=60)
    category = models.CharField(max_length=200)
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "population"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "characteristic", "category", "source"],
                name="core_population_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.characteristic}, {self.category}"
