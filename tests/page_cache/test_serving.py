"""Pages from the cache: the same answer without asking Django, in every coding, and never anything but a page."""

import gzip

import brotli
import pytest

from articles.models import Article
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db


def test_the_second_reader_is_answered_without_django(visitor):
    story = ArticleFactory(title="Un titre gardé")

    first, second = visitor.get(story.get_absolute_url()), visitor.get(story.get_absolute_url())

    assert (first.status, second.status) == (200, 200)
    assert (first.headers["x-cache"], second.headers["x-cache"]) == ("MISS", "HIT")
    assert first.body == second.body
    assert "Un titre gardé" in second.body.decode()
    assert visitor.asked == 1


def test_the_answer_from_the_cache_has_the_headers_of_the_page(visitor):
    story = ArticleFactory()

    first, second = visitor.get(story.get_absolute_url()), visitor.get(story.get_absolute_url())

    for name in ("content-type", "content-security-policy", "x-frame-options", "cache-control", "surrogate-key"):
        assert first.headers[name] == second.headers[name]
    assert "nonce" not in second.headers["content-security-policy"]
    assert second.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in second.headers
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_codings_are_answered_as_asked_for(visitor):
    story = ArticleFactory()
    address = story.get_absolute_url()
    plain = visitor.get(address)

    small = visitor.get(address, **{"accept-encoding": "gzip, deflate, br;q=1.0"})
    usual = visitor.get(address, **{"accept-encoding": "gzip, br;q=0"})

    assert small.headers["content-encoding"] == "br"
    assert brotli.decompress(small.body) == plain.body
    assert usual.headers["content-encoding"] == "gzip"
    assert gzip.decompress(usual.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] == small.headers["etag"] == usual.headers["etag"]
    assert [int(one.headers["content-length"]) for one in (plain, small, usual)] == [
        len(plain.body),
        len(small.body),
        len(usual.body),
    ]
    assert visitor.asked == 1


@pytest.mark.parametrize("known", ["{etag}", 'W/"other", {etag}', "*", "{strong}"])
def test_a_browser_that_has_the_page_is_told_so(visitor, known):
    address = ArticleFactory().get_absolute_url()
    etag = visitor.get(address).headers["etag"]
    given = known.format(etag=etag, strong=etag.removeprefix("W/"))

    answer = visitor.get(address, **{"if-none-match": given})

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag
    assert "content-type" not in answer.headers


def test_another_tag_gets_the_page(visitor):
    address = ArticleFactory().get_absolute_url()
    visitor.get(address)

    assert visitor.get(address, **{"if-none-match": '"x", W/"y"'}).status == 200


def test_head_is_answered_without_a_body_and_keeps_nothing(visitor):
    address = ArticleFactory().get_absolute_url()

    before = visitor.get(address, method="head")
    page = visitor.get(address)
    after = visitor.get(address, method="head")

    assert "x-cache" not in before.headers
    assert (after.status, after.body, after.headers["x-cache"]) == (200, b"", "HIT")
    assert after.headers["content-length"] == page.headers["content-length"]


def test_a_cookie_changes_nothing(visitor):
    address = ArticleFactory().get_absolute_url()
    first = visitor.get(address)

    second = visitor.get(address, cookie="sessionid=whatever; membre=1")

    assert second.headers["x-cache"] == "HIT"
    assert second.body == first.body


def test_random_parameters_neither_miss_nor_grow_the_cache(visitor, kept):
    address = ArticleFactory().get_absolute_url()
    visitor.get(address)
    size = kept.dbsize()

    answers = [visitor.get(f"{address}?utm_source={number}&x{number}=1") for number in range(30)]

    assert {answer.headers["x-cache"] for answer in answers} == {"HIT"}
    assert kept.dbsize() == size


@pytest.mark.parametrize("query", ["page=0", "page=999999", "page=01", "tri=xyz", "page=%00", "page=1e3"])
def test_values_of_no_page_are_never_kept(visitor, kept, query):
    address = ArticleFactory().get_absolute_url()

    for _time in range(2):
        assert visitor.get(f"{address}?{query}").headers.get("x-cache") != "HIT"

    assert not kept.keys("*page:*page=*")
    assert not kept.keys("*page:*tri=*")


def test_pages_of_a_thread_are_pages_of_their_own(visitor):
    address = ArticleFactory().get_absolute_url()

    visitor.get(address)
    oldest = visitor.get(f"{address}?tri=anciens")

    assert oldest.headers["x-cache"] == "MISS"
    assert visitor.get(f"{address}?tri=anciens&utm_medium=lettre").headers["x-cache"] == "HIT"


@pytest.mark.parametrize(
    "address", ["/articles/inconnu/", "/moi/", "/compte/connexion/", "/sante/vivant", "/recherche/?q=grippe", "/x/"]
)
def test_what_is_no_kept_page_is_left_alone(visitor, kept, address):
    answers = [visitor.get(address) for _time in range(2)]

    assert all("x-cache" not in answer.headers for answer in answers)
    assert visitor.asked == 2
    assert not kept.keys("*page:*")


def test_a_withdrawn_article_is_410_each_time(visitor):
    story = ArticleFactory()
    Article.objects.filter(pk=story.pk).update(status="unpublished", has_been_public=True)

    assert [visitor.get(story.get_absolute_url()).status for _time in range(2)] == [410, 410]


def test_a_form_sent_is_never_answered_from_the_cache(visitor):
    address = ArticleFactory().get_absolute_url()
    visitor.get(address)

    answer = visitor.get(address, method="post")

    assert answer.status in {403, 405}
    assert visitor.asked == 2


def test_another_host_is_django_s_to_refuse(visitor):
    address = ArticleFactory().get_absolute_url()
    visitor.get(address)

    assert visitor.get(address, host="evil.example").status == 400


def test_a_page_that_must_be_https_is_not_answered_without(visitor, settings):
    address = ArticleFactory().get_absolute_url()
    visitor.get(address)
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert "x-cache" not in visitor.get(address).headers
    assert visitor.get(address, **{"x-forwarded-proto": "https"}).headers["x-cache"] == "HIT"
