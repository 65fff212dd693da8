"""The Django project: settings, addresses, the worker, the demo, and the commands that run it."""
