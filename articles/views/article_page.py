"""The page of an article: the same for its readers, for the newsroom's preview and for a reader from outside."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.cards import cards_again
from articles.events import ARTICLES
from articles.models import Article, Dossier
from articles.structured import descriptions, shared_image
from articles.surroundings import Surroundings, around
from newsroom.core.page_cache.declaring import page_key
from newsroom.core.page_cache.pieces import Frame, Part, assembled, put
from newsroom.core.page_cache.sources import fetched_once, gathering, made_of
from newsroom.core.rendering import data_block, has_players, stored
from newsroom.discussions.models import Thread
from newsroom.discussions.presence import present
from newsroom.discussions.reading import conversations

# What is most discussed, also in a selection by rule, changes without anything in the rail changing.
RAIL_KEPT: Final = timedelta(minutes=5)
# Who takes part now, beside the debate: scripts ask anew.
BOX_KEPT: Final = timedelta(minutes=1)


def article_page(
    request: HttpRequest, story: Article, *, shows_text: bool, now: datetime | None = None, **more: Any
) -> HttpResponse:
    """Answer the page of an article as it is at ``now``, in a number of queries that depends on nothing.

    ``more`` goes into the template: ``is_private``, ``is_preview``, what a reader from outside is offered.
    """
    return HttpResponse(ArticlePage(request, lambda: story, shows_text=shows_text, now=now, more=more).html())


def kept_article_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the page that everybody gets, of parts that are kept; the article is fetched only where one is missing.

    Raises Article.DoesNotExist where none of that address is public.
    """
    page = ArticlePage(
        request,
        lambda: Article.objects.published().for_page().get(slug=slug),
        find_thread=lambda: Thread.objects.filter(article__slug=slug).first(),
    )
    return HttpResponse(assembled(page.frame, page.parts.values(), cards_again))


class ArticlePage:
    """The page of one article for one request; what its parts show is fetched when the first of them is made."""

    def __init__(  # noqa: PLR0913 - keywords, each its own
        self,
        request: HttpRequest,
        find: Callable[[], Article],
        *,
        find_thread: Callable[[], Thread | None] | None = None,
        shows_text: bool | None = None,
        now: datetime | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        """Show the article that ``find`` returns; its text if everybody may read it, unless ``shows_text`` says.

        ``find_thread`` finds its thread without it, for when a comment has changed nothing else.
        """
        self.request, self.find = request, find
        self.found: Article | None = None
        self.find_thread = find_thread or (lambda: self.story.thread)
        self.now, self.more = now or timezone.now(), more or {}
        self._shows_text = shows_text
        address, page = request.path, page_key(request)
        self.frame = Frame(
            f"article:{page}",
            self.html,
            # That there is a debate or a consultation, not how many have voted.
            frozenset({ARTICLES, "debates", "polls", "dossiers"}),
            leaves=frozenset({"thread", "debate", "poll", "choice"}),
        )
        self.parts = {
            "count": Part(f"article-count:{address}", self._count),
            "number": Part(f"article-number:{address}", self._number),
            "debate": Part(f"article-debate:{address}", self._debate, frozenset({"debates"}), BOX_KEPT),
            "thread": Part(f"article-thread:{page}", self._thread),
            "next": Part(f"article-next:{address}", self._next, frozenset({ARTICLES}), RAIL_KEPT),
            "rail": Part(f"article-rail:{address}", self._rail, frozenset({ARTICLES, "polls"}), RAIL_KEPT),
        }

    def html(self) -> str:
        """Return the page, with ``put`` where its parts stand."""
        story, (debate, poll) = self.story, self.asked
        context = {
            "article": story,
            "shows_text": self.shows_text,
            "debate": debate,
            "poll": poll,
            "dossiers": Dossier.objects.named(story.dossier_facts),
            "crumbs": _crumbs(story),
            "json_ld": self._json_ld(),
            "has_players": self.shows_text and has_players(story.body_html),
            "shared_image": shared_image(story),
            "nav_current": "podcasts" if story.is_podcast else "articles",
            "parts": {name: partial(put, part) for name, part in self.parts.items()},
            **self.more,
        }
        return render_to_string("articles/article.html", context, self.request)

    @fetched_once
    def story(self) -> Article:
        """Return the article, fetched ``for_page``; its thread is named by those parts that show it."""
        with gathering() as names:
            story = self.found = self.find()
        made_of(*_without_thread_of(story, names))
        return story

    @fetched_once
    def thread(self) -> Thread | None:
        """Return its thread, which is all that some parts are made from."""
        thread = self.find_thread() if self.found is None else self.found.thread
        if thread is not None:
            made_of(thread.source_name)
        return thread

    @property
    def shows_text(self) -> bool:
        """Say whether the text stands in the page."""
        return not self.story.is_restricted if self._shows_text is None else self._shows_text

    @fetched_once
    def around(self) -> Surroundings:
        """Return what stands beside it; a list in which it stands itself leaves it out, and its count."""
        with gathering() as names:
            beside = around(self.story, self.now)
        made_of(*_without_thread_of(self.story, names))
        return beside

    @fetched_once
    def asked(self) -> tuple[Any, Any]:
        """Return the debate that cites the article and its consultation, or None, with their choices."""
        # Asked through the relation: the app of debates stands a storey above.
        debate = self.story.debates.published(self.now).newest_first().select_related("poll").first()
        poll = self.story.poll if self.story.poll and self.story.poll.is_published_at(self.now) else None
        prefetch_related_objects([one for one in (poll, debate and debate.poll) if one], "choices")
        return debate, poll

    def _count(self) -> str:
        return render_to_string("articles/_count.html", {"count": self.thread.comment_count if self.thread else 0})

    def _number(self) -> str:
        return str(self.thread.comment_count if self.thread else 0)

    def _thread(self) -> str:
        thread = self.thread
        if thread is None:
            return ""
        asked = self.request.GET
        page = conversations(thread, page=asked.get("page", "1"), order=asked.get("tri", "recents"))
        return render_to_string("discussions/_thread.html", {"thread": thread, "conversations": page})

    def _debate(self) -> str:
        debate, _poll = self.asked
        if debate is None:
            return ""
        # The argument that it quotes is a comment of the debate's thread.
        made_of(f"thread:{debate.thread_id}")
        return render_to_string("debates/_box.html", {"debate": debate, "online": len(present(debate.thread_id))})

    def _next(self) -> str:
        return render_to_string("articles/_next.html", {"following": self.around.following})

    def _rail(self) -> str:
        _debate, poll = self.asked
        return render_to_string("articles/_rail.html", {"around": self.around, "poll": poll})

    def _json_ld(self) -> str:
        """Return what machines read of the article; the number of its comments is a part."""
        told = descriptions(self.story)
        told[0]["commentCount"] = 0
        # Quotation marks inside a JSON string are escaped: these stand around the key alone.
        return stored(data_block(told).replace('"commentCount": 0', f'"commentCount": {put(self.parts["number"])}', 1))


def _without_thread_of(story: Article, names: set[str]) -> set[str]:
    return names - {story.thread.source_name} if story.thread else names


def _crumbs(story: Article) -> list[tuple[str, str]]:
    """Return where the article stands: under its specialty, or under the news."""
    if story.primary_specialty is None:
        return [(_("News"), reverse("articles:list"))]
    crumb = (story.primary_specialty.name, story.primary_specialty.get_absolute_url())
    return [(_("Specialties"), reverse("articles:specialties")), crumb]
