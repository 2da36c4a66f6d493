"""Taking in a debate that a source describes beside its stories."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.items import Flaw, SourceArgument, SourceDebate, digest_of
from articles.importing.taking import in_turn
from articles.models import Article
from debates.lifecycle import bring_in_argument, feature_quietly, open_debate
from debates.models import Debate
from newsroom.core.folding import slugged
from newsroom.core.slugging import free_slug


@transaction.atomic
def take_debate(source: SourceDebate, *, dry_run: bool = False) -> Flaw | bool:
    """Take a debate in, or add the arguments that are new; return whether anything was, or the flaw that forbids it.

    The debate opens with the oldest story it cites. Its first quoted argument is featured.
    """
    if not source.question or len(source.positions) != 2 or len(set(source.positions)) != 2:  # noqa: PLR2004 - two sides
        label = gettext("debate “%(question)s”") % {"question": source.question[:60]}
        return Flaw(label, gettext("it needs a question and two positions"))
    in_turn()
    # A question in another script makes no address; without an id of its own it would be any editor's debate.
    source_id = slugged(source.question, longest=100) or digest_of(source.question)
    debate = Debate.objects.select_for_update().filter(source_id=source_id).first()
    is_new = debate is None
    cited = list(Article.objects.filter(source_id__in=source.cites))
    if debate is None:
        debate = open_debate(
            question=source.question,
            slug=_free_slug(source.question),
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


def _free_slug(question: str) -> str:
    """Return an address made of the question that no other debate has."""
    wanted = slugged(question, longest=90) or "debat"
    taken = Debate.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
    return free_slug(wanted, set(taken))


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
