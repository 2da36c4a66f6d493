"""Addresses of the desk where the home page is decided: under the admin's path."""

from django.urls import URLPattern, path

from newsroom.frontpage.views import recomposing

app_name = "home-desk"
urlpatterns: list[URLPattern] = [
    path("", recomposing.home, name="home"),
    path("apercu/", recomposing.preview, name="preview"),
    path("historique/", recomposing.history, name="history"),
    path("historique/<int:number>/reprendre/", recomposing.restore, name="restore"),
]
