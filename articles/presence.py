"""Being seen to edit an article: a form tells of itself, a colleague sees it, and may take over from who has left."""

from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, EditingLock
from articles.permissions import can_write
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.core.templatetags.typo import age_fr


class Notice(NamedTuple):
    """What somebody is told about a colleague's form: a sentence, or nothing; and whether he may take over."""

    sentence: str = ""
    may_take_over: bool = False


def notice_of(lock: EditingLock | None, reader: User) -> Notice:
    """Return what ``reader`` is told of a lock: nothing of his own, nor of one whose form is closed."""
    now = timezone.now()
    if lock is None or lock.holder_id == reader.pk or not lock.is_open_at(now):
        return Notice()
    facts = {"name": lock.holder.get_full_name(), "age": age_fr(lock.since)}
    if lock.taken_from_id == reader.pk:
        sentence = _("%(name)s has taken over this article.") % facts
    else:
        sentence = _("%(name)s has been editing this article for %(age)s.") % facts
    return Notice(sentence, lock.is_idle_at(now))


@transaction.atomic
def attend(article: Article, by: User, *, form_key: str = "", is_typing: bool = False) -> EditingLock:
    """Tell that the person has the article open in a form, and return the lock: his, or that of who came first.

    A lock whose form is closed passes to whoever tells of himself next. ``is_typing``: he has typed since he told of
    himself last. Raises PermissionDenied. Costs two queries.
    """
    if not can_write(by, article):
        raise PermissionDenied
    now = timezone.now()
    first = {"holder": by, "form_key": form_key, "since": now, "seen_at": now, "typed_at": now}
    lock, is_new = EditingLock.objects.holding().get_or_create(article=article, defaults=first)
    if is_new or (lock.holder_id != by.pk and lock.is_open_at(now)):
        return lock
    if lock.holder_id != by.pk or not lock.is_open_at(now):
        lock.since, lock.typed_at, lock.taken_from = now, now, None
    lock.holder, lock.form_key, lock.seen_at = by, form_key, now
    lock.typed_at = now if is_typing else lock.typed_at
    lock.save()
    return lock


@transaction.atomic
def take_over(article: Article, by: User, *, form_key: str = "") -> EditingLock:
    """Make the person the one who edits, in place of a colleague who has typed nothing for ten minutes.

    Written into the journal; the colleague's form says so. Raises PermissionDenied; Refusal while the colleague types.
    """
    if not can_write(by, article):
        raise PermissionDenied
    now = timezone.now()
    lock = EditingLock.objects.holding().filter(article=article).first()
    if lock is None or lock.holder_id == by.pk or not lock.is_open_at(now):
        return attend(article, by, form_key=form_key)
    before = lock.holder
    if not lock.is_idle_at(now):
        raise Refusal(_("%(name)s is still writing: talk to each other first.") % {"name": before.get_full_name()})
    lock.holder, lock.taken_from, lock.form_key = by, before, form_key
    lock.since = lock.seen_at = lock.typed_at = now
    lock.save()
    told = _("Took over from %(name)s, whose form stood open") % {"name": before.get_full_name()}
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=told, single_object=True)
    return lock


def leave(article: Article, by: User, *, form_key: str = "") -> None:
    """Tell that the form is closed. What another form of the person told since is not undone by it."""
    EditingLock.objects.filter(article=article, holder=by, form_key=form_key).delete()
