"""Addresses."""

from django.urls import path

from polls import frame_views, views

app_name = "polls"
urlpatterns = [
    path("", views.polls, name="list"),
    path("<slug:slug>/", views.poll, name="poll"),
    path("<slug:slug>/cadre/", frame_views.frame, name="frame"),
    path("<slug:slug>/repondre/", views.vote, name="vote"),
]
