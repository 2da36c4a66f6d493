"""Stories in lists: `{% load stories %}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from newsroom.core.page_cache.pieces import is_framing, put
from newsroom.core.story_cards import Shape, card_html, card_part, kicker_html, picture_html

register = template.Library()


@register.simple_tag
def card(article: Any, **options: Any) -> SafeString:
    """Show one article of a list: `{% card article level=3 variant="row" with_specialty=True %}`.

    ``level`` (2, 3 or 4) and ``variant`` ("", "lead", "row", "thumb") are the card's; ``with_standfirst``,
    ``with_image``, ``with_specialty`` (kicker and specialty), ``with_kicker`` (kicker alone), ``with_byline``,
    ``without_meta``, ``in_partner_block`` (the block says already who paid) and ``eager`` (image above the fold) are
    true or not. Raises TypeError for any other.
    """
    shape = _shape(**options)
    return put(card_part(article, shape)) if is_framing() else card_html(article, shape)


@register.simple_tag
def kicker(kicker: str, specialty: Any, is_sponsored: Any) -> SafeString:
    """Show the line above a title: `{% kicker article.kicker article.primary_specialty article.is_sponsored %}`."""
    return kicker_html(kicker, specialty or None, is_sponsored=bool(is_sponsored))


@register.simple_tag
def picture(image: Any, width: str, sizes: str, alt: str = "", eager: Any = None) -> SafeString:
    """Show a picture: `{% picture image "wide" sizes="100vw" alt=image.alt eager=True %}`."""
    return picture_html(image, width, sizes=sizes, alt=alt, eager=bool(eager))


def _shape(level: int = 3, variant: str = "", *, without_meta: Any = False, eager: Any = False, **shows: Any) -> Shape:
    named = {name.removeprefix("with_"): bool(value) for name, value in shows.items()}
    named["partner"] = named.pop("in_partner_block", False)
    return Shape(level=level, variant=variant, meta=not without_meta, eager=bool(eager), **named)
