"""The doors of the house: settings, addresses, the worker and the one command that starts it all."""
