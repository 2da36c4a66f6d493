"""What an item says of an article: its text where everybody may read it, else the standfirst and the reason."""

from typing import Final

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, ArticleQuerySet, ArticleTag, Image
from articles.models.picture_addresses import CARD, fallback
from newsroom.core.rendering import printable
from newsroom.core.sanitising import as_feed
from newsroom.frontpage.feeds.entries import Entry, Picture, Sound, lasting_name
from newsroom.frontpage.mapping import absolute

Audience: Final = Article.Audience


def for_telling(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch what items say, in a fixed number of queries."""
    tags = Prefetch("article_tags", ArticleTag.objects.select_related("tag").order_by("tag__name"))
    related = articles.select_related("image", "primary_specialty", "feed_item").defer("body")
    return related.prefetch_related("bylines__author", tags)


def entry_of(article: Article) -> Entry:
    """Return what an item says of an article, which is fetched ``for_telling``. Looks at its sound file's size."""
    address = absolute(article.get_absolute_url())
    is_public = article.audience == Audience.PUBLIC
    published = article.published_at or article.created_at
    return Entry(
        name=lasting_name("articles", article.pk),
        url=address,
        title=labelled(article.title, is_sponsored=article.is_sponsored),
        summary=article.standfirst if is_public else f"{article.standfirst}\n\n{reason_of(article)}".strip(),
        published=published,
        updated=max(article.corrected_at or published, published),
        html=as_feed(article.body_html, address) if is_public else "",
        authors=[str(byline.author) for byline in article.bylines.all()],
        categories=_categories(article),
        picture=_picture(article) if is_public else None,
        sound=_sound(article) if is_public else None,
        episode=article.feed_item.episode,
    )


def labelled(title: str, *, is_sponsored: bool) -> str:
    """Return the title; what somebody paid for says so, wherever it is read."""
    return printable(f"[{_('Sponsored content')}] {title}" if is_sponsored else title)


def reason_of(article: Article) -> str:
    """Return why an item ends with the standfirst."""
    if article.is_for_professionals:
        return _("The text is reserved for verified health professionals: they read it on the site.")
    return _("The text is reserved for signed-in readers: they read it on the site.")


def _categories(article: Article) -> list[str]:
    specialty = [article.primary_specialty.name] if article.primary_specialty else []
    label = [_("Sponsored content")] if article.is_sponsored else []
    return [*label, *specialty, *(carried.tag.name for carried in article.article_tags.all())]


def _picture(article: Article) -> Picture | None:
    image: Image | None = article.image
    if image is None:
        return None
    return Picture(absolute(fallback(image.sources, widest=CARD) or image.url), article.lead_alt, image.credit)


def _sound(article: Article) -> Sound | None:
    """Return the sound file with its length in bytes; None where there is none, or where it is missing."""
    if not article.audio:
        return None
    try:
        size = article.audio.size
    except OSError:
        return None
    chapters = reverse("frontpage:podcast-chapters", args=[article.pk]) if article.chapters else ""
    transcript = reverse("frontpage:podcast-transcript", args=[article.pk]) if article.transcript else ""
    return Sound(
        absolute(article.audio.url),
        size,
        article.audio_seconds,
        absolute(chapters) if chapters else "",
        absolute(transcript) if transcript else "",
    )
