"""The feed of debates. There are few of them, and they are short: their items are written whenever somebody asks."""

from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debates.models import Debate
from newsroom.core.access import open_to_all
from newsroom.core.written import MOMENT, Written
from newsroom.frontpage.feeds.answering import ITEMS, Listed, answered
from newsroom.frontpage.feeds.entries import Entry, Head, lasting_name
from newsroom.frontpage.feeds.formats import FORMATS
from newsroom.frontpage.mapping import absolute


class Told(NamedTuple):
    """What is read of a debate."""

    pk: int
    slug: str
    question: str
    introduction: str
    summary: str
    opens_at: datetime
    closes_at: datetime | None
    specialty: str | None


READ: Final = (
    *("pk", "slug", "poll__question", "introduction", "summary"),
    *("poll__opens_at", "poll__closes_at", "specialty__name"),
)
NEWEST: Final = Written(
    lambda: Debate.objects.published(MOMENT).newest_first().values_list(*READ)[:ITEMS],
)


@open_to_all
@require_safe
def debates(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the newest debates that have opened."""
    head = Head(
        lasting_name("flux", "debats"),
        _("%(site)s: the debates") % {"site": settings.SITE_NAME},
        settings.SITE_TAGLINE,
        absolute(reverse("debates:list")),
        absolute(request.path),
    )
    items = [FORMATS[ending].item(_entry(Told(*row))) for row in NEWEST.rows()]
    return answered(request, head, FORMATS[ending], Listed(items, lambda: items))


def _entry(debate: Told) -> Entry:
    """Return what an item says of a debate. A debate that has closed says so, from the second of its closing on."""
    over_at = debate.closes_at if debate.closes_at is not None and debate.closes_at <= timezone.now() else None
    question, summary = debate.question, debate.introduction
    if over_at is not None:
        question = _("%(question)s (closed)") % {"question": question}
        summary = f"{summary}\n\n{debate.summary}".strip()
    return Entry(
        name=lasting_name("debats", debate.pk),
        url=absolute(reverse("debates:debate", args=[debate.slug])),
        title=question,
        summary=summary,
        published=debate.opens_at,
        updated=over_at or debate.opens_at,
        categories=[debate.specialty] if debate.specialty else [],
    )
