"""``manage.py rebuild_rendered``: make the stored HTML anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.rebuilding import rebuild_articles
from newsroom.discussions.rebuilding import rebuild_comments
from newsroom.pages.rebuilding import rebuild_pages


class Command(BaseCommand):
    """Render articles, comments and pages anew. Stands here because articles are the higher of the two storeys."""

    help = "Render the articles, comments and pages about the house anew that an older renderer made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is taken."""
        parser.add_argument("--all", action="store_true", help="Those of today's renderer too.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, then print how many were."""
        del args
        self.stdout.write(_("Rendered anew:"))
        kinds = ((_("articles"), rebuild_articles), (_("comments"), rebuild_comments), (_("pages"), rebuild_pages))
        for label, rebuild in kinds:
            self.stdout.write(f"{label:<16}{rebuild(everything=options['all']):>8}")
