"""The pre-publication list of an article: what its content is checked for, with what the library and registers know."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from articles.models import Article, Image, Source
from articles.models.picture_addresses import names_at
from articles.proofreading.checklist import remarks
from articles.proofreading.facts import Illustration, Remark, Story
from articles.proofreading.facts import Source as Reference
from newsroom.core.rendering import addresses_of_pictures
from newsroom.core.sanitising import as_source


def remarks_on(content: Mapping[str, Any], on: date | None = None) -> list[Remark]:
    """Return what is to be mended in a content, what forbids publishing first; three queries at most.

    Rights are those of the day ``on`` which it is to be published; today without it.
    """
    return remarks(story_of(content, on or timezone.localdate()))


def obstacles(content: Mapping[str, Any], on: date | None = None) -> list[str]:
    """Return the sentences that forbid publishing a content on that day; none when it is ready."""
    return [remark.sentence for remark in remarks_on(content, on) if remark.is_blocking]


def story_of(content: Mapping[str, Any], on: date) -> Story:
    """Return a content as proofreading takes it."""
    lead, pictures = _pictures(content, on)
    kind = content.get("format")
    return Story(
        **{name: content.get(name) or "" for name in ("title", "short_title", "kicker", "standfirst")},
        # As readers would get it: what an editor typed may be written in any way that browsers take.
        body=as_source(content.get("body") or ""),
        key_points=content.get("key_points") or "",
        tags=len(content.get("tags", ())),
        authors=len(content.get("bylines", ())),
        has_specialty=bool(content.get("primary_specialty")),
        image=lead,
        pictures=pictures,
        references=_references(content),
        is_podcast=kind == Article.Format.PODCAST,
        has_audio=bool(content.get("audio")),
        is_video=kind == Article.Format.VIDEO,
        is_partner=kind == Article.Format.PARTNER,
        sponsor=content.get("sponsor") or "",
        is_clinical=bool(content.get("is_clinical")),
        review_by=date.fromisoformat(content["review_by"]) if content.get("review_by") else None,
    )


def _pictures(content: Mapping[str, Any], on: date) -> tuple[Illustration | None, dict[str, Illustration]]:
    """Return the lead image and the pictures of the text by their addresses, in one query for both."""
    names = names_at(addresses_of_pictures(content.get("body") or ""))
    lead_id = content.get("image")
    shown = Image.objects.shown_by(lead_id, names) if lead_id or names else Image.objects.none()
    rows = list(shown)
    by_name = {image.file.name: image for image in rows}
    lead = next((image for image in rows if image.pk == lead_id), None)
    pictures = {address: _shown(by_name[name], on) for address, name in names.items() if name in by_name}
    return (None if lead is None else _in_front(lead, content, on)), pictures


def _in_front(image: Image, content: Mapping[str, Any], on: date) -> Illustration:
    """Return the lead image: what it says here goes before what the library says of it."""
    is_decorative = bool(content.get("image_is_decorative"))
    alt = image.text_for(content.get("image_alt") or "", is_decorative=is_decorative)
    return replace(_shown(image, on), alt=alt, is_decorative=is_decorative or image.is_decorative)


def _shown(image: Image, on: date) -> Illustration:
    return Illustration(
        credit=image.credit,
        lacks_consent=image.lacks_consent,
        are_rights_over=image.is_expired_on(on),
        is_removed=image.is_removed,
    )


def _references(content: Mapping[str, Any]) -> tuple[Reference, ...]:
    """Return the references with what registers have said of their works, in one query."""
    rows = content.get("references", ())
    dois = {row["doi"].lower() for row in rows if row.get("doi")}
    pmids = {row["pmid"] for row in rows if row.get("pmid") and not row.get("doi")}
    known = Source.objects.filter(doi__in=dois) | Source.objects.filter(pmid__in=pmids) if dois or pmids else ()
    works = {key: source for source in known for key in (source.doi, source.pmid) if key}
    return tuple(_reference(row, works.get((row.get("doi") or "").lower() or row.get("pmid") or "")) for row in rows)


def _reference(row: Mapping[str, Any], source: Source | None) -> Reference:
    return Reference(
        text=row.get("text") or "",
        doi=row.get("doi") or "",
        pmid=row.get("pmid") or "",
        url=row.get("url") or "",
        is_retracted=source is not None and source.is_retracted,
        is_unresolved=source is not None and source.state == Source.State.UNKNOWN,
    )
