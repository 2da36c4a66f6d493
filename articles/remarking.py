"""Remarks on an article while it is written: said, answered, settled."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.events import EditorsMentioned
from articles.models import Article, Remark, ShareLink
from articles.permissions import Person, can_remark
from newsroom.accounts.models import User
from newsroom.core.folding import folded
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised
from newsroom.events.recording import record


@transaction.atomic
def remark(article: Article, text: str, by: Person, *, passage: str = "", reply_to: Remark | None = None) -> Remark:
    """Say something of the article, or answer a remark on it, and return the new remark.

    Whoever is named in the text as "@Anne Dupré" is told: people of the house who may see the article, the author
    left out. An answer to what was settled opens it again. Raises PermissionDenied to whom may not remark, Refusal
    without a text or for an answer to a remark on another article. Records EditorsMentioned if somebody is.
    """
    if not (isinstance(by, User) and can_remark(by, article)):
        raise PermissionDenied
    if reply_to is not None:
        if reply_to.article_id != article.pk:
            raise Refusal(_("This remark is on another article."))
        reply_to = reply_to.reply_to or reply_to
        Remark.objects.filter(pk=reply_to.pk).update(resolved_at=None, resolved_by=None)
    said = Remark.objects.create(
        article=article,
        author=by,
        reply_to=reply_to,
        version=article.version,
        **_words(text, passage),
    )
    mentioned = [person for person in mentioned_in(said.text) if person != by]
    if mentioned:
        said.mentioned.set(mentioned)
        record(EditorsMentioned(said.pk))
    return said


@transaction.atomic
def remark_as_guest(link: ShareLink, name: str, text: str, *, passage: str = "") -> Remark:
    """Keep what somebody from outside says by his link, under the name he gave, and return it.

    The link was checked by ``articles.sharing``. Raises Refusal without a name or a text.
    """
    name = normalised(name)[:140]
    if not name:
        raise Refusal(_("Give your name, so that the newsroom knows who speaks."))
    version = Article.objects.values_list("version", flat=True).get(pk=link.article_id)
    words = _words(text, passage)
    return Remark.objects.create(article_id=link.article_id, link=link, guest_name=name, version=version, **words)


@transaction.atomic
def resolve(said: Remark, by: Person, *, is_settled: bool = True) -> Remark:
    """Settle a first remark, or open it again, and return it. Raises PermissionDenied, Refusal for an answer."""
    if not (isinstance(by, User) and can_remark(by, said.article)):
        raise PermissionDenied
    if said.reply_to_id is not None:
        raise Refusal(_("Only the first remark of an exchange is settled."))
    said.resolved_at, said.resolved_by = (timezone.now(), by) if is_settled else (None, None)
    said.save(update_fields=["resolved_at", "resolved_by"])
    return said


def mentioned_in(text: str) -> list[User]:
    """Return the people of the house who are named after an "@", whatever the case and the accents; one query.

    A full name is needed: two people may share a first name.
    """
    if "@" not in text:
        return []
    return _named(folded(text), User.objects.active().filter(is_staff=True).order_by("pk"))


def _named(said: str, people: Iterable[User]) -> list[User]:
    return [person for person in people if f"@{folded(_plain_name(person))}" in said]


def _plain_name(person: User) -> str:
    return f"{person.first_name} {person.last_name}".strip() or person.email


def _words(text: str, passage: str) -> dict[str, Any]:
    text = normalised(text)
    if not text:
        raise Refusal(_("Write what you want to say."))
    return {"text": text[:2000], "passage": " ".join(normalised(passage).split())[:500]}
