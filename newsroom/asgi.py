"""The ASGI entry point (the site itself is served over WSGI, which costs half the CPU; see docs/architecture.md)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.production")
application = get_asgi_application()
