"""``manage.py rebuild_rendered``: make the stored HTML anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.rebuilding import rebuild_articles
from newsroom.discussions.rebuilding import rebuild_comments


class Command(BaseCommand):
    """Render articles and comments anew. Stands here because articles are the higher of the two storeys."""

    help = "Render the articles and comments anew that an older renderer made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is taken."""
        parser.add_argument("--all", action="store_true", help="Those of today's renderer too.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, then print how many were."""
        del args
        self.stdout.write(_("Rendered anew:"))
        for label, rebuild in ((_("articles"), rebuild_articles), (_("comments"), rebuild_comments)):
            self.stdout.write(f"{label:<16}{rebuild(everything=options['all']):>8}")
