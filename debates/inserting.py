"""What an editor may set between the paragraphs of an article: debates and consultations, found while he types.

It lives here because only debates know both: a debate is a poll and an address of its own. The article keeps a link
(``newsroom.core.insertions`` makes a card of it) and knows nothing of what it leads to.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.permissions import Person
from newsroom.core.desk_search import holding
from newsroom.core.templatetags.typo import date_long, time_fr
from newsroom.core.typography import typo_text
from polls.models import Poll

# As many are shown before somebody asks for more.
A_PAGE: Final = 10


@dataclass(frozen=True)
class Insertable:
    """A debate or a consultation as a list of them shows it: ``state`` says what readers find at its path now."""

    kind: str
    question: str
    path: str
    state: str


def found(person: Person, typed: str, page: int, now: datetime) -> dict[str, Any]:
    """Return a page of what the person may insert and has every word typed in its question or its address.

    ``{"found": [{"kind": …, "question": …, "path": …, "state": …}], "more": whether there is another page}``, the
    latest opened first and drafts last; one query. Nothing typed is everything.
    """
    matching = holding(_known_to(person, now), ["question", "slug", "debate__slug"], typed)
    start = A_PAGE * (page - 1)
    latest = matching.order_by(F("opens_at").desc(nulls_last=True), "-pk")[start : start + A_PAGE + 1]
    rows = list(latest.select_related("debate"))
    return {"found": [asdict(_shown(poll, now)) for poll in rows[:A_PAGE]], "more": len(rows) > A_PAGE}


def _known_to(person: Person, now: datetime) -> QuerySet[Poll]:
    """Return what has an address of its own; what is not open yet only to those who see its kind at the desk."""
    debates, consultations = Q(is_part_of_debate=True, debate__isnull=False), Q(is_part_of_debate=False)
    opened = Q(opens_at__lte=now)
    if not person.has_perm("debates.view_debate"):
        debates &= opened
    if not person.has_perm("polls.view_poll"):
        consultations &= opened
    return Poll.objects.filter(debates | consultations)


def _shown(poll: Poll, now: datetime) -> Insertable:
    # The words become the editor's own, which no page sets in French typography afterwards.
    question, state = typo_text(poll.question), _state(poll, now)
    if poll.is_part_of_debate:
        return Insertable(_("Debate"), question, poll.debate.get_absolute_url(), state)
    return Insertable(pgettext("poll", "Consultation"), question, poll.get_absolute_url(), state)


def _state(poll: Poll, now: datetime) -> str:
    if poll.opens_at is None:
        return _("draft: its link leads nowhere yet")
    if not poll.is_published_at(now):
        return _("opens on %(day)s at %(hour)s: its link leads nowhere before") % _moment(poll.opens_at)
    if poll.closes_at is None:
        return _("votes are open")
    words = _("votes are open until %(day)s") if poll.is_open_at(now) else _("votes were closed on %(day)s")
    return words % _moment(poll.closes_at)


def _moment(at: datetime) -> dict[str, str]:
    local = timezone.localtime(at)
    return {"day": date_long(local), "hour": time_fr(local)}
