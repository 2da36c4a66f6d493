"""The demo newsroom as a Django app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed by the development and test settings only."""

    name = "newsroom.demo"
    label = "demo"
