"""Releasing an article, and taking it back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.events import ArticlePublished, ArticleUnpublished
from articles.models import Article
from articles.permissions import Person, can_publish
from newsroom.core.refusals import Refusal
from newsroom.discussions.opening import open_thread, show_from
from newsroom.events.recording import record


@transaction.atomic
def publish(article: Article, by: Person, *, at: datetime | None = None) -> Article:
    """Release the article and its thread from ``at`` on, and return it as it now stands.

    Without ``at``: from the date that the editors have given it, else from now; an embargo holds both back until it
    is over. Publishing what is published changes nothing. Reads the row anew under its lock: what was set on
    ``article`` and not saved is dropped.

    Raises PermissionDenied without the right to publish, Refusal naming everything that is missing. Records
    ArticlePublished, also when the hour is still to come: readers see it when the clock says so.
    """
    if not can_publish(by, article):
        raise PermissionDenied
    lock(article)
    if article.is_published:
        return article
    missing = what_is_missing(article)
    if missing:
        things = get_text_list([str(thing) for thing in missing], str(gettext_lazy("and")))
        raise Refusal(_("The article cannot be published yet. Missing: %(things)s.") % {"things": things})
    article.status = Article.Status.PUBLISHED
    article.published_at = at or article.published_at or timezone.now()
    if article.thread is None:
        article.thread = open_thread(article.title, article.get_absolute_url(), opens_at=article.public_from)
    else:
        show_from(article.thread, article.public_from)
    article.save(update_fields=["status", "published_at", "thread", "changed_at"])
    record(ArticlePublished(article.pk))
    return article


@transaction.atomic
def unpublish(article: Article, by: Person) -> Article:
    """Make the article a draft again and return it; its thread, hidden, and its date stay for when it comes back.

    Taking back a draft changes nothing. Raises PermissionDenied without the right to publish. Records
    ArticleUnpublished.
    """
    if not can_publish(by, article):
        raise PermissionDenied
    lock(article)
    # What is published has a thread (``published_article_has_date_and_thread``).
    if article.is_published and article.thread is not None:
        article.status = Article.Status.DRAFT
        article.save(update_fields=["status", "changed_at"])
        show_from(article.thread, article.public_from)
        record(ArticleUnpublished(article.pk))
    return article


def what_is_missing(article: Article) -> list[str | Promise]:
    """Return the names of what an article must have before readers see it; empty when it is complete."""
    has_words = article.body_html.strip() or article.standfirst.strip()
    checks: list[tuple[bool, str | Promise]] = [
        (bool(article.title.strip()), gettext_lazy("the title")),
        (bool(has_words), gettext_lazy("a text or a standfirst")),
        (article.bylines.exists(), gettext_lazy("an author")),
        (article.primary_specialty_id is not None, gettext_lazy("the main specialty")),
    ]
    return [name for is_there, name in checks if not is_there]


def lock(article: Article) -> None:
    """Read the article's row anew and hold it until the transaction ends."""
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(of=["self"]))
