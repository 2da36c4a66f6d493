"""Addresses of the audience's figures."""

from django.urls import URLPattern, path

from newsroom.audience import views

app_name = "audience"
urlpatterns: list[URLPattern] = [
    path("vue/", views.seen, name="seen"),
]
