"""Addresses of the editor's uploads."""

from django.urls import URLPattern, path

from articles import upload_views

urlpatterns: list[URLPattern] = [path("images/", upload_views.upload, name="articles-upload")]
