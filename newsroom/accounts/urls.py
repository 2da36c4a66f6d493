"""The account pages: allauth's views at the house's French addresses, and the reader's own page."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path, re_path

from newsroom.accounts import views

account_urls: list[URLPattern | URLResolver] = [
    path("connexion/", allauth_views.login, name="account_login"),
    path("inscription/", allauth_views.signup, name="account_signup"),
    path("deconnexion/", allauth_views.logout, name="account_logout"),
    path("confirmer-identite/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("courriel/", allauth_views.email, name="account_email"),
    path("courriel/envoye/", allauth_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^courriel/(?P<key>[-:\w]+)/$", allauth_views.confirm_email, name="account_confirm_email"),
    path("inactif/", allauth_views.account_inactive, name="account_inactive"),
    path("mot-de-passe/", allauth_views.password_change, name="account_change_password"),
    path("mot-de-passe/creer/", allauth_views.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", allauth_views.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", allauth_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("double-authentification/", include("allauth.mfa.urls")),
]

app_name = "accounts"
urlpatterns = [path("", views.me, name="me")]
