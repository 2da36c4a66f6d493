import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.core.access import for_readers, for_staff, limited, open_to_all
from newsroom.core.addresses import client_address
from newsroom.core.failures import server_error


def answer(request):
    return HttpResponse("ok")


def asked_by(person, method="get", path="/x/?a=1"):
    request = getattr(RequestFactory(), method)(path)
    request.user = person
    request.session = {}
    return request


def test_a_broken_page_names_the_request_and_escapes_what_came_in():
    request = RequestFactory().get("/x/")
    request.META["REQUEST_ID"] = "<b>abc</b>"

    answer = server_error(request)

    assert answer.status_code == 500
    assert "&lt;b&gt;abc&lt;/b&gt;" in answer.content.decode()
    assert "{number}" not in answer.content.decode()


def test_a_view_says_who_may_open_it():
    assert open_to_all(answer).access.kind == "all"
    assert for_staff("articles.publish_article")(answer).access.permission == "articles.publish_article"


def test_the_signed_out_are_sent_to_sign_in_and_come_back_with_their_query():
    response = for_readers(answer)(asked_by(AnonymousUser()))

    assert response.status_code == 302
    assert response["Location"] == "/compte/connexion/?next=%2Fx%2F%3Fa%3D1"


def test_a_reader_passes(lea):
    assert for_readers(answer)(asked_by(lea)).status_code == 200


def test_staff_pages_need_the_permission(lea, administrator):
    view = for_staff("articles.publish_article")(answer)

    with pytest.raises(PermissionDenied):
        view(asked_by(lea))
    assert view(asked_by(administrator)).status_code == 200
    assert view(asked_by(AnonymousUser())).status_code == 302


def test_the_eleventh_message_of_a_minute_waits(lea, paul):
    view = limited("write")(answer)

    codes = [view(asked_by(lea, "post")).status_code for _time in range(11)]

    assert codes == [200] * 10 + [429]
    assert view(asked_by(lea)).status_code == 200
    assert view(asked_by(paul, "post")).status_code == 200


def test_a_refusal_for_haste_says_when_to_come_back(lea):
    view = limited("write")(answer)

    response = [view(asked_by(lea, "post")) for _time in range(11)][-1]

    assert response["Retry-After"] == "60"


def test_without_redis_writing_goes_on(lea, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    }

    assert limited("write")(answer)(asked_by(lea, "post")).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "127.0.0.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    assert client_address(RequestFactory().get("/", **headers)) == expected


def test_a_nul_in_the_address_is_a_bad_request(client, db):
    assert client.get("/recherche/?q=%00").status_code == 400


def test_every_answer_carries_a_request_id(client):
    first, second = client.get("/sante/vivant"), client.get("/sante/vivant", headers={"X-Request-ID": "a" * 32})

    assert len(first["X-Request-ID"]) == 32
    assert second["X-Request-ID"] != "a" * 32


def test_a_proxy_s_request_id_is_kept(client, settings):
    settings.PROXIES = 1

    assert client.get("/sante/vivant", headers={"X-Request-ID": "a" * 32})["X-Request-ID"] == "a" * 32


def test_the_member_cookie_follows_signing_in_and_out(browser_of, lea):
    browser = browser_of(lea)

    page = browser.get("/moi/")
    browser.cookies["sessionid"] = "expired"
    back = browser.get("/moi/")

    assert page.cookies["membre"].value == "1"
    assert back.cookies["membre"].value == ""
