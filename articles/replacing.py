"""Putting another picture in the place of one that may not be shown any more."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.contents import content_of
from articles.events import ArticleChanged
from articles.models import Article, ArticleRevision, Image
from articles.permissions import Person, can_replace_image
from articles.revising import Kind, keep
from articles.writing import write
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record


@transaction.atomic
def replace(image: Image, other: Image, by: Person) -> list[Article]:
    """Make ``other`` the lead image of every article that ``image`` leads, and return those articles.

    Readers see it at once: a right that has ended does not wait for a review. What colleagues are changing in the
    meantime stays unpublished, with the other picture too. The words that an article had for the old picture go: they
    described that one. Pictures inside texts stay, for the sentence beside them speaks of them: editors see to those.

    Raises PermissionDenied without the right to publish; Refusal for a picture that may not be shown itself, or that
    nobody has described. Records ArticleChanged for each released article.
    """
    if not (isinstance(by, User) and can_replace_image(by)):
        raise PermissionDenied
    _refuse_unfit(image, other)
    articles = list(Article.objects.filter(image=image).order_by("pk"))
    for article in articles:
        article.hold()
        _replace_in(article, image, other, by)
    return articles


def _refuse_unfit(image: Image, other: Image) -> None:
    if other.pk == image.pk:
        raise Refusal(_("Choose another image."))
    if objections := other.objections_on(timezone.localdate()):
        raise Refusal(" ".join(objections))
    if not (other.alt or other.is_decorative):
        raise Refusal(_("“%(image)s” is not described yet: describe it first.") % {"image": other})


def _replace_in(article: Article, image: Image, other: Image, by: User) -> None:
    led_by_other: dict[str, Any] = {"image": other.pk, "image_alt": "", "image_is_decorative": False}
    if not article.is_released:
        write(article, led_by_other, by, note=_("Image replaced"))
        return
    article.image, article.image_alt, article.image_is_decorative = other, "", False
    keep(article, Kind.CORRECT, content_of(article), by, note=_("Image replaced"))
    if article.working is not None:
        article.working = _working_led_by(led_by_other, article, article.working, image, by)
    article.save(update_fields=["image", "image_alt", "image_is_decorative", "working", "version", "changed_at"])
    record(ArticleChanged(article.pk))


def _working_led_by(
    led_by_other: dict[str, Any], article: Article, working: ArticleRevision, image: Image, by: User
) -> ArticleRevision:
    """Keep what colleagues are changing as the latest revision, led by the other picture unless they chose a third."""
    content = dict(working.content)
    if content.get("image") == image.pk:
        content |= led_by_other
    return keep(article, Kind.SAVE, content, by, note=_("Image replaced"))
