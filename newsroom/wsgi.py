"""The WSGI entry point: what closes the site first, then kept pages, then Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from newsroom.core.collecting import everything_is_loaded
from newsroom.core.maintenance import Application, closing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.production")
application: Application = get_wsgi_application()

if settings.PAGE_CACHE:
    # Not above: it knows the shape of models, which Django has to be set up for.
    from newsroom.core.page_cache.serving import PageCache

    application = PageCache(application)

application = closing(application)
everything_is_loaded()
