"""What search engines may know of: addresses of public pages and when they last changed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Selection, SelectionEdition, SelectionItem
from debates.models import Debate
from newsroom.taxonomy.models import Specialty
from polls.models import Poll

# A sitemap holds 50,000 addresses at most (sitemaps.org); the rest is for everything that is not an article.
MOST_ARTICLES: Final = 45_000
MOST_OTHERS: Final = 1_000
# Google's news sitemaps: the last two days, 1,000 stories at most.
NEWS_AGE: Final = timedelta(days=2)
MOST_NEWS: Final = 1_000
LISTS: Final = (
    *("frontpage:home", "articles:list", "articles:specialties", "articles:corrections"),
    *("debates:list", "polls:list"),
)
STATIC_PAGES: Final = ("charte", "mentions-legales", "accessibilite", "donnees-personnelles", "contact")


class Entry(NamedTuple):
    """An absolute address, and when the page changed where that is known."""

    address: str
    changed_at: datetime | None = None


def entries() -> Iterator[Entry]:
    """Yield every public page: lists, specialties, debates, consultations, the newest articles, texts; six queries.

    An article that was published first elsewhere is left out: its page names another address as the one to keep.
    """
    for name in LISTS:
        yield _entry(reverse(name))
    for specialty in Specialty.objects.filter(_has_articles("primary_specialty")):
        yield _entry(specialty.get_absolute_url())
    for selection in Selection.objects.filter(_shows_something()):
        yield _entry(selection.get_absolute_url())
    for debate in Debate.objects.published().newest_first()[:MOST_OTHERS]:
        yield _entry(debate.get_absolute_url())
    for poll in Poll.objects.published().standalone().newest_first()[:MOST_OTHERS]:
        yield _entry(poll.get_absolute_url())
    articles = Article.objects.published().filter(canonical_url="").newest_first()
    for article in articles.only("slug", "published_at", "corrected_at")[:MOST_ARTICLES].iterator():
        yield _entry(article.get_absolute_url(), article.corrected_at or article.published_at)
    for name in STATIC_PAGES:
        yield _entry(reverse("frontpage:page", args=[name]))


def news() -> list[Article]:
    """Return the newsroom's own stories of the last two days: nobody paid for them, and they came out here first."""
    own = Article.objects.published().own().filter(canonical_url="")
    recent = own.filter(published_at__gte=timezone.now() - NEWS_AGE)
    return list(recent.newest_first().only("slug", "title", "published_at")[:MOST_NEWS])


def absolute(address: str) -> str:
    """Return an address of the site with its host; one that has a host already is left as it is."""
    return address if "://" in address else f"{settings.SITE_URL}{address}"


def _has_articles(relation: str) -> Exists:
    return Exists(Article.objects.published().filter(**{relation: OuterRef("pk")}))


def _shows_something() -> Exists:
    """Say of a selection whether the edition that readers see holds a published article, or a rule that finds one."""
    public = Q(article__in=Article.objects.published()) | Q(article=None)
    editions = SelectionEdition.objects.shown_at().filter(selection=OuterRef(OuterRef("pk")))
    return Exists(SelectionItem.objects.filter(public, edition__in=editions))


def _entry(path: str, changed_at: datetime | None = None) -> Entry:
    return Entry(absolute(path), changed_at)
