"""What stands in the way of a move: each check returns sentences for the person, none where nothing does."""

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.checklist import obstacles
from articles.contents import current_content
from articles.models import Article, ArticleRevision, ReviewRequest
from articles.reviewing import is_approved
from articles.workflow.steps import Step


def says_what_is_to_change(step: Step) -> list[str]:
    """Ask for a note."""
    return [] if step.note else [_("Say what is to be changed.")]


def has_a_title(step: Step) -> list[str]:
    """Ask for something to review."""
    return [] if step.article.title.strip() else [_("The article has no title yet.")]


def is_complete(step: Step) -> list[str]:
    """Ask for everything without which the pre-publication list forbids publishing on the day it is to come out."""
    day = max(step.now, step.said.get("at") or step.article.published_at or step.now)
    sentences = obstacles(current_content(step.article), timezone.localdate(day))
    return [_("The article cannot be published yet."), *sentences] if sentences else []


def has_its_reviews(step: Step) -> list[str]:
    """Ask for the medical and legal reviews that the article needs, given on the text as it stands."""
    article = step.article
    needed = [
        (article.needs_medical_review, ReviewRequest.Kind.MEDICAL, _("The medical review has not been given yet.")),
        (article.needs_legal_review, ReviewRequest.Kind.LEGAL, _("The legal review has not been given yet.")),
    ]
    return [sentence for is_needed, kind, sentence in needed if is_needed and not is_approved(article, kind)]


def was_read_by_another(step: Step) -> list[str]:
    """Hold the two-person rule: whoever lets clinical content pass is none of those who wrote what is new in it.

    An approval by somebody else is enough: publishing is then no second judgement.
    """
    article = step.article
    if not article.is_clinical or is_approved(article, ReviewRequest.Kind.EDITORIAL):
        return []
    if step.by.pk not in writers(article):
        return []
    return [_("Clinical content is approved by somebody other than its author: ask a colleague for a review.")]


def is_still_to_come(step: Step) -> list[str]:
    """Leave what readers see already to "unpublish"."""
    at = step.article.published_at
    return [] if at is not None and at > step.now else [_("Its hour has come: it can only be unpublished.")]


def writers(article: Article) -> set[int]:
    """Return the ids of those who have changed the text since it was last published."""
    published = article.revisions.filter(kind=ArticleRevision.Kind.PUBLISH)
    last = published.order_by("-number").values_list("number", flat=True).first() or 0
    changes = article.revisions.filter(number__gt=last, kind=ArticleRevision.Kind.SAVE, by__isnull=False)
    return set(changes.values_list("by_id", flat=True))
