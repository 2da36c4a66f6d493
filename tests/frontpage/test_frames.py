"""Debates and consultations in other sites' pages: the frame, and how it is offered (oEmbed)."""

import datetime as dt
import inspect
from urllib.parse import parse_qs, urlsplit

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from debates.frame_views import frame as debate_frame
from polls.frame_views import frame as poll_frame
from tests.factories.debates import closed_debate, debate_of
from tests.factories.polls import PollFactory, closed
from tests.page_facts import Facts, facts_of

pytestmark = pytest.mark.django_db
ODD_SIZES = ("0", "-5", "abc", "1" * 5000, "²", "1.5")


@pytest.fixture(params=[debate_of, PollFactory], ids=["debate", "consultation"])
def framed(request, db):
    """A debate, then a consultation."""
    return request.param(question="Faut-il stocker <i>des</i> vaccins ?")


def frame_of(thing):
    return f"{thing.get_absolute_url()}cadre/"


def asked(client, thing, **parameters):
    return client.get("/oembed/", {"url": f"http://testserver{thing.get_absolute_url()}", **parameters})


def test_a_frame_shows_question_and_result_and_leads_out_of_the_frame(client, framed):
    answer = client.get(frame_of(framed))

    page = answer.content.decode()
    address = f"http://testserver{framed.get_absolute_url()}"
    assert "Faut-il stocker &lt;i&gt;des&lt;/i&gt; vaccins" in page
    assert f'href="{address}" target="_top"' in page
    assert "Voter sur L’Observance" in page
    assert "<script" not in page
    assert "<form" not in page
    assert Facts(page).linked("canonical") == [address]
    assert Facts(page).metas["robots"] == ["noindex, follow"]


def test_any_site_may_frame_it_and_nothing_else(client, framed):
    frame, page = client.get(frame_of(framed)), client.get(framed.get_absolute_url())

    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert "script-src" in frame["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_a_frame_sets_no_cookie_and_is_the_same_for_everybody(client, browser_of, camille, framed):
    answers = [browser.get(frame_of(framed)) for browser in (client, browser_of(camille))]

    assert answers[0].content == answers[1].content
    assert not any(answer.cookies for answer in answers)
    assert all("public" in answer["Cache-Control"] for answer in answers)


@pytest.mark.parametrize(
    ("make", "words"),
    [(closed_debate, "Lire le débat sur L’Observance"), (closed, "Voir la consultation sur L’Observance")],
)
def test_what_is_closed_keeps_its_frame_and_asks_for_no_vote(client, make, words):
    page = client.get(frame_of(make())).content.decode()

    assert words in page
    assert "Voter sur" not in page


def test_a_frame_costs_two_queries_whatever_the_number_of_answers(rf, django_assert_num_queries):
    frames = [(debate_frame, debate_of())]
    frames += [(poll_frame, PollFactory(choices=choices)) for choices in (["Une"], ["Une", "Deux", "Trois"])]
    for view, thing in frames:
        page = inspect.unwrap(view)
        with django_assert_num_queries(2):
            page(rf.get(frame_of(thing)), thing.slug)


@pytest.mark.parametrize("make", [debate_of, PollFactory])
def test_what_is_not_public_has_neither_frame_nor_offer(client, make):
    for opens_at in (timezone.now() + dt.timedelta(days=1), None):
        coming = make()
        poll = getattr(coming, "poll", coming)
        poll.opens_at = opens_at
        poll.save()

        assert client.get(frame_of(coming)).status_code == 404
        assert asked(client, coming).status_code == 404


def test_a_debates_poll_has_no_frame_of_its_own(client):
    poll = debate_of().poll

    assert client.get(f"/consultations/{poll.slug}/cadre/").status_code == 404
    assert client.get("/oembed/", {"url": f"http://testserver/consultations/{poll.slug}/"}).status_code == 404


def test_the_page_says_where_to_ask_and_the_answer_frames_it(client, framed):
    links = facts_of(client, framed.get_absolute_url()).links
    offered = {link["type"]: link["href"] for link in links if "oembed" in link.get("type", "")}

    answer = client.get(offered["application/json+oembed"].removeprefix("http://testserver"))
    told = answer.json()

    assert parse_qs(urlsplit(offered["text/xml+oembed"]).query)["format"] == ["xml"]
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "Faut-il stocker <i>des</i> vaccins ?")
    assert told["provider_name"] == "L’Observance"
    assert told["provider_url"] == "http://testserver/"
    assert f'src="http://testserver{frame_of(framed)}"' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
    assert "<i>" not in told["html"]
    assert told["width"] == 600


def test_the_same_is_answered_in_xml(client, framed):
    answer = asked(client, framed, format="xml")
    told = ElementTree.fromstring(answer.content)

    assert answer["Content-Type"].startswith("text/xml")
    assert told.tag == "oembed"
    assert {child.tag: child.text for child in told} == {
        name: str(value) for name, value in asked(client, framed).json().items()
    }


def test_the_frame_keeps_within_what_the_other_site_has(client, framed):
    wide = asked(client, framed).json()
    narrow = asked(client, framed, maxwidth="300").json()
    tiny = asked(client, framed, maxwidth="120", maxheight="90").json()

    assert narrow["width"] == 300
    assert narrow["height"] >= wide["height"]
    assert (tiny["width"], tiny["height"]) == (120, 90)
    assert asked(client, framed, maxwidth="9999").json()["width"] == 600


def test_a_longer_question_and_more_answers_are_given_more_height(client):
    short = PollFactory(question="Et vous ?")
    long = PollFactory(question="Et vous ? " * 15, choices=[f"Réponse {number}" for number in range(9)])

    assert asked(client, long).json()["height"] > asked(client, short).json()["height"] + 200


def test_a_frames_own_address_is_answered_too_and_so_is_a_debates(client, framed):
    answer = client.get("/oembed/", {"url": f"https://testserver{frame_of(framed)}?utm_source=x#resultat"})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/debats/",
        "http://testserver/",
        "http://testserver/debats/inconnu/",
        "http://testserver/consultations/inconnue/",
        "http://testserver/articles/",
        "ftp://testserver/debats/inconnu/",
        "http://[::1/debats/",
        "http://testserver:abc/debats/x/",
        "http://testserver/" + "a" * 9000,
        "javascript:alert(1)",
    ],
)
def test_what_is_not_there_or_is_no_address_is_not_found(client, url):
    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_another_sites_address_is_not_found(client, framed):
    url = f"http://ailleurs.example{framed.get_absolute_url()}"

    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_another_format_is_not_implemented(client, framed):
    answer = asked(client, framed, format="yaml")

    assert answer.status_code == 501
    assert answer.content.decode() == "Seuls json et xml sont proposés."


@pytest.mark.parametrize("size", ODD_SIZES)
def test_a_size_that_is_none_is_refused_in_words(client, framed, size):
    for name in ("maxwidth", "maxheight"):
        answer = asked(client, framed, **{name: size})
        assert answer.status_code == 400
        assert "maxwidth" in answer.content.decode()


def test_an_answer_costs_two_queries_whatever_the_number_of_answers(client, django_assert_num_queries):
    for choices in (["Une"], ["Une", "Deux", "Trois"]):
        poll = PollFactory(choices=choices)
        with django_assert_num_queries(2):
            asked(client, poll)
