"""Rubrics, signatures, articles and selections of the demo."""

from typing import Any

from articles.contents import Content
from articles.correcting import correct
from articles.models import Article, Author, Image, Selection
from articles.publishing import publish
from articles.selecting import fill
from articles.writing import write
from newsroom.accounts.models import User
from newsroom.core.folding import slugged
from newsroom.core.typography import typo_text
from newsroom.demo.content import articles, read
from newsroom.demo.library import load_images, store
from newsroom.demo.moments import Clock
from newsroom.demo.prose import to_html
from newsroom.taxonomy.models import Specialty, Tag

# How long after publication the newsroom put a corrected article right.
CORRECTED_AFTER_HOURS = 20


def load_taxonomy() -> dict[str, Specialty]:
    """Create the missing specialties, tags and synonyms; return the specialties by slug."""
    taxonomy = read("taxonomy")
    for position, described in enumerate(taxonomy["specialty"], start=1):
        fields = {**described, "position": position}
        Specialty.objects.get_or_create(slug=fields.pop("slug"), defaults=fields)
    for described in taxonomy["tag"]:
        tag, _made = Tag.objects.get_or_create(slug=slugged(described["name"]), defaults={"name": described["name"]})
        for synonym in described.get("synonyms", ()):
            Tag.objects.get_or_create(slug=slugged(synonym), defaults={"name": synonym, "synonym_of": tag})
    return {specialty.slug: specialty for specialty in Specialty.objects.all()}


def load_articles(clock: Clock, chief: User, specialties: dict[str, Specialty]) -> dict[str, Article]:
    """Write, sign and publish the articles that are missing; return all of the demo's by slug."""
    described = articles()
    images = load_images({a["image"]: a.get("caption", "") for a in described})
    authors = _authors()
    slugs = [a["slug"] for a in described]
    known = {article.slug: article for article in Article.objects.filter(slug__in=slugs)}
    for told in sorted(described, key=lambda a: -a["hours_ago"]):
        if told["slug"] not in known:
            article = _written(told, clock, chief, _content(told, specialties, images, authors))
            _released(article, told, clock, chief)
            known[told["slug"]] = article
    return known


def load_selections(known: dict[str, Article], chief: User) -> None:
    """Create and fill the selections that are missing."""
    for told in read("selections")["selection"]:
        selection, is_new = Selection.objects.get_or_create(
            slug=told["slug"],
            defaults={"title": told["title"], "is_partner": told["partner"]},
        )
        if is_new:
            fill(selection, [known[slug] for slug in told["articles"]], chief)


def _authors() -> dict[str, Author]:
    for told in read("authors")["author"]:
        fields = dict(told)
        Author.objects.get_or_create(slug=fields.pop("slug"), defaults=fields)
    return {author.slug: author for author in Author.objects.all()}


def _written(told: dict[str, Any], clock: Clock, chief: User, content: Content) -> Article:
    article = Article(
        slug=told["slug"],
        embargo_until=clock.ago(-told["embargo_hours"]) if "embargo_hours" in told else None,
        created_at=clock.ago(told["hours_ago"] + 30),
    )
    return write(article, content, chief)


def _content(
    told: dict[str, Any],
    specialties: dict[str, Specialty],
    images: dict[str, Image],
    authors: dict[str, Author],
) -> Content:
    """Return everything editorial of an article as the file tells it."""
    return {
        "title": typo_text(told["title"]),
        "kicker": told["kicker"],
        "standfirst": typo_text(told["standfirst"]),
        "body": _body(told),
        "key_points": "\n".join(map(typo_text, told.get("key_points", ()))),
        "format": told.get("format", Article.Format.NEWS),
        "audience": told.get("audience", Article.Audience.PUBLIC),
        "sponsor": told.get("sponsor", ""),
        "audio": store(f"audio/{told['audio']}") if "audio" in told else "",
        "audio_seconds": told.get("audio_seconds", 0),
        "chapter_lines": "\n".join(map(typo_text, told.get("chapters", ()))),
        "transcript": typo_text(told.get("transcript", "").strip()),
        "image": images[told["image"]].pk,
        "primary_specialty": specialties[told["specialty"]].pk,
        "specialties": [specialties[told["specialty"]].pk],
        "tags": told["tags"],
        "bylines": [{"author": authors[slug].pk} for slug in told["authors"]],
        "references": [
            {"text": typo_text(reference["text"]), "doi": reference["doi"]} for reference in told.get("reference", ())
        ],
    }


def _body(told: dict[str, Any]) -> str:
    """Return the article's HTML source, with the declared interests at its end."""
    parts = [told["body"]]
    if "interests" in told:
        parts.append(f"**Liens d’intérêts :** {told['interests']}")
    return to_html("\n\n".join(part.strip() for part in parts))


def _released(article: Article, told: dict[str, Any], clock: Clock, chief: User) -> None:
    if told.get("status") == Article.Status.DRAFT:
        return
    publish(article, chief, at=clock.ago(told["hours_ago"]))
    if "corrected" in told:
        correction = correct(article, typo_text(told["corrected"]), chief)
        correction.made_at = article.corrected_at = clock.ago(told["hours_ago"] - CORRECTED_AFTER_HOURS)
        correction.save(update_fields=["made_at"])
        article.save(update_fields=["corrected_at"])
