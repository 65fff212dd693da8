"""The doors of the house: settings, addresses, the worker and the command that starts it all."""
