"""Everything editorial of an article, as one plain value: taken from its rows, laid over them, compared.

A ``Content`` holds JSON values only. It is what revisions keep, what the desk's form fills in and what the verbs write:
texts, signatures, specialties, tags, references, image, sound, poll. Not in it: the address and the calendar, which are
decisions of release, and the state.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from articles.models import Article, Author, Byline, Image, Reference
from articles.sourcing import attach_sources
from newsroom.core.rendering import normalised
from newsroom.taxonomy.models import Specialty
from newsroom.taxonomy.tagging import each_once
from polls.models import Poll

Content = dict[str, Any]

# Columns of the article, as they are.
PLAIN = (
    *("title", "short_title", "kicker", "standfirst", "body", "key_points", "evidence_level", "evidence_note"),
    *("format", "audience", "sponsor", "canonical_url", "is_clinical", "needs_medical_review", "needs_legal_review"),
    *("image_alt", "image_is_decorative", "audio_seconds", "chapter_lines", "transcript"),
)
# Columns that point elsewhere: kept as ids.
POINTING = ("primary_specialty", "image", "poll")
BYLINE = ("role", "affiliation", "interests")
REFERENCE = ("text", "doi", "pmid", "url")
# What ``lay_over`` sets.
COLUMNS = (*PLAIN, *POINTING, "review_by", "audio")
# Rows of other tables.
ROWS = ("specialties", "tags", "bylines", "references")


def content_of(article: Article) -> Content:
    """Return what the article's rows say; four queries, fewer where they were fetched before."""
    content: Content = {name: getattr(article, name) for name in PLAIN}
    content |= {name: getattr(article, f"{name}_id") for name in POINTING}
    content["review_by"] = article.review_by.isoformat() if article.review_by else None
    content["audio"] = article.audio.name or ""
    content["specialties"] = sorted(specialty.pk for specialty in article.specialties.all())
    content["tags"] = sorted(tag.name for tag in article.tags.all())
    content["bylines"] = [
        {"author": byline.author_id, **{name: getattr(byline, name) for name in BYLINE}}
        for byline in article.bylines.all()
    ]
    content["references"] = [
        {name: getattr(reference, name) for name in REFERENCE} for reference in article.references.all()
    ]
    return content


def settled(content: Mapping[str, Any]) -> Content:
    """Return the content in the one form in which it is kept: text as it is stored, sets in order."""
    kept = {name: normalised(value) if isinstance(value, str) else value for name, value in content.items()}
    if "specialties" in kept:
        kept["specialties"] = sorted(set(kept["specialties"]))
    if "tags" in kept:
        kept["tags"] = sorted(each_once(kept["tags"]))
    return kept


def current_content(article: Article) -> Content:
    """Return what the newsroom works on: the working version where there is one, else the rows.

    What a working version does not know, because it is younger, is what the rows say.
    """
    if article.working is None:
        return content_of(article)
    content: Content = article.working.content
    return content if content.keys() >= {*COLUMNS, *ROWS} else {**content_of(article), **content}


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a content in a canonical form: equal digests, equal contents."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def lay_over(article: Article, content: Mapping[str, Any]) -> None:
    """Set the article's own columns in memory to what the content says. Rows of other tables: ``put_rows``.

    A column that the content does not know, because it is younger, is left as it is.
    """
    for name in PLAIN:
        if name in content:
            setattr(article, name, content[name])
    for name in POINTING:
        if name in content:
            setattr(article, f"{name}_id", content[name])
    if "review_by" in content:
        article.review_by = date.fromisoformat(content["review_by"]) if content["review_by"] else None
    if "audio" in content:
        article.audio = content["audio"] or ""


def adopt_working(article: Article) -> None:
    """Make the working version, if there is one, what the article's columns and rows say.

    The caller holds the row; in memory there is no working version afterwards, and he saves that with the state.
    """
    if article.working is None:
        return
    # Who or what was deleted since it was written is left out: it names nobody whom readers could be shown.
    content, before = without_what_is_gone(article.working.content)[0], content_of(article)
    lay_over(article, content)
    article.save(update_fields=COLUMNS)
    put_rows(article, content, before)
    article.working = None


def put_rows(article: Article, content: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Make the article's specialties, tags, signatures and references those of the content.

    ``before`` is what the rows say now: rows that say it already are left alone. Raises IntegrityError for an author
    who no longer exists (``without_what_is_gone`` leaves him out); a tag that is gone is made again by its name.
    """
    changed = {name for name in ROWS if name in content and content[name] != before.get(name, [])}
    if "specialties" in changed:
        article.specialties.set(Specialty.objects.filter(pk__in=content["specialties"]))
    if "tags" in changed:
        article.tags.set(each_once(content["tags"]))
    if "bylines" in changed:
        frozen = set(article.bylines.filter(are_interests_frozen=True).values_list("author_id", flat=True))
        article.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(
                article=article,
                author_id=row["author"],
                position=position,
                are_interests_frozen=row["author"] in frozen,
                **_some(row, BYLINE),
            )
            for position, row in enumerate(content["bylines"], start=1)
        )
    if "references" in changed:
        article.references.all().delete()
        Reference.objects.bulk_create(
            Reference(article=article, position=position, **_some(row, REFERENCE))
            for position, row in enumerate(content["references"], start=1)
        )
        attach_sources(article)
    if changed:
        # What was fetched before is not what stands now.
        article._prefetched_objects_cache = {}  # type: ignore[attr-defined] # noqa: SLF001 - there is no public way


def without_what_is_gone(content: Content) -> tuple[Content, list[str]]:
    """Return the content with ids that still exist only, and a sentence for each that does not.

    What the content does not know, because it is younger, it does not know afterwards.
    """
    kept, lost = dict(content), []
    pointed: list[tuple[str, models.QuerySet[Any], str]] = [
        ("primary_specialty", Specialty.objects.all(), _("The main specialty no longer exists.")),
        ("image", Image.objects.all(), _("The image no longer exists.")),
        ("poll", Poll.objects.all(), _("The reader poll no longer exists.")),
    ]
    for name, rows, sentence in pointed:
        if kept.get(name) is not None and not rows.filter(pk=kept[name]).exists():
            kept[name] = None
            lost.append(sentence)
    if "bylines" in kept:
        signatures = kept["bylines"]
        known = _existing(Author.objects.all(), [row.get("author") for row in signatures])
        # An author signs once, whoever put two versions together.
        kept["bylines"] = list({row["author"]: row for row in signatures if row.get("author") in known}.values())
        lost += [_("An author no longer exists.")] if any(row.get("author") not in known for row in signatures) else []
    if "specialties" in kept:
        specialties = kept["specialties"]
        kept["specialties"] = sorted(_existing(Specialty.objects.all(), specialties))
        lost += [_("A specialty no longer exists.")] if len(kept["specialties"]) < len(specialties) else []
    return kept, lost


def _existing(rows: models.QuerySet[Any], ids: Iterable[int | None]) -> set[int]:
    return set(rows.filter(pk__in=list(ids)).values_list("pk", flat=True))


def _some(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: row.get(name, "") for name in names}
