"""The feed of what the newsroom has put right."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, Correction
from newsroom.core.access import open_to_all
from newsroom.core.written import MOMENT, Written
from newsroom.frontpage.feeds.answering import ITEMS, Listed, answered
from newsroom.frontpage.feeds.entries import Entry, Head, lasting_name
from newsroom.frontpage.feeds.formats import FORMATS
from newsroom.frontpage.feeds.telling import labelled
from newsroom.frontpage.mapping import absolute

OWN: Final = ("pk", "kind", "text", "made_at")
OF_ARTICLE: Final = ("title", "slug", "audience", "format", "sponsor")
LATEST: Final = Written(
    lambda: (
        Correction.objects.public(MOMENT)
        .newest_first()
        .values_list(*OWN, *(f"article__{name}" for name in OF_ARTICLE))[:ITEMS]
    ),
)


@open_to_all
@require_safe
def corrections(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the latest corrections of what readers may know of."""
    head = Head(
        lasting_name("flux", "corrections"),
        _("%(site)s: the corrections") % {"site": settings.SITE_NAME},
        settings.SITE_TAGLINE,
        absolute(reverse("articles:corrections")),
        absolute(request.path),
    )
    rows = LATEST.rows()

    def items() -> Iterable[str]:
        return [FORMATS[ending].item(_entry(row)) for row in rows]

    return answered(request, head, FORMATS[ending], Listed([repr(row) for row in rows], items))


def _entry(row: tuple[Any, ...]) -> Entry:
    """Return what was put right; of an article that is not for everybody, only that something was."""
    article = Article(**dict(zip(OF_ARTICLE, row[len(OWN) :], strict=True)))
    correction = Correction(article=article, **dict(zip(OWN, row, strict=False)))
    title = _("%(kind)s: %(title)s") % {"kind": correction.get_kind_display(), "title": article.title}
    reserved = _("The article is reserved: its readers read the correction under its text.")
    return Entry(
        name=lasting_name("corrections", correction.pk),
        url=absolute(f"{article.get_absolute_url()}#{correction.anchor}"),
        title=labelled(title, is_sponsored=article.is_sponsored),
        summary=correction.public_text or reserved,
        published=correction.made_at,
        updated=correction.made_at,
    )
