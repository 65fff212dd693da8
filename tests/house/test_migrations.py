"""Migrations: a new table is created whole, so that a first start does not wait for them."""

import pytest
from django.apps import apps
from django.db.migrations import CreateModel
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.models import IndexOperation

OURS = ("core.", "standards.", "engagement.", "insight.")


@pytest.mark.parametrize(
    "app", [config.label for config in apps.get_app_configs() if f"{config.name}.".startswith(OURS)]
)
def test_migration_when_it_creates_a_table_then_nothing_is_added_to_that_table_afterwards(
    app: str,
) -> None:
    migrations = MigrationLoader(None).disk_migrations

    added = [
        f"{name}: {operation.describe()}"
        for (label, name), migration in migrations.items()
        if label == app
        for operation in migration.operations
        if isinstance(operation, IndexOperation)
        and operation.model_name_lower
        in {made.name_lower for made in migration.operations if isinstance(made, CreateModel)}
    ]

    assert not added, "delete the migration and let manage.py makemigrations write it"
