"""The embedded PostgreSQL and Valkey servers, and the supervisor of every process of the site."""
