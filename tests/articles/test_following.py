"""Following specialties, tags, authors and dossiers: by form pages, without scripts, by way of signing in."""

import re
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.models import Following as PageFollowing
from newsroom.core.refusals import Refusal
from newsroom.taxonomy import following
from newsroom.taxonomy.merging import merge
from newsroom.taxonomy.models import Following as SubjectFollowing
from tests.factories.accounts import PASSWORD
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory, SpecialtyFactory, TagFactory
from tests.factories.dossiers import DossierFactory
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db

KINDS = ("specialites", "themes", "auteurs", "dossiers")


@pytest.fixture
def things():
    """One public thing of each kind, by its word in addresses."""
    author, specialty, tag = AuthorFactory(), SpecialtyFactory(), TagFactory()
    ArticleFactory(signed_by=[author], primary_specialty=specialty).tags.add(tag)
    return dict(zip(KINDS, (specialty, tag, author, DossierFactory()), strict=True))


def address(kind, thing):
    return reverse("articles:follow", args=[kind, thing.slug])


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_thing_leads_to_where_one_follows_it(client, things, kind):
    page = page_of(client, things[kind])

    assert f'<form method="get" action="{address(kind, things[kind])}">' in page
    assert f'data-follow="{kind}/{things[kind].slug}"' in page
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_one_follows_and_stops(browser_of, lea, things, kind):
    thing, browser = things[kind], browser_of(lea)
    here = address(kind, thing)

    asked = browser.get(here).content.decode()
    followed = browser.post(here, {"suivre": "oui"})
    then = browser.get(here).content.decode()
    stopped = browser.post(here, {"suivre": "non"})

    assert f'<h1 class="mt4">Suivre «\u00a0{str(thing)[:3]}' in asked
    assert (followed.status_code, followed["Location"]) == (302, thing.get_absolute_url())
    assert 'value="non"' in then
    assert (stopped.status_code, stopped["Location"]) == (302, thing.get_absolute_url())
    assert not thing.followings.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_reading_the_page_changes_nothing(browser_of, lea, things, kind):
    browser_of(lea).get(address(kind, things[kind]), {"suivre": "oui"})

    assert not things[kind].followings.exists()


def test_signed_out_one_signs_in_and_comes_back_to_follow(client, lea, things):
    here = address("themes", things["themes"])
    EmailAddress.objects.create(user=lea, email=lea.email, verified=True, primary=True)

    sent = client.get(here)
    posted = client.post(here, {"suivre": "oui"})
    signed_in = client.post(sent["Location"], {"login": lea.email, "password": PASSWORD}, follow=True)
    client.post(here, {"suivre": "oui"})

    assert sent["Location"] == posted["Location"] == f"/compte/connexion/?next={quote(here, safe='')}"
    assert signed_in.redirect_chain[-1][0] == here
    assert following.is_followed(things["themes"], by=lea)


def test_without_scripts_one_is_told_on_the_same_page(browser_of, lea, things):
    browser, here = browser_of(lea), address("auteurs", things["auteurs"])
    asked = browser.get(here).content.decode()

    answer = browser.post(here, {"suivre": "oui", "retour": "ici"}, follow=True)

    assert '<noscript><input type="hidden" name="retour" value="ici"></noscript>' in asked
    assert answer.redirect_chain == [(here, 302)]
    assert said(answer) == [f"Vous suivez «\u00a0{things['auteurs']}\u00a0»."]


def test_ones_account_lists_what_one_follows_and_stops_it(browser_of, lea, things):
    browser = browser_of(lea)
    assert "Vous ne suivez rien pour le moment" in browser.get("/moi/").content.decode()
    for kind, thing in things.items():
        following.follow(thing, by=lea)
        assert f'action="{address(kind, thing)}"' in browser.get("/moi/").content.decode()

    answer = browser.post(address("dossiers", things["dossiers"]), {"suivre": "non", "retour": "moi"})

    assert answer["Location"] == "/moi/"
    assert address("dossiers", things["dossiers"]) not in browser.get("/moi/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_ones_account_costs_the_same_whatever_one_follows(
    browser_of, lea, count, django_assert_num_queries, django_assert_max_num_queries
):
    browser = browser_of(lea)
    with django_assert_max_num_queries(20) as empty:
        browser.get("/moi/")
    for _one in range(count):
        for thing in (SpecialtyFactory(), TagFactory(), AuthorFactory(), DossierFactory()):
            following.follow(thing, by=lea)

    with django_assert_num_queries(len(empty)):
        browser.get("/moi/")


@pytest.mark.parametrize("kind", KINDS)
def test_the_personal_fragment_brings_the_readers_own_button(browser_of, lea, things, kind):
    browser, place = browser_of(lea), f"{kind}/{things[kind].slug}"

    before = browser.get("/moi/ici/", {"suivi": place}).content.decode()
    following.follow(things[kind], by=lea)
    after = browser.get("/moi/ici/", {"suivi": place}).content.decode()

    pieces = [
        re.search(r'<template data-for="suivre">(.*?)</template>', page, re.DOTALL)[1] for page in (before, after)
    ]
    assert ['value="oui"' in piece for piece in pieces] == [True, False]
    assert ['value="non"' in piece for piece in pieces] == [False, True]


@pytest.mark.parametrize(
    "place", ["", "/", "themes", "themes/", "themes/rien", "rien/x", "a/b/c", "é/\u2028", "x" * 5000]
)
def test_the_personal_fragment_knows_nothing_of_other_places(browser_of, lea, place):
    answer = browser_of(lea).get("/moi/ici/", {"suivi": place})

    assert answer.status_code == 200
    assert 'data-for="suivre"' not in answer.content.decode()


def test_what_readers_do_not_know_of_is_not_followed(browser_of, lea):
    author, tag = AuthorFactory(), TagFactory()
    DraftFactory(signed_by=[author]).tags.add(tag)
    hidden = {"auteurs": author, "themes": tag, "dossiers": DossierFactory(published_at=None)}
    browser = browser_of(lea)

    for kind, thing in hidden.items():
        assert browser.get(address(kind, thing)).status_code == 404
        assert browser.post(address(kind, thing), {"suivre": "oui"}).status_code == 404
        assert not thing.followings.exists()
    assert browser.get("/suivre/autres/rien/").status_code == 404
    assert browser.post("/suivre/autres/rien/", {"suivre": "non"}).status_code == 404


def test_one_stops_following_what_is_no_longer_public(browser_of, lea):
    dossier = DossierFactory(published_at=None)
    following.follow(dossier, by=lea)

    answer = browser_of(lea).post(address("dossiers", dossier), {"suivre": "non", "retour": "moi"})

    assert answer.status_code == 302
    assert not dossier.followings.exists()


def test_a_synonym_is_followed_by_its_main_tag(browser_of, lea, things):
    synonym = TagFactory(synonym_of=things["themes"])

    browser_of(lea).post(address("themes", synonym), {"suivre": "oui"})

    assert following.is_followed(things["themes"], by=lea)
    assert not following.is_followed(synonym, by=lea)


def test_followers_go_with_a_tag_that_is_merged(lea, camille, chief):
    tag, main = TagFactory(), TagFactory()
    for reader, followed in ((lea, tag), (camille, tag), (camille, main)):
        following.follow(followed, by=reader)

    merge(tag, main, by=chief)

    assert sorted(main.followings.values_list("reader", flat=True)) == sorted([lea.pk, camille.pk])
    assert not tag.followings.exists()


def test_twice_is_once(lea):
    tag = TagFactory()

    assert [following.follow(tag, by=lea) for _time in range(2)] == [True, False]
    assert [following.unfollow(tag, by=lea) for _time in range(2)] == [True, False]


def test_a_closed_account_follows_nothing(lea):
    lea.is_active = False

    with pytest.raises(PermissionDenied):
        following.follow(TagFactory(), by=lea)


def test_one_follows_only_so_much(browser_of, lea, things, monkeypatch):
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    following.follow(things["specialites"], by=lea)

    with pytest.raises(Refusal):
        following.follow(things["themes"], by=lea)
    answer = browser_of(lea).post(address("themes", things["themes"]), {"retour": "ici"}, follow=True)

    assert said(answer) == ["Vous suivez déjà trop de choses\u00a0: cessez d’abord d’en suivre quelques-unes."]


def test_following_is_limited_by_the_minute(browser_of, lea, things, settings):
    settings.LIMITS_PER_MINUTE = {**settings.LIMITS_PER_MINUTE, "write": 2}
    browser, here = browser_of(lea), address("themes", things["themes"])

    statuses = [browser.post(here, {"suivre": "oui"}).status_code for _time in range(3)]

    assert statuses == [302, 302, 429]


def test_the_page_is_kept_nowhere(browser_of, lea, things):
    assert "no-store" in browser_of(lea).get(address("themes", things["themes"]))["Cache-Control"]


def test_the_database_holds_one_thing_once(lea):
    tag, author = TagFactory(), AuthorFactory()
    following.follow(tag, by=lea)
    following.follow(author, by=lea)

    for model, fields in (
        (SubjectFollowing, {"tag": tag}),
        (SubjectFollowing, {}),
        (SubjectFollowing, {"tag": TagFactory(), "specialty": SpecialtyFactory()}),
        (PageFollowing, {"author": author}),
        (PageFollowing, {}),
        (PageFollowing, {"author": AuthorFactory(), "dossier": DossierFactory()}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(reader=lea, **fields)
    assert [str(row) for row in (*SubjectFollowing.objects.all(), *PageFollowing.objects.all())] == [
        str(tag),
        str(author),
    ]


def test_what_one_follows_goes_with_the_account(lea):
    following.follow(TagFactory(), by=lea)
    following.follow(AuthorFactory(), by=lea)

    lea.delete()

    assert not SubjectFollowing.objects.exists()
    assert not PageFollowing.objects.exists()
