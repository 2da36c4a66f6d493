"""Django's bare "hello": one view, no middleware, no database. What any answer of Django costs at least."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path


def hello(_request):
    return HttpResponse("hello", content_type="text/plain", headers={"Content-Length": "5"})


urlpatterns = [path("", hello)]

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="bench",
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
)
application = get_wsgi_application()
