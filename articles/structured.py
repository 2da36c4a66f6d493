"""What machines read of an article: schema.org's NewsArticle."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from articles.models import Article


def news_article(article: Article) -> dict[str, Any]:
    """Return the article as NewsArticle (schema.org/NewsArticle), without its text; for a JSON-LD block."""
    published, corrected = article.published_at, article.corrected_at
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.standfirst,
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "datePublished": published.isoformat() if published else None,
        "dateModified": corrected.isoformat() if corrected else None,
        "articleSection": article.primary_specialty.name if article.primary_specialty else None,
        "keywords": [tag.name for tag in article.tags.all()],
        "image": [absolute(article.image.url)] if article.image else None,
        "author": [
            {"@type": "Person", "name": str(byline.author), "url": absolute(byline.author.get_absolute_url())}
            for byline in article.bylines.all()
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": settings.SITE_NAME, "url": absolute("/")},
        "isAccessibleForFree": not article.is_for_professionals,
        "inLanguage": "fr",
        "commentCount": article.thread.comment_count if article.thread else 0,
    }
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def absolute(address: str) -> str:
    """Return an address of the site with its host; one that has a host stays as it is."""
    return urljoin(settings.SITE_URL, address)
