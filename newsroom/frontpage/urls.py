"""Addresses of the front page's app, in two namespaces: ``frontpage`` and ``health``."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from newsroom.frontpage import feeds
from newsroom.frontpage.views import health, here, home, machines, pages, searching

PAGES = "charte|mentions-legales|accessibilite|donnees-personnelles|contact"

frontpage: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("recherche/", searching.search, name="search"),
    path("moi/ici/", here.here, name="here"),
    re_path(rf"^(?P<name>{PAGES})/$", pages.page, name="page"),
    path("flux/articles.rss", feeds.articles_rss, name="feed-articles"),
    path("flux/articles.atom", feeds.articles_atom, name="feed-articles-atom"),
    path("flux/articles.json", feeds.articles_json, name="feed-articles-json"),
    path("flux/specialites/<slug:slug>.rss", feeds.specialty, name="feed-specialty"),
    path("flux/themes/<slug:slug>.rss", feeds.tag, name="feed-tag"),
    path("flux/auteurs/<slug:slug>.rss", feeds.author, name="feed-author"),
    path("flux/selections/<slug:slug>.rss", feeds.selection, name="feed-selection"),
    path("flux/corrections.rss", feeds.corrections, name="feed-corrections"),
    path("flux/debats.rss", feeds.debates, name="feed-debates"),
    path("flux/podcast.rss", feeds.podcast, name="feed-podcast"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-news.xml", machines.news_sitemap, name="news-sitemap"),
    path("robots.txt", machines.robots, name="robots"),
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
