"""Keeping what an article said: at each save, and every few seconds while somebody types."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.contents import Content, current_content, digest_of, settled
from articles.models import Article, ArticleRevision
from articles.permissions import Person, can_begin, can_write
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal

Kind = ArticleRevision.Kind
# Saves are thinned: all for a week, then one an hour, after a month one a day.
ALL_FOR = timedelta(days=7)
HOURLY_FOR = timedelta(days=30)
# What a form kept by itself and nobody came back for.
AUTOSAVES_KEPT = timedelta(days=90)


def keep(  # noqa: PLR0913 - each says another thing about the revision
    article: Article, kind: str, content: Content, by: User | None, *, note: str = "", form_key: str = ""
) -> ArticleRevision:
    """Add a revision to an article whose row the caller holds, and return it.

    ``form_key`` names the form that it was typed in. Counts ``article.version`` up in memory: the caller saves it with
    what else he changes.
    """
    typed_on = article.version or None
    article.version += 1
    return ArticleRevision.objects.create(
        article=article,
        number=article.version,
        kind=kind,
        content=content,
        digest=digest_of(content),
        by=by,
        base=typed_on,
        note=note[:200],
        form_key=form_key,
    )


@transaction.atomic
def autosave(
    article: Article | None, content: Content, by: Person, *, base: int | None = None, form_key: str = ""
) -> ArticleRevision:
    """Keep what the person is typing in a form, in place of what that form kept before, and return the row.

    ``article`` is None for one that was never saved. Nothing is checked but the right to write; nobody else sees it and
    the article does not change. Raises PermissionDenied; Refusal where words would be lost or come back from the dead:
    the form has been saved already (what it sent on its way arrives late), or another form of the person keeps a text
    of the same article that he has neither saved nor thrown away.
    """
    if not (can_begin(by) if article is None else can_write(by, article)):
        raise PermissionDenied
    if ArticleRevision.objects.saved_from(form_key, by).exists():
        raise Refusal(_("What was typed in this form is saved already. Load the page again to go on."))
    if article is not None and _is_kept_elsewhere(article, by, form_key):
        raise Refusal(_("Another form keeps a text of yours for this article: first take it up again or discard it."))
    own: dict[str, Any] = {"article": article, "by": by, "kind": Kind.AUTOSAVE}
    if article is None:
        own["form_key"] = form_key
    kept = {"content": content, "digest": digest_of(content), "base": base, "at": timezone.now(), "form_key": form_key}
    row, _is_new = ArticleRevision.objects.update_or_create(**own, defaults=kept)
    return row


def unsaved_text(article: Article, by: Any) -> ArticleRevision | None:
    """Return what a form of the person keeps of the article and he has not saved; None where it says nothing new."""
    # There is one row at most and mostly none, so whether it was saved meanwhile is asked of it alone.
    row = ArticleRevision.objects.autosaves_of(by).filter(article=article).first()
    if row is None or ArticleRevision.objects.saved_from(row.form_key, by).exists():
        return None
    return row if says_more(row.content, current_content(article)) else None


def _is_kept_elsewhere(article: Article, by: Person, form_key: str) -> bool:
    """Say whether another form of the person keeps a text of the article that says something new."""
    row = ArticleRevision.objects.unsaved_by(by).filter(article=article).exclude(form_key=form_key).first()
    return row is not None and says_more(row.content, current_content(article))


def says_more(typed: Content, current: Content) -> bool:
    """Say whether what a form keeps differs from what the article says; what only forms know counts where it is set."""
    return any(bool(value) if name not in current else value != current[name] for name, value in settled(typed).items())


def forget_autosave(article: Article | None, by: Any, *, form_key: str = "") -> None:
    """Drop what a form kept for the person: he has saved it, or thrown it away. What his other forms keep stays."""
    ArticleRevision.objects.autosaves_of(by).filter(Q(article=article) | Q(article=None), form_key=form_key).delete()


@transaction.atomic
def thin() -> int:
    """Delete saves that a later one of the same hour (after a week) or day (after a month) repeats; return how many.

    Each person's last one stays, so that whoever wrote clinical content is known until it is approved.

    What was submitted, published or corrected stays for ever, and so does a working version. Old autosaves go too, and
    first those that arrived after their form was saved: the saves that tell are still there.
    """
    now = timezone.now()
    saved = ArticleRevision.objects.saved_from(OuterRef("form_key"), OuterRef("by"))
    late, _late_by_model = ArticleRevision.objects.filter(Exists(saved), kind=Kind.AUTOSAVE).delete()
    with connection.cursor() as cursor:
        cursor.execute(THINNED, {"week": now - ALL_FOR, "month": now - HOURLY_FOR})
        thinned: int = cursor.rowcount
    old, _by_model = ArticleRevision.objects.filter(kind=Kind.AUTOSAVE, at__lt=now - AUTOSAVES_KEPT).delete()
    return late + thinned + old


# Within an hour or a day the latest save stays: it holds what the earlier ones had.
THINNED = """
DELETE FROM articles_articlerevision WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (
            PARTITION BY article_id, by_id, date_trunc(CASE WHEN at < %(month)s THEN 'day' ELSE 'hour' END, at)
            ORDER BY number DESC
        ) AS place
        FROM articles_articlerevision
        WHERE kind = 'save' AND at < %(week)s
    ) AS saves
    WHERE place > 1
) AND NOT EXISTS (SELECT 1 FROM articles_article WHERE working_id = articles_articlerevision.id)
"""
