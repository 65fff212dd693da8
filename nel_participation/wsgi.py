"""The WSGI application, which gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nel_participation.settings")

# Nearly all objects made while the site is loaded stay, and collecting garbage meanwhile takes a
# tenth of the start. Afterwards `freeze` excludes them from later collections.
gc.disable()
application = get_wsgi_application()
gc.freeze()
gc.enable()
