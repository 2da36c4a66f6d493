"""Showing an article to somebody without an account: a signed link that expires, is logged and can be taken back."""

from datetime import timedelta

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Remark, ShareLink, ShareVisit, SignOff
from articles.permissions import Person, can_write
from articles.remarking import remark_as_guest
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised

SALT = "articles.sharing"
A_VISIT = timedelta(minutes=15)
Act = ShareVisit.Act


@transaction.atomic
def share(article: Article, made_for: str, by: Person) -> ShareLink:
    """Make a link to the article for somebody, valid for seven days, and return it.

    Raises PermissionDenied to whom does not write on the article, Refusal without saying for whom.
    """
    if not (isinstance(by, User) and can_write(by, article)):
        raise PermissionDenied
    made_for = normalised(made_for)[:140]
    if not made_for:
        raise Refusal(_("Say for whom the link is: it stands in the log."))
    return ShareLink.objects.create(article=article, made_for=made_for, made_by=by)


@transaction.atomic
def revoke(link: ShareLink, by: Person) -> ShareLink:
    """Take the link back, at once and for good, and return it. Raises PermissionDenied as ``share``."""
    if not (isinstance(by, User) and can_write(by, link.article)):
        raise PermissionDenied
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
    return link


def address_of(link: ShareLink) -> str:
    """Return the address that the link is: its number, signed with the site's key."""
    return reverse("articles:shared", args=[_signer().sign(str(link.pk))])


def link_behind(token: str) -> ShareLink | None:
    """Return the valid link that a token names; None for a forged, expired or revoked one, or to what is in the bin."""
    try:
        number = _signer().unsign(token)
    except signing.BadSignature:
        return None
    shown = ShareLink.objects.valid().select_related("article").exclude(article__status=Article.Status.TRASH)
    return shown.filter(pk=number).first()


@transaction.atomic
def note_visit(link: ShareLink) -> None:
    """Log that somebody read by the link: once a quarter of an hour, a reload is no visit."""
    lately = timezone.now() - A_VISIT
    if not link.visits.filter(act=Act.READ, at__gt=lately).exists():
        ShareVisit.objects.create(link=link, act=Act.READ)


@transaction.atomic
def comment(link: ShareLink, name: str, text: str, *, passage: str = "") -> Remark:
    """Keep what the visitor says, log it, and return the remark. Raises Refusal without name or text."""
    said = remark_as_guest(link, name, text, passage=passage)
    ShareVisit.objects.create(link=link, act=Act.REMARKED)
    return said


@transaction.atomic
def sign_off(link: ShareLink, name: str, *, note: str = "", version: int | None = None) -> SignOff:
    """Note that the visitor stands by the text as it was shown to him, and return the sign-off; once a text.

    ``version`` is the revision that he was shown: Refusal if the text has changed since, or without a name.
    """
    name = normalised(name)[:140]
    if not name:
        raise Refusal(_("Give your name: a sign-off without one says nothing."))
    article = Article.objects.select_for_update(of=["self"]).get(pk=link.article_id)
    if version is not None and version != article.version:
        raise Refusal(_("The text has changed since you opened it: read it again before you sign it off."))
    given = {"article": article, "note": normalised(note)[:1000]}
    signed, is_new = SignOff.objects.get_or_create(link=link, name=name, version=article.version, defaults=given)
    if is_new:
        ShareVisit.objects.create(link=link, act=Act.SIGNED)
    return signed


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")
