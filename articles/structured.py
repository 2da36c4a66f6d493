"""What machines read of an article and of an author: schema.org's NewsArticle and its kin, and Open Graph's picture."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from articles.models import Article, Author, Byline, Correction
from articles.share_images import address_of
from newsroom.core.share_cards import HEIGHT, WIDTH
from newsroom.core.structured import LANGUAGE, SCHEMA, absolute, house, without_gaps

__all__ = ["SharedImage", "absolute", "descriptions", "news_article", "podcast_episode", "profile_page", "shared_image"]

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
# Where the page of a reserved text has, or would have, the part that not everybody may read
# (developers.google.com, "Subscription and paywalled content").
RESERVED_PART = ".texte-reserve"


@dataclass(frozen=True)
class SharedImage:
    """The picture of a link: absolute address, size in pixels, what it shows in words."""

    url: str
    width: int
    height: int
    alt: str


def descriptions(article: Article) -> list[dict[str, Any]]:
    """Return everything that an article's page says of it: the article and, for a podcast, the episode."""
    episode = podcast_episode(article)
    return [news_article(article), *([episode] if episode else [])]


def news_article(article: Article) -> dict[str, Any]:
    """Return the article as NewsArticle or what its format makes of it, without its text; for a JSON-LD block.

    Nothing of a restricted text: neither references nor sound nor what was corrected in it. One query for the
    corrections of an open article, which the page then shows without another; none where all else was fetched
    ``for_page``.
    """
    published = article.published_at
    # Released again at a later date, it was not changed before it came out.
    changed = max(filter(None, (article.corrected_at, published)), default=None)
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": _type_of(article),
        "@id": f"{page_of(article)}#article",
        "headline": article.title,
        "description": article.standfirst,
        "mainEntityOfPage": page_of(article),
        "datePublished": published.isoformat() if published else None,
        "dateModified": changed.isoformat() if changed else None,
        "articleSection": article.primary_specialty.name if article.primary_specialty else None,
        "keywords": [tag.name for tag in article.tags.all()],
        "image": _images_of(article),
        "audio": _sound_of(article),
        "author": [_person(byline) for byline in article.bylines.all()],
        "sponsor": {"@type": "Organization", "name": article.sponsor} if article.sponsor else None,
        "publisher": house(),
        "citation": _citations(article),
        "correction": _corrections(article),
        "inLanguage": LANGUAGE,
        "commentCount": article.thread.comment_count if article.thread else 0,
        "discussionUrl": f"{absolute(article.get_absolute_url())}#commentaires" if article.thread else None,
        **_access(article),
    }
    return without_gaps(data)


def podcast_episode(article: Article) -> dict[str, Any] | None:
    """Return a podcast as PodcastEpisode of the house's series; None for what is not listened to, or is reserved."""
    sound = _sound_of(article)
    if not article.is_podcast or sound is None:
        return None
    published = article.published_at
    data = {
        "@context": SCHEMA,
        "@type": "PodcastEpisode",
        "name": article.title,
        "description": article.standfirst,
        "url": page_of(article),
        "datePublished": published.isoformat() if published else None,
        "timeRequired": sound.get("duration"),
        "associatedMedia": sound,
        "image": _images_of(article),
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": house()["name"],
            "url": absolute("/articles/?format=podcast"),
            "webFeed": absolute("/flux/podcast.rss"),
        },
        "publisher": {"@id": house()["@id"]},
        "inLanguage": LANGUAGE,
    }
    return without_gaps(data)


def profile_page(author: Author) -> dict[str, Any]:
    """Return an author's page as ProfilePage: who it is, for whom he writes, what he declares of himself."""
    person = {
        "@type": "Person",
        "@id": f"{absolute(author.get_absolute_url())}#personne",
        "name": author.name,
        "honorificPrefix": author.civility,
        "url": absolute(author.get_absolute_url()),
        "jobTitle": author.role,
        "description": author.biography,
        "worksFor": house(),
    }
    return {
        "@context": SCHEMA,
        "@type": "ProfilePage",
        "url": absolute(author.get_absolute_url()),
        "inLanguage": LANGUAGE,
        "mainEntity": without_gaps(person),
    }


def shared_image(article: Article) -> SharedImage:
    """Return the picture that social networks show of the article: the one that is made of its title."""
    return SharedImage(absolute(address_of(article)), WIDTH, HEIGHT, article.title)


def page_of(article: Article) -> str:
    """Return the one address of the story: where it was published first, else its page here."""
    return article.canonical_url or absolute(article.get_absolute_url())


def _access(article: Article) -> dict[str, Any]:
    """Return whether everybody may read it and, where not, which part of the page is reserved."""
    if not article.is_restricted:
        return {"isAccessibleForFree": True}
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": RESERVED_PART}
    return {"isAccessibleForFree": False, "hasPart": part}


def _images_of(article: Article) -> list[str]:
    """Return the article's pictures: its lead image, then that of its link."""
    lead = [absolute(article.image.card_url)] if article.image else []
    return [*lead, shared_image(article).url]


def _citations(article: Article) -> list[dict[str, Any]]:
    """Return the works that the article rests on; none where they are part of what is reserved."""
    if article.is_restricted:
        return []
    return [
        without_gaps({"@type": "CreativeWork", "name": str(reference), "url": reference.link})
        for reference in article.references.all()
    ]


def _corrections(article: Article) -> list[dict[str, Any]]:
    """Return what was put right in it; nothing of it where the text is reserved."""
    if article.is_restricted or article.pk is None:
        return []
    prefetch_related_objects([article], "corrections")
    return [_correction(article, told) for told in article.corrections.all()]


def _correction(article: Article, told: Correction) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "text": told.text,
        "datePublished": told.made_at.isoformat(),
        "url": f"{absolute(article.get_absolute_url())}#{told.anchor}",
    }


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
    return without_gaps(person)


def _sound_of(article: Article) -> dict[str, Any] | None:
    """Return the sound file, unless there is none or it is reserved: its address is then told to nobody."""
    if not article.audio or article.is_restricted:
        return None
    sound = {"@type": "AudioObject", "contentUrl": absolute(article.audio.url)}
    return sound | ({"duration": f"PT{article.audio_seconds}S"} if article.audio_seconds else {})
