"""How long a sign-in lasts: as long as it is used, with pauses up to `SESSION_COOKIE_AGE`."""

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

_KEY = "used_at"
#: A session is stored again after this time at most once, not with every page.
_SECONDS = 10 * 60


@receiver(user_logged_in)
def use(sender: Any = None, *, request: Any, **_: Any) -> None:
    """Note that the session is used, so that it lasts from now on."""
    now = int(time.time())
    if now - request.session.get(_KEY, 0) > _SECONDS:
        request.session[_KEY] = now
