"""Fields of activities, sessions, registers and contributions, one module for each entity."""

# In the order in which the data dictionary has them.
from engagement.activities.catalogue import activity, session, attendance, contribution  # noqa: F401  # imported to register  # isort: skip
