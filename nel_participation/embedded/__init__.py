"""PostgreSQL and Valkey from wheels, and the parent that runs every process of the project."""
