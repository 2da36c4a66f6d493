"""A story in a list, drawn in Python: a page of them as templates took longer than everything else on it.

What a card says is escaped here, its texts set in French typography as ``{% load typo %}`` does. What it reads of a
story is what ``for_listing`` fetches.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

from django.utils.html import conditional_escape as shown
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import template_localtime  # type: ignore[attr-defined] # the stubs lack it
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.core.page_cache.pieces import Part
from newsroom.core.rendering import stored
from newsroom.core.templatetags.typo import count_fr, date_fr, duration_min, machine_time, typo

ICON: Final = '<svg class="ico" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>'
# Which sources of an image, which of its files for old browsers, and how wide it is shown: by the card's variant.
PICTURES: Final = {
    "thumb": ("thumb_sources", "thumb_url", "6.5rem"),
    "lead": ("wide_sources", "card_url", "(min-width: 60em) 37rem, 100vw"),
}
USUAL_PICTURE: Final = ("card_sources", "card_url", "(min-width: 60em) 19rem, 100vw")


@dataclass(frozen=True)
class Shape:
    """What a card shows of its story; a list gives all of its cards one.

    ``level`` is that of its heading (2, 3 or 4), ``variant`` its form ("", "lead", "row", "thumb"). ``specialty``
    stands for the line of kicker and specialty, ``kicker`` for the kicker alone, ``partner`` for the kicker alone where
    the block says already who paid. ``eager`` says that the image is in sight at once.
    """

    level: int = 3
    variant: str = ""
    standfirst: bool = False
    image: bool = False
    specialty: bool = False
    kicker: bool = False
    partner: bool = False
    byline: bool = False
    meta: bool = True
    eager: bool = False

    @property
    def key(self) -> str:
        """Return it in few signs, for the keys of stored cards; ``shape_of`` reads them."""
        return f"{self.level}{self.variant or '-'}{''.join('01'[getattr(self, flag)] for flag in FLAGS)}"


FLAGS: Final = tuple(one.name for one in fields(Shape) if one.name not in {"level", "variant"})


def shape_of(key: str) -> Shape:
    """Return the shape with that key."""
    cut = len(key) - len(FLAGS)
    flags = {name: sign == "1" for name, sign in zip(FLAGS, key[cut:], strict=True)}
    return Shape(level=int(key[0]), variant=key[1:cut].strip("-"), **flags)


def card_part(story: Any, shape: Shape) -> Part:
    """Return the card of a story as a part of pages: it goes when one of the rows changes that it shows."""
    rows = [story, story.thread, story.primary_specialty, story.image if shape.image else None]
    rows += [byline.author for byline in story.bylines.all()] if shape.byline else []
    names = frozenset(row.source_name for row in rows if row is not None)
    return Part(f"card:{story.pk}:{shape.key}", lambda: card_html(story, shape), names)


def card_html(story: Any, shape: Shape) -> SafeString:
    """Return the card of a story in that shape."""
    address = shown(story.get_absolute_url())
    pieces = [f'<article class="card card--{shape.variant}">' if shape.variant else '<article class="card">']
    if shape.image and story.image:
        # The image only repeats the title: an empty alternative is the right one (design, section 3).
        sources, src, sizes = PICTURES.get(shape.variant, USUAL_PICTURE)
        of = story.image
        pieces.append(_picture(of, getattr(of, sources), getattr(of, src), sizes, "", eager=shape.eager))
    pieces.append(_kicker_of(story, shape))
    pieces.append(f'<h{shape.level}><a href="{address}">{shown(typo(story.title))}</a></h{shape.level}>')
    if shape.standfirst and story.standfirst:
        pieces.append(f"<p>{shown(typo(story.standfirst))}</p>")
    if shape.meta:
        pieces.append(_meta(story, address, with_byline=shape.byline))
    pieces.append("</article>")
    # White space between blocks: what reads the text alone must not run them together.
    return stored("\n".join(piece for piece in pieces if piece))


def kicker_html(kicker: str, specialty: Any, *, is_sponsored: bool) -> SafeString:
    """Return the line above a title: who paid, kicker, specialty (or None); nothing when the three are empty."""
    if not (kicker or specialty or is_sponsored):
        return stored("")
    accent = "ardoise" if is_sponsored else (specialty and specialty.accent) or "bloc"
    pieces = [f'<p class="kicker a-{shown(accent)}">']
    if is_sponsored:
        pieces.append(f'<span class="chip">{shown(_("Sponsored content"))}</span> ')
    link = f'<a href="{shown(specialty.get_absolute_url())}">{shown(specialty.name)}</a>' if specialty else ""
    if kicker and kicker != (specialty.name if specialty else ""):
        pieces.append(f"<b>{shown(typo(capfirst(kicker)))}</b> {link}")
    elif specialty:
        pieces.append(f"<b>{link}</b>")
    pieces.append("</p>")
    return stored("".join(pieces))


def picture_html(image: Any, width: str, *, sizes: str, alt: str, eager: bool) -> SafeString:
    """Return a picture in the format and width that suits the screen.

    ``width`` says which of the image's sources ("wide", "card", "thumb"), ``sizes`` how wide it is shown; ``eager`` is
    for what is in sight at once.
    """
    src = image.thumb_url if width == "thumb" else image.card_url
    return stored(_picture(image, getattr(image, f"{width}_sources"), src, sizes, alt, eager=eager))


def _kicker_of(story: Any, shape: Shape) -> str:
    if shape.specialty:
        return kicker_html(story.kicker, story.primary_specialty, is_sponsored=story.is_sponsored)
    if shape.partner:
        return kicker_html(story.kicker, None, is_sponsored=False)
    # Whatever the list leaves out, it never leaves out who paid.
    if shape.kicker or story.is_sponsored:
        return kicker_html(story.kicker, None, is_sponsored=story.is_sponsored)
    return ""


def _picture(image: Any, sources: Any, src: str, sizes: str, alt: str, *, eager: bool) -> str:  # noqa: PLR0913
    kinds = "".join(
        f'<source type="{shown(source.kind)}" srcset="{shown(source.srcset)}" sizes="{sizes}">' for source in sources
    )
    focal = f' class="{shown(image.focal_class)}"' if image.focal_class else ""
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    size = f'width="{image.width:d}" height="{image.height:d}"'
    return f'<picture>{kinds}<img src="{shown(src)}" {size} alt="{shown(alt)}"{focal}{loading}></picture>'


def _meta(story: Any, address: str, *, with_byline: bool) -> str:
    """Return the line under a title: podcast or another format, byline, date, comments."""
    pieces = [_format(story)]
    if with_byline and (authors := story.byline_text):
        pieces.append(f"<span>{shown(_('By %(authors)s') % {'authors': typo(authors)})}</span>")
    if story.published_at:
        local = template_localtime(story.published_at)
        pieces.append(f'<span><time datetime="{machine_time(local)}">{date_fr(local)}</time></span>')
    said = comments_html(story.comment_total)
    pieces.append(f'<span><a href="{address}#commentaires">{ICON.format("bulle")} {said}</a></span>')
    return f'<p class="meta">{" ".join(piece for piece in pieces if piece)}</p>'


def _format(story: Any) -> str:
    if story.is_podcast:
        length = duration_min(story.audio_minutes) if story.audio_minutes else ""
        said = _("Podcast · %(length)s") % {"length": length} if length else _("Podcast")
        return f'<span class="podcast">{ICON.format("casque")} {shown(said)}</span>'
    label = str(story.format_label or "")
    return f"<span>{shown(label)}</span>" if label and label.lower() != story.kicker.lower() else ""


def comments_html(total: int) -> SafeString:
    """Return how many comments a story has, in figures for the eye and in words for the ear; an invitation for none."""
    if not total:
        return shown(_("React"))
    figure = count_fr(total)
    words = ngettext("%(shown)s comment", "%(shown)s comments", total) % {"shown": figure}
    said = f'<span aria-hidden="true">{figure}</span> <span class="vh">{shown(words)}</span>'
    return stored(said)
