"""Addresses."""

from django.urls import path

from newsroom.moderation import views

app_name = "moderation"
urlpatterns = [
    path("moderation/", views.queue, name="queue"),
    path("moderation/journal/", views.journal, name="journal"),
    path("moderation/<int:pk>/decision/", views.decide, name="decide"),
    path("commentaires/<int:pk>/signaler/", views.report, name="report"),
]
