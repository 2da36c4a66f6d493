"""``manage.py move_articles ACT SLUG…``: the workflow's moves from a terminal, as their buttons make them."""

from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.batching import Outcome, act_on
from articles.models import Article
from articles.workflow.steps import Act
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    """Do one act with each article named; exit status 1 when one of them was refused, 2 when the arguments are wrong.

    Each move is a transaction of its own: what is refused keeps none of the others. Nothing is asked a second time.
    """

    help = "Move articles through the workflow (publish, unpublish, submit, approve…), as the buttons of the desk do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the act, the articles and who answers for it."""
        parser.add_argument("act", choices=[str(act) for act in Act], help="What is done: the name of a button.")
        parser.add_argument("slugs", nargs="+", metavar="slug", help="The last part of an article's address.")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="Whose rights count and whose name is kept.")
        parser.add_argument("--note", default="", help="What is said with it: what is to change, why it is taken back.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the moves in the order given; print what became of each article."""
        del args
        by = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(_("Nobody here has the address %(email)s.") % {"email": options["by"]}, returncode=2)
        slugs = list(dict.fromkeys(options["slugs"]))
        articles = Article.objects.in_bulk(slugs, field_name="slug")
        outcomes = {slug: self._moved(articles.get(slug), Act(options["act"]), by, options["note"]) for slug in slugs}
        width = max(map(len, slugs))
        for slug, obstacle in outcomes.items():
            outcome = Outcome.REFUSED if obstacle else Outcome.DONE
            said = obstacle or articles[slug].get_status_display()
            self.stdout.write(f"{slug:<{width}}  {outcome.label:<8}  {said}")
        refused = sum(map(bool, outcomes.values()))
        if refused:
            raise CommandError(_("Not done: %(refused)d of %(all)d.") % {"refused": refused, "all": len(slugs)})

    def _moved(self, article: Article | None, act: Act, by: User, note: str) -> str:
        """Make one move; return what stood in its way, nothing where it is done."""
        if article is None:
            return _("No article has this address.")
        try:
            act_on(article, act, by, note=note)
        except Refusal as refusal:
            return str(refusal.message)
        except PermissionDenied:
            return _("%(person)s does not have the right to do this.") % {"person": by.get_full_name()}
        except DatabaseError as error:
            log.exception("move_failed", article=article.pk, act=act)
            return str(error).partition("\n")[0]
        return ""
