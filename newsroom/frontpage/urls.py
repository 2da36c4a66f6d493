"""Addresses of the front page's app, in two namespaces: ``frontpage`` and ``health``."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path

from newsroom.frontpage.feeds import articles as article_feeds
from newsroom.frontpage.feeds import corrections as correction_feeds
from newsroom.frontpage.feeds import debates as debate_feeds
from newsroom.frontpage.feeds import episode_parts
from newsroom.frontpage.feeds.formats import FORMATS
from newsroom.frontpage.mapping import KINDS
from newsroom.frontpage.views import health, here, home, machines, oembed, pages, searching, sitemaps
from newsroom.pages.models import SLUGS

PAGES = "|".join(SLUGS)

# Each list in three ways: named "feed-articles" as RSS, "feed-articles-atom", "feed-articles-json".
LISTS: dict[str, tuple[str, Callable[..., HttpResponseBase]]] = {
    "feed-articles": ("articles", article_feeds.latest),
    "feed-specialty": ("specialites/<slug:slug>", article_feeds.specialty),
    "feed-tag": ("themes/<slug:slug>", article_feeds.tag),
    "feed-author": ("auteurs/<slug:slug>", article_feeds.author),
    "feed-selection": ("selections/<slug:slug>", article_feeds.selection),
    "feed-corrections": ("corrections", correction_feeds.corrections),
    "feed-debates": ("debats", debate_feeds.debates),
}
feeds = [
    path(f"flux/{address}.{ending}", view, {"ending": ending}, name if ending == "rss" else f"{name}-{ending}")
    for name, (address, view) in LISTS.items()
    for ending in FORMATS
]

frontpage: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("recherche/", searching.search, name="search"),
    path("recherche/suggestions/", searching.suggest, name="suggest"),
    path("moi/ici/", here.here, name="here"),
    re_path(rf"^(?P<name>{PAGES})/$", pages.page, name="page"),
    path("plan-du-site/", pages.plan, name="site-plan"),
    *feeds,
    path("flux/podcast.rss", article_feeds.podcast, name="feed-podcast"),
    path("flux/podcast/<int:pk>/chapitres.json", episode_parts.chapters, name="podcast-chapters"),
    path("flux/podcast/<int:pk>/transcription.txt", episode_parts.transcript, name="podcast-transcript"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-listes.xml", sitemaps.lists, name="sitemap-lists"),
    re_path(
        rf"^sitemap-(?P<kind>{'|'.join(KINDS)})-(?P<number>[1-9][0-9]{{0,4}})\.xml$", sitemaps.part, name="sitemap-part"
    ),
    path("sitemap-news.xml", sitemaps.news_sitemap, name="news-sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("oembed/", oembed.oembed, name="oembed"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path(".well-known/security.txt", machines.security_txt, name="security-txt"),
]

health_checks = [
    path("vivant", health.alive, name="alive"),
    path("pret", health.ready, name="ready"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((frontpage, "frontpage"))),
    path("sante/", include((health_checks, "health"))),
]
