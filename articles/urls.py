"""Addresses of what the newsroom publishes."""

from django.urls import URLPattern, path

from articles.views import public as views

app_name = "articles"
urlpatterns: list[URLPattern] = [
    path("articles/", views.articles, name="list"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>/texte/", views.reserved, name="reserved"),
    path("articles/<slug:slug>/apercu/", views.preview, name="preview"),
    path("specialites/", views.specialties, name="specialties"),
    path("specialites/<slug:slug>/", views.specialty, name="specialty"),
    path("themes/<slug:slug>/", views.tag, name="tag"),
    path("auteurs/<slug:slug>/", views.author, name="author"),
    path("selections/<slug:slug>/", views.selection, name="selection"),
]
