"""Addresses."""

from django.urls import path

from debates import frame_views, views

app_name = "debates"
urlpatterns = [
    path("", views.debates, name="list"),
    path("<slug:slug>/", views.debate, name="debate"),
    path("<slug:slug>/discussion/", views.discussion, name="discussion"),
    path("<slug:slug>/en-ligne/", views.online, name="online"),
    path("<slug:slug>/cadre/", frame_views.frame, name="frame"),
    path("<slug:slug>/position/", views.position, name="position"),
]
