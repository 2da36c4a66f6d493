"""Taking in a debate that a source describes beside its stories."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.items import Flaw, SourceArgument, SourceDebate, digest_of
from articles.models import Article
from debates.lifecycle import bring_in_argument, feature_quietly, open_debate
from debates.models import Debate
from newsroom.core.folding import slugged


@transaction.atomic
def take_debate(source: SourceDebate, *, dry_run: bool = False) -> Flaw | bool:
    """Take a debate in, or add the arguments that are new; return whether anything was, or the flaw that forbids it.

    The debate opens with the oldest story it cites. Its first quoted argument is featured.
    """
    if not source.question or len(source.positions) != 2 or len(set(source.positions)) != 2:  # noqa: PLR2004 - two sides
        label = gettext("debate “%(question)s”") % {"question": source.question[:60]}
        return Flaw(label, gettext("it needs a question and two positions"))
    source_id = slugged(source.question, longest=100)
    debate = Debate.objects.select_for_update().filter(source_id=source_id).first()
    is_new = debate is None
    cited = list(Article.objects.filter(source_id__in=source.cites))
    if debate is None:
        debate = open_debate(
            question=source.question,
            slug=_free_slug(source_id),
            positions=(source.positions[0], source.positions[1]),
            opens_at=_opening(cited),
            source_id=source_id,
        )
        debate.articles.set(cited)
    added = [argument for argument in source.arguments if _take_argument(debate, argument)]
    if dry_run:
        transaction.set_rollback(True)
    return is_new or bool(added)


def _opening(cited: list[Article]) -> datetime:
    dates = [article.published_at for article in cited if article.published_at]
    return min(dates, default=timezone.now())


def _free_slug(slug: str) -> str:
    """Return the address, numbered if another debate has it."""
    number, free = 1, slug
    while Debate.objects.filter(slug=free).exists():
        number += 1
        free = f"{slug[:95]}-{number}"
    return free


def _take_argument(debate: Debate, source: SourceArgument) -> bool:
    """Bring in one argument; False when it is here already or takes no known side."""
    source_id = digest_of([source.author, source.text])
    position = debate.poll.choices.filter(label=source.position).first()
    if position is None or not source.text or debate.thread.comments.filter(source_id=source_id).exists():
        return False
    argument = bring_in_argument(
        debate,
        position,
        text=source.text,
        author_name=source.author or gettext("Anonymous reader"),
        at=debate.poll.opens_at or timezone.now(),
        source_id=source_id,
    )
    if not debate.arguments.featured().exists():
        feature_quietly(argument)
    return True
