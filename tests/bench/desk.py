"""The desk of a newsroom of many years: lists, search, forms, history, saving and publishing."""

import time
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.contents import content_of
from articles.models import Article, ArticleRevision, Author
from articles.proofreading.checklist import remarks
from articles.proofreading.facts import Story
from articles.publishing import publish
from articles.writing import write
from tests.bench.crowd import make_crowd
from tests.bench.measuring import at_most, median_cpu_ms
from tests.factories.accounts import staff

PARAGRAPH = 'Le médecin prescrit <strong>dix</strong> milligrammes [1], selon une <a href="/x">étude</a> de Rouen. ' * 6
LONG = Story(title="Une longue enquête", body=f"<p>{PARAGRAPH}</p>" * 140)
ROLES = ("editor", "editor in chief", "administrator")
TIMES = 9
FILTERS = {"status__exact": "published", "format__exact": "case"}
OTHER_FILTERS = {"primary_specialty__id__exact": "1", "audience__exact": "public"}


def many_years():
    """Every figure of a desk with 100,000 articles and 3,000,000 revisions."""
    make_crowd()
    people = [staff(role, email=f"{number}@bench.example") for number, role in enumerate(ROLES)]
    browsers = [_browser_of(person) for person in people]
    specialty = Article.objects.exclude(primary_specialty=None).values_list("primary_specialty", flat=True)[0]
    listing = reverse("admin:articles_article_changelist")
    other = {**OTHER_FILTERS, "primary_specialty__id__exact": str(specialty)}
    lists = [_answer_ms(browser, listing, query) for browser in browsers for query in (FILTERS, other)]
    yield at_most("desk.list_two_filters", max(lists), "ms", 100)
    yield at_most("desk.list_queries", max(_queries(browser, listing, FILTERS) for browser in browsers), "", 12)
    words = ("vaccination", "oedeme pulmonaire", "antibiotique resis", "le point 4242")
    yield at_most("desk.search", max(_answer_ms(browsers[0], listing, {"q": asked}) for asked in words), "ms", 100)
    story = Article.objects.order_by("-pk")[50]
    form = reverse("admin:articles_article_change", args=[story.pk])
    yield at_most("desk.edit_form", max(_answer_ms(browser, form) for browser in browsers), "ms", 60)
    yield at_most("desk.history", _answer_ms(browsers[0], reverse("desk:history", args=[story.pk])), "ms", 30)
    yield at_most("desk.latest_revision", _latest_ms(story), "ms", 5)
    yield at_most("desk.save_and_publish", _save_and_publish_ms(people[1]), "ms", 40)
    yield at_most("desk.checklist_10000_words", median_cpu_ms(lambda: remarks(LONG)), "ms", 5)
    yield at_most("desk.first_page", _answer_ms(browsers[1], reverse("admin:index")), "ms", 1000)


def _browser_of(person):
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def _median_ms(work):
    """Return the median milliseconds of a call, waiting for the database included, after two to warm up."""
    spent = []
    for number in range(TIMES + 2):
        start = time.perf_counter()
        work()
        if number > 1:
            spent.append(1000 * (time.perf_counter() - start))
    return median(spent)


def _answer_ms(browser, address, query=None):
    def ask():
        answer = browser.get(address, query)
        assert answer.status_code == 200, (address, query, answer.status_code)

    return _median_ms(ask)


def _queries(browser, address, query):
    with CaptureQueriesContext(connection) as queries:
        browser.get(address, query)
    return len(queries)


def _latest_ms(story):
    return _median_ms(lambda: ArticleRevision.objects.filter(article=story).kept().latest_first().first())


def _save_and_publish_ms(chief):
    """Return the time of a save and of its publication together, each time of another text."""
    story = Article.objects.filter(status="published").order_by("-pk")[100]
    author = Author.objects.first()
    start = {**content_of(story), "bylines": [{"author": author.pk, "role": "", "affiliation": "", "interests": ""}]}
    number = iter(range(1000))

    def save_and_publish():
        write(story, {**start, "standfirst": f"Un chapô neuf, le {next(number)}e."}, by=chief)
        publish(story, by=chief)

    return _median_ms(save_and_publish)
