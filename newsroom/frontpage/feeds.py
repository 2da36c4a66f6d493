"""Feeds, with absolute addresses made of SITE_URL. They carry standfirsts only: no text, so none that is reserved."""

import mimetypes
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet, ArticleTag, Author, Correction, Selection
from articles.showing import shown_of
from debates.models import Debate
from newsroom.core.access import open_to_all
from newsroom.core.rendering import printable
from newsroom.frontpage.jsonfeed import JsonFeed
from newsroom.frontpage.mapping import absolute
from newsroom.taxonomy.models import Specialty, Tag

ITEMS = 30


class SiteFeed(Feed[Any, Any]):
    """What all feeds share."""

    language = "fr"
    description = settings.SITE_TAGLINE

    def link(self, obj: Any) -> str:
        """Return the address of the page that the feed follows."""
        return absolute(obj.get_absolute_url())

    def feed_url(self, obj: Any) -> str:
        """Return the feed's own address."""
        raise NotImplementedError

    def title(self, obj: Any) -> str:
        """Return what the feed is about, and whose it is."""
        return printable(f"{obj} — {settings.SITE_NAME}")


class ArticleFeed(SiteFeed):
    """A feed of articles."""

    def items(self, obj: Any) -> list[Article]:
        """Return the newest articles."""
        return list(_described(self.articles(obj))[:ITEMS])

    def articles(self, obj: Any) -> ArticleQuerySet:
        """Return all the feed's published articles, in order."""
        del obj
        return Article.objects.published().newest_first()

    def item_title(self, item: Article) -> str:
        """Return the title; what somebody paid for says so, wherever it is read."""
        label = f"[{_('Sponsored content')}] " if item.is_sponsored else ""
        return printable(f"{label}{item.title}")

    def item_description(self, item: Article) -> str:
        """Return the standfirst, never the text."""
        return printable(item.standfirst)

    def item_link(self, item: Article) -> str:
        """Return the article's address."""
        return absolute(item.get_absolute_url())

    def item_author_name(self, item: Article) -> str:
        """Return the signature."""
        return printable(item.byline_text)

    def item_pubdate(self, item: Article) -> datetime | None:
        """Return when it was published."""
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime | None:
        """Return when it was last put right on substance."""
        return item.corrected_at or item.published_at

    def item_categories(self, item: Article) -> list[str]:
        """Return the specialty and the tags."""
        specialty = [item.primary_specialty.name] if item.primary_specialty else []
        return [printable(name) for name in (*specialty, *(carried.tag.name for carried in item.article_tags.all()))]

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        """Return the sound file, unless it is reserved for professionals or missing."""
        if not item.audio or item.is_for_professionals:
            return []
        try:
            size = item.audio.size
        except OSError:
            return []
        mime_type = mimetypes.guess_type(str(item.audio.name))[0] or "audio/mpeg"
        return [Enclosure(absolute(item.audio.url), str(size), mime_type)]


class LatestFeed(ArticleFeed):
    """The newest articles of the whole site."""

    address: ClassVar[str] = "frontpage:feed-articles"

    def link(self, obj: Any) -> str:
        """Return the home page."""
        del obj
        return absolute(reverse("frontpage:home"))

    def feed_url(self, obj: Any) -> str:
        """Return the feed's own address."""
        del obj
        return absolute(reverse(self.address))

    def title(self, obj: Any) -> str:
        """Return the site's name."""
        del obj
        return str(settings.SITE_NAME)


class LatestAtom(LatestFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    address = "frontpage:feed-articles-atom"


class LatestJson(LatestFeed):
    """The same as JSON Feed."""

    feed_type = JsonFeed
    address = "frontpage:feed-articles-json"


class PodcastFeed(LatestFeed):
    """The podcasts that everybody may listen to."""

    address = "frontpage:feed-podcast"

    def title(self, obj: Any) -> str:
        """Return the site's name and what is heard."""
        del obj
        return _("%(site)s: the podcasts") % {"site": settings.SITE_NAME}

    def articles(self, obj: Any) -> ArticleQuerySet:
        """Return the public podcasts that have a sound file."""
        podcasts = super().articles(obj).filter(format=Article.Format.PODCAST, audience=Article.Audience.PUBLIC)
        return podcasts.exclude(audio="")


class FiledFeed(ArticleFeed):
    """The articles filed under one object, found by the slug in the address."""

    model: ClassVar[Any]
    address: ClassVar[str]
    relation: ClassVar[str]
    # Its name is told to nobody before something of it is published, as on its page.
    needs_articles: ClassVar[bool] = False

    def get_object(self, request: HttpRequest, slug: str) -> Any:
        """Return the object; 404 when there is none, or none that readers know of."""
        del request
        filed = get_object_or_404(self.model, slug=slug)
        if self.needs_articles and not self.articles(filed).exists():
            raise Http404
        return filed

    def feed_url(self, obj: Any) -> str:
        """Return the feed's own address."""
        return absolute(reverse(self.address, args=[obj.slug]))

    def articles(self, obj: Any) -> ArticleQuerySet:
        """Return the articles filed under it."""
        return super().articles(obj).filter(**{self.relation: obj})


class SpecialtyFeed(FiledFeed):
    """The articles of a specialty."""

    model, address = Specialty, "frontpage:feed-specialty"

    def articles(self, obj: Any) -> ArticleQuerySet:
        """Return the articles filed under it, whether first or also, as on its page."""
        return Article.objects.published().newest_first().in_specialty(obj)


class TagFeed(FiledFeed):
    """The articles of a tag."""

    model, address, relation = Tag, "frontpage:feed-tag", "tags"
    needs_articles = True


class AuthorFeed(FiledFeed):
    """The articles that an author signs."""

    model, address, relation = Author, "frontpage:feed-author", "authors"
    needs_articles = True


class SelectionFeed(FiledFeed):
    """The articles of a selection, in the editors' order."""

    model, address = Selection, "frontpage:feed-selection"

    def items(self, obj: Any) -> list[Article]:
        """Return what the selection shows now."""
        return shown_of(obj, _described(Article.objects.all()))


class CorrectionFeed(SiteFeed):
    """What the newsroom has put right."""

    def link(self, obj: Any) -> str:
        """Return the list of corrections."""
        del obj
        return absolute(reverse("articles:corrections"))

    def feed_url(self, obj: Any) -> str:
        """Return the feed's own address."""
        del obj
        return absolute(reverse("frontpage:feed-corrections"))

    def title(self, obj: Any) -> str:
        """Return the site's name and what is put right."""
        del obj
        return _("%(site)s: the corrections") % {"site": settings.SITE_NAME}

    def items(self, obj: Any) -> list[Correction]:
        """Return the latest corrections of public articles."""
        del obj
        return list(Correction.objects.public().newest_first().for_listing()[:ITEMS])

    def item_title(self, item: Correction) -> str:
        """Return what was wrong, and in which article."""
        words = {"kind": item.get_kind_display(), "title": item.article.title}
        return printable(_("%(kind)s: %(title)s") % words)

    def item_description(self, item: Correction) -> str:
        """Return the correction, unless the article's text is reserved."""
        reserved = _("The article is reserved for health professionals: they read the correction under its text.")
        return printable(item.public_text or reserved)

    def item_link(self, item: Correction) -> str:
        """Return the correction's place on the article's page: another for each, so that readers tell them apart."""
        return absolute(f"{item.article.get_absolute_url()}#{item.anchor}")

    def item_pubdate(self, item: Correction) -> datetime:
        """Return when it was made."""
        return item.made_at


class DebateFeed(SiteFeed):
    """The debates."""

    def link(self, obj: Any) -> str:
        """Return the list of debates."""
        del obj
        return absolute(reverse("debates:list"))

    def feed_url(self, obj: Any) -> str:
        """Return the feed's own address."""
        del obj
        return absolute(reverse("frontpage:feed-debates"))

    def title(self, obj: Any) -> str:
        """Return the site's name and what is debated."""
        del obj
        return _("%(site)s: the debates") % {"site": settings.SITE_NAME}

    def items(self, obj: Any) -> list[Debate]:
        """Return the newest debates."""
        del obj
        return list(Debate.objects.published().newest_first().select_related("poll")[:ITEMS])

    def item_title(self, item: Debate) -> str:
        """Return the question."""
        return printable(item.question)

    def item_description(self, item: Debate) -> str:
        """Return the introduction."""
        return printable(item.introduction)

    def item_link(self, item: Debate) -> str:
        """Return the debate's address."""
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Debate) -> datetime | None:
        """Return when it was opened."""
        return item.poll.opens_at


def _described(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch what an item of a feed says, without texts."""
    tags = Prefetch("article_tags", ArticleTag.objects.select_related("tag"))
    return articles.for_listing().prefetch_related(tags).defer("body", "body_html")


def _public(feed: Feed[Any, Any]) -> Any:
    return open_to_all(require_safe(feed))


articles_rss = _public(LatestFeed())
articles_atom = _public(LatestAtom())
articles_json = _public(LatestJson())
specialty = _public(SpecialtyFeed())
tag = _public(TagFeed())
author = _public(AuthorFeed())
selection = _public(SelectionFeed())
corrections = _public(CorrectionFeed())
debates = _public(DebateFeed())
podcast = _public(PodcastFeed())
