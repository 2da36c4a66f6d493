"""Taking one story in: one item, one transaction, found again by its source id.

A story that an editor has changed here since is never overwritten: nothing typed is lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext

from articles.calendar import plan_calendar, status_by_clock
from articles.citing.sorting import Columns, sorted_columns
from articles.contents import content_of
from articles.importing.items import SourceComment, SourceItem, SourceReference, SourceSelection, digest_of
from articles.importing.people import author_named
from articles.models import Article, Byline, Reference, Selection
from articles.models.references import is_doi
from articles.revising import Kind, keep
from articles.selecting import put_last
from articles.sourcing import attach_sources
from newsroom.core.folding import slugged
from newsroom.core.refusals import Refusal
from newsroom.discussions import opening, posting
from newsroom.discussions.models import Thread
from newsroom.taxonomy.models import Accent, Specialty
from newsroom.taxonomy.tagging import each_once

# The families that the design guide suggests; any other specialty gets the house's green.
ACCENTS = {
    slug: accent
    for accent, slugs in {
        Accent.PRUNE: ("cancerologie", "oncologie", "hematologie"),
        Accent.GARANCE: ("cardiologie", "urgences"),
        Accent.INDIGO: ("neurologie", "psychiatrie"),
        Accent.OCRE: ("infectiologie", "pneumologie", "pediatrie"),
        Accent.OLIVE: ("endocrinologie", "diabetologie", "gastro-enterologie"),
        Accent.BRIQUE: ("rhumatologie", "medecine-du-sport", "medecine-legale"),
        Accent.ARDOISE: ("exercice", "politique-de-sante"),
    }.items()
    for slug in slugs
}


class Outcome(StrEnum):
    """What became of an item."""

    TAKEN = "taken"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True)
class Report:
    """What became of an item, with a remark for the person who imports it (empty when there is none)."""

    outcome: Outcome
    remark: str = ""


@transaction.atomic
def take(item: SourceItem, *, dry_run: bool = False) -> Report:
    """Take a story in, or bring it up to date; return what was done.

    Order: the article's own fields, its byline, specialties, tags and references, its thread, the source's
    comments, its places in selections. Published stories keep their date and tell nobody (no facts are recorded);
    those without a date become drafts. With ``dry_run`` everything is done and then undone.
    """
    in_turn()
    article = Article.objects.select_for_update().filter(source_id=item.source_id).first()
    report = _judged(article, item)
    if report.outcome in {Outcome.TAKEN, Outcome.CHANGED}:
        article = article or Article(source_id=item.source_id)
        _write(article, item)
        left_out = [*_take_comments(article, item), *_select(article, item.selections)]
        report = Report(report.outcome, "\n".join(left_out))
    if dry_run:
        transaction.set_rollback(True)
    return report


def in_turn() -> None:
    """Wait until no other import is taking anything, and hold the others back until this transaction ends.

    Two imports of one file at once would both miss each other's rows and fight for the same addresses.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles.importing'))")


@transaction.atomic
def frame_selection(selection: SourceSelection, *, dry_run: bool = False) -> None:
    """Give a selection made on the way its title, and say whether it is a partner's; one known before is left."""
    slug = slugged(selection.slug)
    if slug and not dry_run:
        Selection.objects.filter(slug=slug, title=slug).update(
            title=selection.title,
            is_partner=selection.is_partner,
        )


def _judged(article: Article | None, item: SourceItem) -> Report:
    """Say what is to be done, before anything is."""
    if article is None:
        return Report(Outcome.TAKEN)
    if article.source_digest == item.digest:
        return Report(Outcome.UNCHANGED)
    if article.is_modified or own_digest(article) != article.taken_digest:
        return Report(Outcome.KEPT, gettext("changed here since its import: left as it is"))
    return Report(Outcome.CHANGED)


def own_digest(article: Article) -> str:
    """Return a digest of what an editor can change in a story."""
    return digest_of(
        [
            *(article.title, article.kicker, article.standfirst, article.body, article.format),
            article.is_released,
            [byline.author_id for byline in article.bylines.all()],
            sorted(article.specialties.values_list("pk", flat=True)),
            sorted(article.tags.values_list("pk", flat=True)),
            [[reference.text, reference.doi, reference.url] for reference in article.references.all()],
        ],
    )


def _write(article: Article, item: SourceItem) -> None:
    article.title, article.kicker, article.standfirst = item.title, item.kicker, item.summary
    article.body, article.format = item.html, item.format
    if item.audience != Article.Audience.PUBLIC:
        # What the source opens again, an editor opens here: he may have had a reason of his own.
        article.audience = item.audience
    article.source_digest = item.digest
    specialties = [_specialty(name) for name in item.specialties]
    article.primary_specialty = specialties[0] if specialties else None
    if item.partner is not None:
        article.sponsor, article.canonical_url = item.partner.sponsor, item.partner.canonical_url
        article.unpublish_at = item.partner.unpublish_at
    # Saving gives a new story its address, which its thread repeats.
    article.save()
    if item.published_at is not None:
        article.published_at = item.published_at
        article.status = status_by_clock(article)
        article.thread = _thread_of(article, item)
        article.save()
        plan_calendar(article)
    article.specialties.set(specialties)
    article.tags.set(each_once(item.tags))
    _sign(article, item.authors)
    _refer(article, item.references)
    article.taken_digest = own_digest(article)
    kind = Kind.PUBLISH if article.is_released else Kind.SAVE
    keep(article, kind, content_of(article), None, note=gettext("Imported"))
    article.save(update_fields=["taken_digest", "version"])


def _thread_of(article: Article, item: SourceItem) -> Thread:
    """Return the story's thread, opened if need be; comments that the source only counts are counted as such."""
    path, opens_at = article.get_absolute_url(), article.public_from
    thread = article.thread or opening.open_thread(item.title, path, opens_at=opens_at)
    thread.elsewhere_count = max(0, item.comment_count - len(item.comments))
    thread.save(update_fields=["elsewhere_count"])
    opening.retitle(thread, item.title, path)
    opening.show_from(thread, opens_at)
    return thread


def _specialty(name: str) -> Specialty:
    slug = slugged(name) or "specialite"
    specialty, _made = Specialty.objects.get_or_create(
        slug=slug,
        defaults={"name": name, "accent": ACCENTS.get(slug, Accent.BLOC)},
    )
    return specialty


def _sign(article: Article, signatures: Iterable[str]) -> None:
    article.bylines.all().delete()
    authors = dict.fromkeys(author_named(signature) for signature in signatures)
    for position, author in enumerate(authors, start=1):
        Byline.objects.create(article=article, author=author, position=position)


def _refer(article: Article, references: Iterable[SourceReference]) -> None:
    """Write the story's references anew, each identifier in its column; what says nothing at all is left out."""
    article.references.all().delete()
    told = [columns for reference in references if any(columns := _columns_of(reference))]
    Reference.objects.bulk_create(
        Reference(article=article, position=position, **columns._asdict())
        for position, columns in enumerate(told, start=1)
    )
    attach_sources(article)


def _columns_of(reference: SourceReference) -> Columns:
    columns = sorted_columns(Columns(text=reference.text, doi=reference.doi, url=reference.url))
    try:
        is_doi(columns.doi) if columns.doi else None
    except ValidationError:
        # What is no DOI is still part of the reference.
        return columns._replace(text=f"{columns.text} {columns.doi}".strip()[:500], doi="")
    return columns


def _take_comments(article: Article, item: SourceItem) -> list[str]:
    """Bring in the source's comments that are not here yet, parents before replies; say which could not be."""
    if article.thread is None:
        return []
    here = {comment.source_id: comment for comment in article.thread.comments.exclude(source_id="")}
    left_out = []
    for comment in _parents_first(item.comments):
        if not comment.source_id or comment.source_id in here or not comment.text:
            continue
        try:
            here[comment.source_id] = posting.bring_in(
                article.thread,
                text=comment.text,
                author_name=comment.author,
                at=comment.at,
                parent=here.get(comment.parent),
                source_id=comment.source_id,
            )
        except Refusal as refusal:
            said = {"author": comment.author, "reason": refusal.message}
            left_out.append(gettext("the comment by %(author)s was left out: %(reason)s") % said)
    return left_out


def _parents_first(comments: Iterable[SourceComment]) -> Iterator[SourceComment]:
    """Yield the comments by date, but none before the one it answers; those that answer one another in a ring last."""
    waiting = sorted(comments, key=lambda comment: comment.at)
    while waiting:
        awaited = {comment.source_id for comment in waiting}
        ready = [comment for comment in waiting if comment.parent not in awaited] or waiting
        yield from ready
        waiting = [comment for comment in waiting if comment not in ready]


def _select(article: Article, slugs: Iterable[str]) -> Iterator[str]:
    """Put the story at the end of the selections that the source names; say which have no room for it.

    Selections are made on the way and framed afterwards.
    """
    for slug in filter(None, map(slugged, slugs)):
        selection, _made = Selection.objects.get_or_create(slug=slug, defaults={"title": slug})
        if not put_last(selection, article):
            yield gettext("it was left out of the selection %(selection)s, which is full") % {"selection": selection}
