"""The plan of the site, for people: where everything is that is not an article."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Dossier, Selection
from articles.showing import shown
from debates.models import Debate
from newsroom.pages.models import SLUGS, Page
from newsroom.taxonomy.models import Specialty
from polls.models import Poll

# How many debates, consultations and dossiers are named; their lists hold the rest.
NAMED: Final = 20


@dataclass(frozen=True)
class Part:
    """A part of the plan: what it is called, what stands in it, and the list that holds all of it (or none)."""

    title: str | Promise
    entries: list[tuple[str, str]]
    more: str = ""


def site_plan() -> list[Part]:
    """Return the parts of the site with the address of each thing in them; nine queries, empty parts left out."""
    specialties = Specialty.objects.filter(Exists(Article.objects.published().filter(primary_specialty=OuterRef("pk"))))
    blocks = shown(Selection.objects.all(), Article.objects.only("sponsor", "format"))
    debates = Debate.objects.published().select_related("poll").newest_first()[:NAMED]
    polls = Poll.objects.published().standalone().newest_first()[:NAMED]
    pages = {page.slug: page for page in Page.objects.only("slug", "title")}
    parts = [
        Part(_("News"), _lists()),
        Part(_("Specialties"), _named(specialties), reverse("articles:specialties")),
        Part(_("Selections"), _named(block.selection for block in blocks)),
        Part(_("Dossiers"), _named(Dossier.objects.published()[:NAMED]), reverse("articles:dossiers")),
        Part(_("Debates"), _named(debates), reverse("debates:list")),
        Part(_("Consultations"), _named(polls), reverse("polls:list")),
        Part(_("Take part"), _taking_part()),
        Part(_("About"), _named(pages[slug] for slug in SLUGS if slug in pages)),
    ]
    return [part for part in parts if part.entries]


def _named(things: object) -> list[tuple[str, str]]:
    return [(str(thing), thing.get_absolute_url()) for thing in things]  # type: ignore[attr-defined] # an iterable of models


def _lists() -> list[tuple[str, str]]:
    articles = reverse("articles:list")
    return [
        (str(_("Home")), reverse("frontpage:home")),
        (str(_("All articles")), articles),
        (str(_("Podcasts")), f"{articles}?format=podcast"),
        (str(_("Corrections")), reverse("articles:corrections")),
        (str(_("Search")), reverse("frontpage:search")),
        (str(_("RSS feed")), reverse("frontpage:feed-articles")),
    ]


def _taking_part() -> list[tuple[str, str]]:
    return [
        (str(_("Create an account")), reverse("account_signup")),
        (str(_("Sign in")), reverse("account_login")),
        (str(_("My account")), reverse("accounts:me")),
    ]
