"""Saving what an editor wrote: beside what readers see, never over a colleague's words."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.calendar import status_by_clock
from articles.contents import (
    Content,
    content_of,
    current_content,
    digest_of,
    lay_over,
    put_rows,
    settled,
    without_what_is_gone,
)
from articles.models import Article, ArticleRevision
from articles.permissions import Person, account_of, can_begin, can_publish, can_write
from articles.picturing import bring_back_with
from articles.reviewing import ask
from articles.revising import Kind, forget_autosave, keep
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.discussions.opening import retitle
from newsroom.redirects.leading import lead

Status = Article.Status
# So many colleagues may begin an article of the same title at the same moment.
ADDRESSES_TRIED = 8


class StaleSaveError(Exception):
    """What was typed was typed on an older text than the article now has. Nothing was changed."""

    def __init__(self, article: Article, base: int, content: Content) -> None:
        """Keep the article as it now stands, the number of the revision that was typed on, and what was typed."""
        super().__init__(f"{article} was typed on revision {base} and is at {article.version}")
        self.article = article
        self.base = base
        self.content = content


@transaction.atomic
def write(  # noqa: PLR0913 - each says another thing about the save
    article: Article, content: Content, by: Person, *, base: int | None = None, note: str = "", form_key: str = ""
) -> Article:
    """Save ``content`` as what the article now says, and return the article as it now stands.

    What readers were shown stays as it is: on a released article the content becomes the working version, until
    ``publish`` swaps it in. Otherwise its rows change at once; an approved text that changed is to be reviewed again.
    Columns that the content does not name keep their value. A content that changes nothing makes no revision.

    ``base`` is the revision on which it was typed: StaleSaveError if the article has moved on since and says something
    else, PermissionDenied for somebody who does not write for the newsroom. ``form_key`` names the form.
    Order: revision, rows, thread, autosave forgotten.
    """
    if not article.pk:
        return _begin(article, content, by, form_key)
    article.hold()
    if not can_write(by, article):
        raise PermissionDenied
    before = current_content(article)
    after = {**before, **settled(content)}
    if base is not None and after != before and not _is_on(article, base, before):
        raise StaleSaveError(article, base, after)
    if after != before:
        editor = account_of(by)
        if not article.version:
            # It came from before revisions were kept, or from an import: what it said is kept too.
            keep(article, Kind.SAVE, before, None, note=_("As it stood before"))
        revision = keep(article, Kind.SAVE, after, editor, note=note, form_key=form_key)
        if article.is_released:
            _set_aside(article, revision)
        else:
            _put(article, after, before, editor)
    forget_autosave(article, by, form_key=form_key)
    return article


@transaction.atomic
def restore(article: Article, revision: ArticleRevision, by: Person, *, base: int | None = None) -> list[str]:
    """Make what ``revision`` kept the article's text again, as a save like any other; return what could not be.

    Images that were taken out of the library come back to it, tags that were deleted are made again; what no longer
    exists at all (an author, a specialty) is left out and named. Raises as ``write``, and Refusal for a revision of
    another article.
    """
    if revision.article_id != article.pk:
        raise Refusal(_("This revision belongs to another article."))
    content, lost = without_what_is_gone(revision.content)
    bring_back_with(content)
    write(article, content, by, base=base, note=_("Restored from revision %(number)s") % {"number": revision.number})
    return lost


@transaction.atomic
def readdress(article: Article, slug: str, by: Person) -> None:
    """Give the article another address; once readers have known it, the old one leads to the new one for ever.

    An address that nobody outside has known leads nowhere: it would tell of what is still to come. Raises
    PermissionDenied for somebody who does not write, or who may not publish what is released; Refusal for an address
    that another article has, or for another address of what readers have known and may not see now.
    """
    article.hold()
    if not can_write(by, article) or (article.was_released and not can_publish(by, article)):
        raise PermissionDenied
    if not slug or slug == article.slug:
        return
    _refuse_while_held_back(article)
    old = article.get_absolute_url()
    article.slug = slug
    try:
        with transaction.atomic():
            article.save(update_fields=["slug", "changed_at"])
    except IntegrityError:
        article.hold()
        raise Refusal(_("Another article has this address.")) from None
    if article.was_public_at(timezone.now()):
        lead(old, article.get_absolute_url())
    if article.thread is not None:
        retitle(article.thread, article.title, article.get_absolute_url())


def _begin(article: Article, content: Content, by: Person, form_key: str) -> Article:
    if not can_begin(by):
        raise PermissionDenied
    content = settled(content)
    lay_over(article, content)
    _save_new(article)
    put_rows(article, content, {})
    editor = account_of(by)
    keep(article, Kind.SAVE, content_of(article), editor, form_key=form_key)
    article.save(update_fields=["version"])
    forget_autosave(article, by, form_key=form_key)
    return article


def _refuse_while_held_back(article: Article) -> None:
    """Refuse to lead readers on to an address whose words they may not read yet."""
    if article.has_been_public and article.public_from is not None and article.public_from > timezone.now():
        raise Refusal(_("Readers have known this article by its address: change it when they see the article again."))


def _save_new(article: Article) -> None:
    """Save an article that was never saved; where somebody has just taken its address, it gets another."""
    for _attempt in range(ADDRESSES_TRIED):
        try:
            with transaction.atomic():
                article.save()
        except IntegrityError:
            article.slug = ""
        else:
            return
    article.save()


def _is_on(article: Article, base: int, content: Content) -> bool:
    """Say whether the article still says what revision ``base`` did: only submitted, published or corrected since."""
    if base == article.version:
        return True
    return digest_of(content) in article.revisions.filter(number=base).values_list("digest", flat=True)


def _set_aside(article: Article, revision: ArticleRevision) -> None:
    """Make the revision the working version, or none where it says what readers see."""
    article.working = None if revision.content == content_of(article) else revision
    article.status = Status.MODIFIED if article.working else status_by_clock(article)
    article.save(update_fields=["working", "status", "version", "changed_at"])


def _put(article: Article, after: Content, before: Content, by: User | None) -> None:
    """Change the rows of an article that readers do not see."""
    if article.status == Status.APPROVED:
        article.status = Status.REVIEW
        ask(article, by)
    lay_over(article, after)
    article.save()
    put_rows(article, after, before)
    if article.thread is not None:
        retitle(article.thread, article.title, article.get_absolute_url())
