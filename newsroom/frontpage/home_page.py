"""The home page as its parts: what changes by itself is kept by itself, beside the page and its cards."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.template.loader import render_to_string

from articles.cards import cards_again
from articles.events import ARTICLES
from articles.models import Article
from debates.models import Debate
from newsroom.core.page_cache.pieces import Part, put
from newsroom.core.page_cache.sources import fetched_once, gathering, made_of
from newsroom.discussions.presence import present
from newsroom.frontpage.arranging import most
from newsroom.frontpage.composing import FrontPage, asked_on, compose
from newsroom.frontpage.models import current_plan
from newsroom.frontpage.stock import ranked
from newsroom.frontpage.zones import Kind, Plan
from polls.models import Poll

HOME: Final = "home"
DEBATES: Final = frozenset({HOME, "debates"})
POLLS: Final = frozenset({HOME, "polls"})
RANKED: Final = frozenset({HOME, ARTICLES})
# Who takes part now; and an order that changes without a row of the page changing.
BOX_KEPT: Final = timedelta(minutes=1)
RANKING_KEPT: Final = timedelta(minutes=5)
# The rows of what is asked stand in its boxes alone.
OF_BOXES: Final = frozenset({"debate", "poll", "choice", "argument"})


class HomePage:
    """The home page at one moment; what its parts show is fetched when the first of them is made."""

    def __init__(self, now: datetime, plan: Plan | None = None) -> None:
        """Compose the page at ``now`` by ``plan``, without it by what was saved last."""
        self.now, self.chosen = now, plan
        self.composed: FrontPage | None = None
        boxes: list[tuple[Kind, Callable[[], str], frozenset[str], timedelta]] = [
            (Kind.DEBATE, self._debate, DEBATES, BOX_KEPT),
            (Kind.POLL, self._poll, POLLS, BOX_KEPT),
            (Kind.MOST_COMMENTED, self._most_commented, RANKED, RANKING_KEPT),
            (Kind.MOST_READ, self._most_read, RANKED, RANKING_KEPT),
        ]
        self.parts = {str(kind): Part(f"home:{kind}", make, names, kept) for kind, make, names, kept in boxes}

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {"page": self.page, "parts": {kind: partial(put, part) for kind, part in self.parts.items()}}

    def again(self, keys: list[str]) -> dict[str, Part]:
        """Return the parts and the cards with these keys."""
        return {part.key: part for part in self.parts.values() if part.key in keys} | cards_again(keys)

    @fetched_once
    def plan(self) -> Plan:
        """Return what editors have decided."""
        return self.chosen or current_plan()

    @fetched_once
    def page(self) -> FrontPage:
        """Return the composed page, made from everything but what stands in its boxes alone."""
        with gathering() as names:
            page = self.composed = compose(self.plan, self.now)
        made_of(*(name for name in names if name.partition(":")[0] not in OF_BOXES))
        return page

    @fetched_once
    def asked(self) -> tuple[Debate | None, Poll | None]:
        """Return the debate and the consultation of the page."""
        if self.composed is None:
            return asked_on(self.plan, self.now)
        debate, poll = self.composed.debate, self.composed.poll
        polls = [one for one in (debate and debate.poll, poll) if one]
        made_of(*(row.source_name for row in (debate, *polls) if row))
        made_of(*(choice.source_name for one in polls for choice in one.choices.all()))
        return debate, poll

    @fetched_once
    def most(self) -> tuple[list[Article], list[Article]]:
        """Return what is discussed most and what is read most."""
        if self.composed is None:
            return most(ranked(self.plan, self.now), self.plan)
        stories = self.composed.stories
        for story in (*stories.most_commented, *stories.most_read):
            rows = (story, story.thread, story.primary_specialty)
            made_of(*(row.source_name for row in rows if row is not None))
        return stories.most_commented, stories.most_read

    def _debate(self) -> str:
        debate, _poll = self.asked
        if debate is None:
            return ""
        # The argument that it quotes is a comment of the debate's thread.
        made_of(f"thread:{debate.thread_id}")
        online = len(present(debate.thread_id))
        return _drawn("debates/_box.html", debate=debate, online=online, label=self._title(Kind.DEBATE))

    def _poll(self) -> str:
        _debate, poll = self.asked
        return _drawn("polls/_box.html", poll=poll, level=2, label=self._title(Kind.POLL)) if poll else ""

    def _most_commented(self) -> str:
        return self._ranked(Kind.MOST_COMMENTED, self.most[0])

    def _most_read(self) -> str:
        return self._ranked(Kind.MOST_READ, self.most[1])

    def _ranked(self, kind: Kind, articles: list[Article]) -> str:
        return _drawn("frontpage/_ranked.html", kind=kind, articles=articles, title=self._title(kind))

    def _title(self, kind: Kind) -> str:
        """Return the title that editors gave the block, or nothing."""
        return self.plan.zone(kind).title


def _drawn(template: str, **context: Any) -> str:
    return render_to_string(template, context)
