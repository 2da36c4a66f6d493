"""Lists that people have kept as they set them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.keeping_views import change_view, forget_view, keep_view, kept_part
from articles.models import SavedView
from articles.models.saved_views import MOST_VIEWS
from newsroom.core.refusals import Refusal
from tests.factories.accounts import staff
from tests.factories.articles import DraftFactory
from tests.polls.test_votes_at_once import at_once

pytestmark = pytest.mark.django_db

LISTING = "articles.article"
LIST = "admin:articles_article_changelist"
KEEP = "desk:view-keep"


def kept(by, name="Mes brouillons", query="status__exact=draft", *, is_shared=False):
    return keep_view(LISTING, query, name=name, is_shared=is_shared, by=by)


def typed(**fields):
    return {"listing": LISTING, "query": "status__exact=draft&p=3", "name": "Mes brouillons", **fields}


def change(view):
    return reverse("desk:view", args=[view.pk])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=vaccin&p=2", "q=vaccin"),
        ("status__exact=draft&o=-3&format__exact=case", "format__exact=case&o=-3&status__exact=draft"),
        ("_popup=1&_to_field=id&e=1&all=", ""),
        ("q=%C5%92d%C3%A8me+a%26b", "q=%C5%92d%C3%A8me+a%26b"),
        ("q=%00%0B", ""),
        ("x", ""),
        ("", ""),
    ],
)
def test_of_an_address_filters_search_and_order_are_kept(query, expected):
    assert kept_part(query) == expected
    assert kept_part(kept_part(query)) == expected


def test_an_editor_keeps_a_list_and_finds_it_above_the_list(browser_of, editor):
    browser = browser_of(editor)

    answer = browser.post(reverse(KEEP), typed(name=" Mes  brouillons "), follow=True)

    view = SavedView.objects.get()
    assert (view.name, view.query, view.owner, view.listing, view.is_shared) == (
        "Mes brouillons",
        "status__exact=draft",
        editor,
        LISTING,
        False,
    )
    assert answer.redirect_chain == [(f"{reverse(LIST)}?status__exact=draft", 302)]
    assert "Mes brouillons" in str(next(iter(answer.context["messages"])))


@pytest.mark.parametrize(
    "query", ["thread__comments__author__password__startswith=a", "published_at__gte=demain", "rien=1"]
)
def test_what_the_list_does_not_answer_is_not_kept(browser_of, editor, query):
    answer = browser_of(editor).post(reverse(KEEP), typed(query=query))

    assert answer.status_code == 422
    assert "ne connaît pas" in answer.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "obligatoire"),
        ({"name": " \u200b\x07 "}, None),
        ({"name": "x" * 61}, "60"),
        ({"query": "q=" + "é" * 1500}, "trop de filtres"),
        ({"query": "q=" + "e" * 5000}, None),
        ({"name": "Déjà prise"}, "s’appelle déjà"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence_and_what_was_typed(browser_of, editor, fields, told):
    kept(editor, "Déjà prise")
    browser = browser_of(editor)

    answer = browser.post(reverse(KEEP), typed(**fields))

    if fields["name" if "name" in fields else "query"] == " \u200b\x07 ":
        assert SavedView.objects.exclude(name="Déjà prise").exclude(name="").count() == SavedView.objects.count() - 1
        return
    text = answer.content.decode()
    assert answer.status_code == 422
    assert SavedView.objects.count() == 1
    assert told is None or told in text
    assert f'value="{fields.get("name", "Mes brouillons")}"' in text or not fields.get("name", "x")


def test_a_person_keeps_so_many_views_of_a_list_and_no_more(editor, chief):
    for number in range(MOST_VIEWS):
        kept(editor, f"Vue {number}")

    with pytest.raises(Refusal, match=str(MOST_VIEWS)):
        kept(editor, "Une de trop")
    kept(chief, "Une autre")
    keep_view("articles.author", "q=a", name="Une autre liste", is_shared=False, by=editor)


def test_the_chief_shares_views_and_an_editor_does_not(browser_of, chief, editor):
    answer = browser_of(chief).post(reverse(KEEP), typed(name="À relire", is_shared="on"))
    browser_of(editor).post(reverse(KEEP), typed(name="Une autre", is_shared="on"))

    assert answer.status_code == 302
    assert dict(SavedView.objects.values_list("name", "is_shared")) == {"À relire": True, "Une autre": False}
    with pytest.raises(PermissionDenied):
        kept(editor, "Encore une", is_shared=True)


def test_one_sees_ones_own_views_first_and_those_that_are_shared(editor, chief):
    kept(chief, "Du chef")
    shared = kept(chief, "Partagée", is_shared=True)
    last, first = kept(editor, "B"), kept(editor, "C")
    change_view(first, name="C", is_shared=False, position=1, by=editor)

    assert list(SavedView.objects.of_list(LISTING).seen_by(editor)) == [first, last, shared]
    assert str(first) == "C"


def test_a_view_gets_another_name_and_place(browser_of, editor):
    view = kept(editor)
    browser = browser_of(editor)

    page = browser.get(change(view)).content.decode()
    answer = browser.post(change(view), {"name": "Autre", "position": 5, "is_shared": "on"})

    view.refresh_from_db()
    assert 'value="Mes brouillons"' in page
    assert "is_shared" not in page
    assert answer["Location"] == f"{reverse(LIST)}?status__exact=draft"
    assert (view.name, view.position, view.is_shared) == ("Autre", 5, False)


def test_a_view_keeps_its_name_when_another_has_the_new_one(browser_of, editor):
    view, _other = kept(editor), kept(editor, "Prise")

    answer = browser_of(editor).post(change(view), {"name": "Prise", "position": 5})

    view.refresh_from_db()
    assert answer.status_code == 422
    assert "s’appelle déjà" in answer.content.decode()
    assert 'value="Prise"' in answer.content.decode()
    assert view.name == "Mes brouillons"


def test_a_view_is_deleted(browser_of, editor):
    view = kept(editor)

    answer = browser_of(editor).post(change(view), {"_delete": "1"}, follow=True)

    assert not SavedView.objects.exists()
    assert answer.redirect_chain[-1][0] == reverse(LIST)


def test_another_persons_view_is_not_there_and_a_shared_one_is_changed_by_whoever_shares(browser_of, editor, chief):
    mine, shared = kept(editor), kept(chief, "Partagée", is_shared=True)
    other = staff("editor", email="autre@example.org")

    assert browser_of(other).get(change(mine)).status_code == 404
    assert browser_of(chief).get(change(mine)).status_code == 404
    for method in ("get", "post"):
        assert getattr(browser_of(editor), method)(change(shared), {"_delete": "1"}).status_code == 403
    with pytest.raises(PermissionDenied):
        change_view(shared, name="x", is_shared=True, position=1, by=editor)
    with pytest.raises(PermissionDenied):
        forget_view(shared, by=editor)
    with pytest.raises(PermissionDenied):
        change_view(mine, name="x", is_shared=True, position=1, by=editor)
    head = staff("editor in chief", email="chef2@example.org")
    browser_of(head).post(change(shared), {"name": "Partagée", "position": 1})

    shared.refresh_from_db()
    assert not shared.is_shared


def test_whoever_does_not_see_the_list_keeps_nothing_of_it(browser_of, lea, editor, moderator):
    for person, status in ((lea, 403), (moderator, 403)):
        assert browser_of(person).post(reverse(KEEP), typed()).status_code == status
    browser = browser_of(editor)
    assert browser.post(reverse(KEEP), typed(listing="accounts.user")).status_code == 403
    for listing in ("", "x", "articles.rien", "polls.vote", "a.b.c"):
        assert browser.post(reverse(KEEP), typed(listing=listing)).status_code == 404
    with pytest.raises(PermissionDenied):
        kept(lea)
    assert not SavedView.objects.exists()


def test_a_view_has_a_name_in_the_database_too(editor):
    with pytest.raises(IntegrityError, match="a_saved_view_has_a_name"), transaction.atomic():
        kept(editor, "")


@pytest.mark.django_db(transaction=True)
def test_the_same_name_at_once_is_kept_once():
    editor = staff("editor")

    def attempt():
        try:
            return kept(editor).pk
        except Refusal:
            return None

    made = at_once(*[attempt] * 4)

    assert SavedView.objects.count() == len([pk for pk in made if pk]) == 1


def test_the_list_shows_the_views_and_marks_the_one_being_looked_at(browser_of, editor):
    DraftFactory()
    view, other = kept(editor), kept(editor, "Autre", "q=<b>")

    page = browser_of(editor).get(f"{reverse(LIST)}?status__exact=draft&p=0").content.decode()
    bare = browser_of(editor).get(reverse(LIST)).content.decode()

    assert f'?{view.query}" aria-current="page">Mes brouillons</a>' in page
    assert change(other) in page
    assert 'name="query" value="status__exact=draft"' in page
    assert 'name="query"' not in bare


def test_three_views_take_as_many_queries_as_one(browser_of, editor, chief):
    browser = browser_of(editor)
    kept(editor, "Une")
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(LIST))
        counts.append(len(asked))
        kept(editor, f"Autre {number}")
        kept(chief, f"Partagée {number}", is_shared=True)

    assert counts[0] == counts[1]
