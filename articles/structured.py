"""What machines read of an article: schema.org's NewsArticle and its kin."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from articles.models import Article, Byline

Format = Article.Format
# The kinds of article that schema.org/NewsArticle parts into; every other format is a NewsArticle and no more.
TYPES: dict[str, str] = {
    Format.INVESTIGATION: "ReportageNewsArticle",
    Format.REPORT: "ReportageNewsArticle",
    Format.EXPLAINER: "BackgroundNewsArticle",
    Format.OPINION: "OpinionNewsArticle",
}
# What somebody paid for is no news (schema.org/AdvertiserContentArticle).
SPONSORED = "AdvertiserContentArticle"


def news_article(article: Article) -> dict[str, Any]:
    """Return the article as NewsArticle or what its format makes of it, without its text; for a JSON-LD block."""
    published = article.published_at
    # Released again at a later date, it was not changed before it came out.
    changed = max(filter(None, (article.corrected_at, published)), default=None)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _type_of(article),
        "headline": article.title,
        "description": article.standfirst,
        "mainEntityOfPage": article.canonical_url or absolute(article.get_absolute_url()),
        "datePublished": published.isoformat() if published else None,
        "dateModified": changed.isoformat() if changed else None,
        "articleSection": article.primary_specialty.name if article.primary_specialty else None,
        "keywords": [tag.name for tag in article.tags.all()],
        "image": [absolute(article.image.card_url)] if article.image else None,
        "audio": _sound_of(article),
        "author": [_person(byline) for byline in article.bylines.all()],
        "sponsor": {"@type": "Organization", "name": article.sponsor} if article.sponsor else None,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": absolute("/"),
            "correctionsPolicy": absolute(reverse("articles:corrections")),
        },
        "citation": _citations(article),
        "isAccessibleForFree": not article.is_for_professionals,
        "inLanguage": "fr",
        "commentCount": article.thread.comment_count if article.thread else 0,
    }
    return _without_gaps(data)


def _citations(article: Article) -> list[dict[str, Any]]:
    """Return the works that the article rests on; none where they are part of what is reserved."""
    if article.is_for_professionals:
        return []
    return [
        _without_gaps({"@type": "CreativeWork", "name": str(reference), "url": reference.link})
        for reference in article.references.all()
    ]


def absolute(address: str) -> str:
    """Return an address of the site with its host; one that has a host stays as it is."""
    return urljoin(settings.SITE_URL, address)


def _type_of(article: Article) -> str:
    return SPONSORED if article.is_sponsored else TYPES.get(article.format, "NewsArticle")


def _person(byline: Byline) -> dict[str, Any]:
    """Return who signs, in the role and from the house in which he does."""
    author = byline.author
    affiliation = {"@type": "Organization", "name": byline.affiliation} if byline.affiliation else None
    person = {
        "@type": "Person",
        "name": str(author),
        "url": absolute(author.get_absolute_url()),
        "jobTitle": byline.role or author.role,
        "affiliation": affiliation,
    }
    return _without_gaps(person)


def _sound_of(article: Article) -> dict[str, Any] | None:
    """Return the sound file, unless there is none or it is reserved: its address is then told to nobody."""
    if not article.audio or article.is_for_professionals:
        return None
    sound = {"@type": "AudioObject", "contentUrl": absolute(article.audio.url)}
    return sound | ({"duration": f"PT{article.audio_seconds}S"} if article.audio_seconds else {})


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
