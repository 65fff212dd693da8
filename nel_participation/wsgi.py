"""The door for web servers that speak WSGI, gunicorn among them."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")

application = get_wsgi_application()
