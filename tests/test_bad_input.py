"""What no reader sends, at every public address: refused in the site's dress, and never a fault of the program."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from articles.models import Article
from tests import test_access
from tests.test_access import OUR_ROUTES, address_of, listed

world = test_access.world

PUBLIC = [route for route in OUR_ROUTES if listed(route.name)[0].kind == "all"]
READ = [route for route in PUBLIC if "GET" in listed(route.name)[1]]
# What a page asked for with words that it does not know, or that make no sense, may answer. A redirect leads elsewhere
# on the site; the health page says 503 where no worker runs.
SOUND = {200, 204, 206, 301, 302, 304, 400, 404, 405, 406, 410, 414, 416, 429, 501}
NAMES = ("page", "q", "avant", "apres", "tri", "format", "specialite", "periode", "auteur", "fil", "debat", "url", "v")
DRESS = ("site-head", "contenu", "<title>")


@pytest.fixture
def ask(world):
    """Return what asks for every public address in a bad way and gives the answers that are no good."""

    def everywhere(query="", *, method="GET", routes=READ, sound=SOUND, path="", **extra):
        browser, faults = Client(raise_request_exception=False, enforce_csrf_checks=True), []
        for route in routes:
            address = address_of(route, world) + path
            target = f"{address}?{query}" if query else address
            answer = browser.generic(method, target, **extra)
            is_health = answer.status_code == 503 and route.name.startswith("health:")
            if not is_health and answer.status_code not in sound:
                faults.append(f"{route.name}: {answer.status_code}")
            elif answer.status_code in {400, 404, 405, 410, 416} and method != "HEAD" and not is_dressed(answer):
                faults.append(f"{route.name}: {answer.status_code}, bare")
        return faults

    return everywhere


def is_dressed(answer):
    """Say whether a refusal is a page of the site; what was asked by another site's program may be plain words."""
    if answer.streaming:
        return False
    page = answer.content.decode()
    return all(part in page for part in DRESS) or not answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "1000000000000",
        "٣",
        "'; DROP TABLE articles_article; --",
        "\ud7ff\uffff\U0010ffff",
    ],
)
def test_senseless_values_fail_nowhere(ask, value):
    assert ask(urlencode(dict.fromkeys(NAMES, value))) == []


@pytest.mark.parametrize("query", ["page=%FF%FE&q=%C3%28&tri=%ED%A0%80&%FF=%FF&=&&&=;", "a" * 8000])
def test_broken_signs_and_long_queries_fail_nowhere(ask, query):
    assert ask(query) == []


def test_eight_kilobytes_in_one_value_fail_nowhere(ask):
    assert ask("q=" + "mot+" * 2000) == []


def test_hundreds_of_filters_fail_nowhere(ask):
    assert ask("&".join(f"specialite=objet&format=podcast&f{number}=1" for number in range(200))) == []


def test_more_values_than_any_form_has_are_refused(world):
    query = "&".join(["a=1"] * 20_000)

    answer = Client(raise_request_exception=False).get(f"/recherche/?{query}")

    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("query", ["q=%00", "a=1&b=x%00y&%00"])
def test_a_nul_in_a_query_is_refused(ask, query):
    assert ask(query, sound={400}) == []


def test_a_nul_in_a_path_is_refused(ask):
    assert ask(path="%00", sound={400}) == []


@pytest.mark.parametrize("end", ["%FF%C3%28%ED%A0%80", "..%2f..%2f", "x" * 5000, "%0d%0aX: y"])
def test_a_path_that_leads_nowhere_is_refused(ask, end):
    # 301: where only the final slash is missing.
    assert ask(path=end, sound={301, 400, 404}) == []


@pytest.mark.parametrize(
    "cookie", ['sessionid="aaaaaaaa\\000"', "membre=\xff; =;;=; sessionid=; csrftoken=é", "a" * 7000]
)
def test_cookies_that_nobody_set_fail_nowhere(ask, cookie):
    assert ask(HTTP_COOKIE=cookie) == []


def test_a_session_s_cookie_with_a_nul_is_refused_where_the_session_is_read(db):
    answer = Client(raise_request_exception=False).get("/moi/", HTTP_COOKIE='sessionid="aaaaaaaa\\000"')

    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "DELETE", "PUT", "PATCH", "X" * 200])
def test_methods_that_nothing_takes_are_refused_with_those_that_are(ask, world, method):
    assert ask(method=method, routes=PUBLIC, sound={405}) == []
    answer = Client().generic(method, "/")
    assert answer["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_page_to_read_takes_no_other_method(ask):
    assert ask(method="OPTIONS", sound={200, 405}) == []
    # A form without its token is refused before its page is looked at.
    assert ask(method="POST", sound={204, 400, 403, 405}) == []


@pytest.mark.parametrize(
    "asked",
    ["bytes=999999999999-", f"bytes={'9' * 5000}-", "bytes=0-0,2-3"],
)
def test_ranges_of_pages_are_left_out(ask, asked):
    assert ask(HTTP_RANGE=asked) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_IF_NONE_MATCH": '"' + "x" * 4000, "HTTP_IF_MODIFIED_SINCE": "Thu, 99 Foo 0000 99:99:99 GMT"},
        {"HTTP_IF_MATCH": "W/", "HTTP_IF_UNMODIFIED_SINCE": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 9999 23:59:59 GMT", "HTTP_IF_RANGE": '"x"', "HTTP_RANGE": "bytes=1-"},
    ],
)
def test_conditions_that_lie_fail_nowhere(ask, headers):
    # 412: what was asked for only if it were something else.
    assert ask(sound=SOUND | {412}, **headers) == []


@pytest.mark.parametrize(
    "headers",
    [
        {
            "HTTP_ACCEPT_ENCODING": "br;q=9, gzip;q=-1, *;q=x, " + "a, " * 1000,
            "HTTP_ACCEPT": "application/" + "x" * 3000,
            "HTTP_ACCEPT_LANGUAGE": "\xff\xfe;q=2," + "fr-" * 500,
        },
        {"HTTP_ACCEPT_ENCODING": "identity;q=0, *;q=0", "HTTP_REFERER": "http://[", "HTTP_ORIGIN": "null"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_TARGET": "\xff"},
        {"HTTP_X_FORWARDED_FOR": "x" * 3000, "HTTP_X_FORWARDED_PROTO": "gopher", "HTTP_X_REQUEST_ID": "\r\n"},
        {"CONTENT_LENGTH": "-5", "CONTENT_TYPE": "multipart/form-data"},
    ],
)
def test_absurd_headers_fail_nowhere(ask, headers):
    assert ask(**headers) == []


def test_a_host_that_is_not_ours_is_refused_in_the_site_s_dress(db):
    for host in ("evil.example", "[", "testserver:port", "a" * 300):
        answer = Client(raise_request_exception=False).get("/", headers={"Host": host})
        assert answer.status_code == 400
        assert is_dressed(answer)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"\0" * 1000, b"a=1&" * 20_000])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_forms_without_sense_fail_nowhere(ask, body, kind):
    routes = [route for route in PUBLIC if "POST" in listed(route.name)[1]]

    faults = ask(method="POST", routes=routes, sound=SOUND | {403}, data=body, content_type=kind)

    assert faults == []


def test_withdrawn_and_unknown_articles_have_their_pages(world, client):
    Article.objects.update(status=Article.Status.UNPUBLISHED)

    gone, unknown = client.get("/articles/objet/"), client.get("/articles/inconnu/")

    assert [gone.status_code, unknown.status_code] == [410, 404]
    assert is_dressed(gone)
    assert is_dressed(unknown)


def test_refusals_are_in_french_and_lead_on(client, db):
    refused = client.get("/recherche/?q=%00").content.decode()

    assert "Cette adresse est illisible" in refused
    assert 'href="/"' in refused
    assert "Cette page ne peut pas être demandée ainsi" in client.delete("/").content.decode()


def test_a_refused_method_sets_no_cookie_and_asks_no_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.delete("/articles/")

    assert not answer.cookies
