"""The production server with static files as production has them: hashed, compressed, named by their manifest.

``BENCH_STATIC`` is the folder that ``collectstatic`` has filled, ``BENCH_MEDIA`` the library's. The settings are
changed before anything reads them.
"""

import os

from django.conf import settings

settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "newsroom.core.storage.HashedStaticStorage"}}
settings.STATIC_ROOT = os.environ["BENCH_STATIC"]
settings.MEDIA_ROOT = os.environ["BENCH_MEDIA"]
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False

from newsroom.wsgi import application  # noqa: E402 - it reads the settings above

__all__ = ["application"]
