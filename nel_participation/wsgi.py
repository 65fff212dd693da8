"""The door for web servers that speak WSGI, gunicorn among them."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")

# Nearly all that is made while the site is loaded stays: to look for what does not takes a tenth
# of the start. What is there afterwards is not looked through again.
gc.disable()
application = get_wsgi_application()
gc.freeze()
gc.enable()
