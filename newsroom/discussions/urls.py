"""Addresses."""

from django.urls import path

from newsroom.discussions import views

app_name = "discussions"
urlpatterns = [
    path("commentaires/<int:pk>/", views.comment, name="comment"),
    path("commentaires/<int:pk>/retirer/", views.withdrawal, name="withdraw"),
    path("fils/<int:thread>/ecrire/", views.write, name="write"),
    path("fils/<int:thread>/mes-messages/", views.mine, name="mine"),
]
