"""Putting another picture in the place of one that may not be shown any more."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.contents import Content, content_of, current_content, lay_over
from articles.events import ArticleChanged
from articles.models import Article, Image
from articles.models.picture_addresses import names_at
from articles.permissions import Person, can_replace_image
from articles.revising import Kind, keep
from articles.uses import showing, showing_in_changes
from articles.writing import write
from newsroom.accounts.models import User
from newsroom.core.markup import Element, elements, parsed, written
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record

# What a tag says of the old picture's file.
_OF_THE_FILE = ("srcset", "sizes", "width", "height", "style")


@transaction.atomic
def replace(image: Image, other: Image, by: Person) -> list[Article]:
    """Put ``other`` in the place of ``image`` wherever an article shows it, and return those articles.

    As lead image and inside texts, in what readers see and in what colleagues are changing. Readers see it at once: a
    right that has ended does not wait for a review; what is being changed stays unpublished. The words that an article
    had for the old picture, its caption in a text included, give way to those of the other: they described that one.

    Raises PermissionDenied without the right to publish; Refusal for a picture that may not be shown itself, or that
    nobody has described. Records ArticleChanged for each article in which readers see it.
    """
    if not (isinstance(by, User) and can_replace_image(by)):
        raise PermissionDenied
    _refuse_unfit(image, other)
    everything = Article.objects.all()
    articles = list((showing(everything, image) | showing_in_changes(everything, image)).order_by("pk"))
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
    note = _("Image replaced")
    if not article.is_released:
        write(article, _with_other(current_content(article), image, other), by, note=note)
        return
    changed = _with_other(content_of(article), image, other)
    if changed:
        lay_over(article, changed)
        keep(article, Kind.CORRECT, content_of(article), by, note=note)
        record(ArticleChanged(article.pk))
    if article.working is not None:
        # Kept as the latest revision, which it was: colleagues go on from it.
        working = {**article.working.content, **_with_other(article.working.content, image, other)}
        article.working = keep(article, Kind.SAVE, working, by, note=note)
    article.save(update_fields=[*changed, "working", "version", "changed_at"])


def _with_other(content: Mapping[str, Any], image: Image, other: Image) -> Content:
    """Return what becomes different in a content; nothing where it does not show the picture."""
    changed: Content = {}
    if content.get("image") == image.pk:
        changed |= {"image": other.pk, "image_alt": "", "image_is_decorative": False}
    nodes = parsed(content.get("body") or "")
    if _replaced([node for node in nodes if isinstance(node, Element)], image, other):
        changed["body"] = written(nodes)
    return changed


def _replaced(inside: list[Element], image: Image, other: Image) -> bool:
    """Replace the picture in the tags of a tree, in place; say whether it stood there."""
    everything = list(elements([*inside]))
    shown = [tag for tag in everything if tag.tag == "img" and _shows(tag, image)]
    for tag in shown:
        kept = {name: value for name, value in tag.attributes.items() if name not in _OF_THE_FILE}
        tag.attributes = {**kept, "src": other.url, "alt": other.alt}
    for figure in everything:
        if figure.tag == "figure" and any(tag is one for tag in elements(figure.children) for one in shown):
            _caption(figure, other.caption)
    return bool(shown)


def _shows(tag: Element, image: Image) -> bool:
    return image.file.name in names_at([tag.attributes.get("src", "")]).values()


def _caption(figure: Element, caption: str) -> None:
    """Give the figure the words that the library has for its picture, in place of its own."""
    had_one = any(isinstance(node, Element) and node.tag == "figcaption" for node in figure.children)
    figure.children = [node for node in figure.children if not isinstance(node, Element) or node.tag != "figcaption"]
    if had_one and caption:
        figure.children.append(Element("figcaption", children=[caption]))
