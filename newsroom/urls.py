"""The switchboard of addresses: which path is answered by which app."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.urls import account_urls
from newsroom.core.views import media

# The admin signs in through the site's own page: same rate limits, same second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.index_title = _("The newsroom’s desk")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("newsroom.frontpage.urls")),
    path("", include("articles.urls")),
    path("debats/", include("debates.urls")),
    path("audience/", include("newsroom.audience.urls")),
    path("consultations/", include("polls.urls")),
    path("", include("newsroom.discussions.urls")),
    path("", include("newsroom.moderation.urls")),
    path("moi/", include("newsroom.accounts.urls")),
    path("moi/", include("newsroom.notifications.urls")),
    path("compte/", include(account_urls)),
    path(f"{settings.ADMIN_PATH}/redaction/une/", include("newsroom.frontpage.desk_urls")),
    path(f"{settings.ADMIN_PATH}/redaction/", include("articles.desk_urls")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("ckeditor5/", include("articles.upload_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("newsroom.demo.urls")))
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.append(re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", media, name="media"))

handler400 = "newsroom.core.failures.bad_request"
handler403 = "newsroom.core.failures.forbidden"
handler404 = "newsroom.core.failures.not_found"
handler500 = "newsroom.core.failures.server_error"
