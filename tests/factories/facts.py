"""The reference facts, loaded once for a whole run of tests and copied into each test."""

from contextlib import suppress
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction


class _RollBack(Exception):
    """Ends the transaction in which the facts were loaded."""


class Facts:
    """What `load_facts` writes, as text of PostgreSQL's COPY by table."""

    def __init__(self) -> None:
        """Load the facts, keep the rows of every table that grew, and roll back."""
        self._rows: dict[str, tuple[str, str]] = {}
        with suppress(_RollBack), transaction.atomic():
            tables = connection.introspection.table_names()
            before = set(_filled(tables))
            call_command("load_facts", stdout=StringIO())
            for table in sorted(set(_filled(tables)) - before):
                copied, columns = StringIO(), _columns(table)
                with connection.cursor() as cursor:
                    cursor.cursor.copy_expert(f"COPY {columns} TO STDOUT", copied)
                self._rows[table] = columns, copied.getvalue()
            self._sequences = _past_the_last_id(list(self._rows))
            raise _RollBack

    def put(self) -> None:
        """Write the facts; where one of their tables has rows already, load them in full."""
        if _filled(list(self._rows)):
            call_command("load_facts", stdout=StringIO())
            return
        # One transaction, as references are checked at its end and tables come in no order.
        with transaction.atomic(), connection.cursor() as cursor:
            for columns, rows in self._rows.values():
                cursor.cursor.copy_expert(f"COPY {columns} FROM STDIN", StringIO(rows))
            # The rows bring their ids, and emptying the database starts its sequences again.
            cursor.execute(self._sequences)


def _filled(tables: list[str]) -> list[str]:
    """Those of the tables that have rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables
            )
        )
        return [row[0] for row in cursor.fetchall()]


def _past_the_last_id(tables: list[str]) -> str:
    """The statement that moves the sequence of each table past the ids that its rows have."""
    with connection.cursor() as cursor:
        sequences = [
            one for table in tables for one in connection.introspection.get_sequences(cursor, table)
        ]
    return " UNION ALL ".join(
        f'SELECT setval(\'{one["name"]}\', max("{one["column"]}")) FROM "{one["table"]}"'
        for one in sequences
    )


def _columns(table: str) -> str:
    """The table with the columns that can be written, for COPY."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) "
            "FROM information_schema.columns WHERE table_schema = current_schema() "
            "AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return f'"{table}" ({cursor.fetchone()[0]})'
