"""What machines read: feeds from stored items, parts of the map. Measured on as many articles as there are."""

import re
import time

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from newsroom.taxonomy.models import Specialty
from tests.bench.measuring import at_most, median_cpu_ms
from tests.factories.articles import SpecialtyFactory

TIMES = 101


def machines():
    """Feeds, conditional answers and sitemaps: the view's own CPU, its queries, the time that one part takes."""
    specialty = Specialty.objects.first() or SpecialtyFactory()
    for name, path in (("feed", "/flux/articles.rss"), ("feed_filed", f"/flux/specialites/{specialty.slug}.rss")):
        etag = asked(path)["ETag"]
        yield at_most(f"site.{name}_cpu", median_cpu_ms(lambda path=path: asked(path), TIMES), "ms", 1.5)
        yield at_most(f"site.{name}_queries", queries(path), "", 4)
        known = {"HTTP_IF_NONE_MATCH": etag}
        unchanged = median_cpu_ms(lambda path=path, known=known: asked(path, 304, **known), TIMES)
        yield at_most(f"site.{name}_unchanged_cpu", unchanged, "ms", 1.0)
    part = re.search(r"/sitemap-articles-\d+\.xml", asked("/sitemap.xml").content.decode())[0]
    yield at_most("site.sitemap_part", seconds(part), "s", 1)
    yield at_most("site.sitemap_index", seconds("/sitemap.xml"), "s", 1)


def asked(path, status=200, **headers):
    """Return what the view answers to a GET of ``path``."""
    match = resolve(path)
    request = RequestFactory().get(path, **headers)
    response = match.func(request, *match.args, **match.kwargs)
    assert response.status_code == status
    return response


def queries(path):
    """Return how many queries an answer takes."""
    with CaptureQueriesContext(connection) as captured:
        asked(path)
    return len(captured)


def seconds(path):
    """Return how long one answer takes, after a first."""
    asked(path)
    start = time.perf_counter()
    asked(path)
    return time.perf_counter() - start
