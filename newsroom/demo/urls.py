"""Addresses, included in demo settings only."""

from django.urls import path

from newsroom.demo import views

app_name = "demo"
urlpatterns = [
    path("courriels/", views.mailbox, name="mailbox"),
    path("courriels/<slug:name>/", views.letter, name="letter"),
    path("courriels/<slug:name>/html/", views.letter_html, name="letter-html"),
]
