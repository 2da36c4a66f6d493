"""Addresses, under /moi/."""

from django.urls import path

from newsroom.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.inbox, name="inbox"),
    path("notifications/lues/", views.read, name="read"),
    path("notifications/<int:pk>/", views.open_one, name="open"),
    path("preferences/", views.preferences, name="preferences"),
]
