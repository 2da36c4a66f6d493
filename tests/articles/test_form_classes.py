"""The form's classes are made once for all who may do the same, and for nobody else."""

from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from articles.admin import remembering
from articles.models import Article
from tests.factories.accounts import staff
from tests.factories.articles import ArticleFactory, DraftFactory

DESK = admin.site._registry[Article]


def request_of(person):
    request = RequestFactory().get("/")
    request.user = person
    return request


def form_of(person, article=None):
    return DESK.get_form(request_of(person), article, change=article is not None)


def rows_of(person, article):
    return [formset for formset, _inline in DESK.get_formsets_with_inlines(request_of(person), article)]


def test_two_people_of_the_same_rights_share_them(chief):
    other, story = staff("editor in chief", email="autre@example.org"), DraftFactory()

    assert form_of(chief, story) is form_of(other, DraftFactory())
    assert rows_of(chief, story) == rows_of(other, story)


def test_who_may_do_less_has_others(chief, editor, administrator):
    story = ArticleFactory()

    assert "published_at" not in form_of(editor, story).base_fields
    assert "published_at" in form_of(chief, story).base_fields
    assert form_of(administrator, story) is not form_of(chief, story)


def test_what_a_person_may_no_longer_do_is_gone_from_his_form_at_once(chief, browser_of):
    story, browser = DraftFactory(), browser_of(chief)
    adding = 'id="add_id_image"'
    before = browser.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()

    for group in chief.groups.all():
        group.permissions.remove(Permission.objects.get(codename="add_image"))

    after = browser.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode()
    assert (adding in before, adding in after) == (True, False)


def test_a_known_address_is_left_to_those_who_publish(editor):
    assert "slug" in form_of(editor, DraftFactory()).base_fields
    assert "slug" not in form_of(editor, ArticleFactory()).base_fields


def test_the_rows_are_as_many_as_the_article_has(chief):
    story = ArticleFactory()
    story.on_desk = {"bylines": [{}] * 3, "references": []}

    assert [formset.extra for formset in rows_of(chief, story)[:2]] == [3, 0]


def test_a_form_that_is_asked_for_differently_is_made_anew(chief):
    made = DESK.get_form(request_of(chief), None, fields=["title"])

    assert list(made.base_fields)[-1] != "poll"
    assert made is not DESK.get_form(request_of(chief), None, fields=["title"])


def test_not_more_are_kept_than_there_is_room_for(chief, editor, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_KEPT", 1)
    monkeypatch.setattr(remembering, "_MADE", {})
    story = DraftFactory()

    forms = [form_of(person, story) for person in (chief, editor, chief)]

    assert len(remembering._MADE) == 1
    assert forms[0] is not forms[2]


def test_a_form_opened_again_asks_for_the_same_fields(browser_of, editor):
    browser, where = browser_of(editor), reverse("admin:articles_article_change", args=[ArticleFactory().pk])

    opened = [list(browser.get(where).context["adminform"].form.fields) for _time in range(2)]

    assert opened[0] == opened[1]
    assert "title" in opened[0]
