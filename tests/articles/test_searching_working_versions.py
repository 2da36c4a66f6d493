"""What the newsroom has changed is found at the desk by its new words, and by nobody else."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from articles import desk_search
from articles.desk_search import found
from articles.models import Article, WorkingWords
from articles.publishing import publish, unpublish
from articles.revising import autosave
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import readdress, write
from tests.factories.articles import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db

LIST = "admin:articles_article_changelist"
# A word of each text that a working version changes, and what changes it.
CHANGED = {
    "title": ("ornithorynque", "Un Ornithorynqué"),
    "short_title": ("ondatra", "L’ondatra"),
    "kicker": ("oryx", "Oryx"),
    "standfirst": ("okapi", "Pour qui a vu l’okapi."),
    "key_points": ("otarie", "L’otarie."),
    "body": ("oedicneme", "<p>Un <strong>œdicnème</strong>, criard.</p>"),
}


@pytest.fixture
def story(chief):
    """A published article whose every text has been changed and not published."""
    story = ArticleFactory(title="Le point", body="<p>Un bilan.</p>", signed_by=[AuthorFactory(name="Ève Ammouche")])
    return write(story, {name: text for name, (_word, text) in CHANGED.items()}, by=chief)


def titles(typed, articles=None):
    return [article.title for article in found(Article.objects.all() if articles is None else articles, typed).articles]


@pytest.mark.parametrize("typed", [word for word, _text in CHANGED.values()])
def test_an_article_is_found_by_each_text_that_was_changed(story, typed):
    ArticleFactory(title="Un autre")

    assert titles(typed) == ["Le point"]


@pytest.mark.parametrize("typed", ["ornitho otarie", "ornithorynque le-point", "AMMOUCHE okapi", "oedicneme eve"])
def test_its_new_words_go_with_each_other_with_its_address_and_with_who_signs(story, typed):
    Article.objects.filter(pk=story.pk).update(slug="le-point-sur")

    assert titles(typed) == ["Le point"]


def test_its_old_words_still_find_it_once(story, chief):
    write(story, {"title": "Le point", "body": "<p>Un bilan neuf.</p>"}, by=chief)

    assert titles("bilan") == titles("point bilan") == ["Le point"]


@pytest.mark.parametrize("typed", ["strong", "ornithorynque ondatra absent", "10.5555/ornithorynque"])
def test_what_it_does_not_say_does_not_find_it(story, typed):
    assert titles(typed) == []


def test_the_latest_changes_count_and_not_those_before(story, chief):
    write(story, {"title": "Un oryctérope"}, by=chief)

    assert titles("orycterope") == ["Le point"]
    assert titles("ornithorynque") == []


def test_published_the_words_are_the_articles_own(story, chief):
    publish(story, by=chief)

    assert titles("ornithorynque") == ["Un Ornithorynqué"]
    assert titles("bilan") == []
    assert not WorkingWords.objects.exists()


def test_discarded_the_words_find_nothing(story, chief):
    move(story, Act.DISCARD_CHANGES, chief)

    assert titles("ornithorynque") == []
    assert titles("bilan") == ["Le point"]
    assert not WorkingWords.objects.exists()


def test_typed_back_to_what_readers_see_it_has_no_changes_to_find(story, chief):
    before = {"short_title": "", "key_points": "", "title": "Le point", "body": "<p>Un bilan.</p>"}
    kept = {"kicker": story.kicker, "standfirst": story.standfirst}
    write(story, before | kept, by=chief)

    assert titles("okapi") == []
    assert not WorkingWords.objects.exists()


def test_taken_back_its_changes_are_its_text(story, chief):
    unpublish(story, by=chief)

    assert titles("okapi") == ["Un Ornithorynqué"]
    assert not WorkingWords.objects.exists()


def test_a_new_address_is_a_word_of_the_changes_too(story, chief):
    readdress(story, "orycterope", by=chief)

    assert titles("orycterope okapi") == ["Le point"]


def test_what_a_form_keeps_by_itself_is_nobody_elses_to_find(story, chief):
    autosave(story, {"title": "Un oryctérope"}, by=chief)

    assert titles("orycterope") == []


def test_what_an_older_version_does_not_name_is_what_the_row_says(story, chief):
    story.revisions.filter(pk=story.working_id).update(content={"title": "Un oryctérope"})
    Article.objects.filter(pk=story.pk).update(slug="autre-adresse")

    assert titles("orycterope bilan") == ["Le point"]


def test_the_search_keeps_to_the_articles_asked_for(story):
    assert titles("ornithorynque", Article.objects.exclude(pk=story.pk)) == []


def test_of_many_changed_the_latest_are_found(chief, monkeypatch):
    monkeypatch.setattr(desk_search, "MOST_FOUND", 2)
    for number in (3, 1, 2):
        write(ArticleFactory(title=f"Le point {number}"), {"title": "Un oryctérope"}, by=chief)

    answer = found(Article.objects.order_by("title"), "orycterope")

    assert [article.title for article in answer.articles] == ["Le point 1", "Le point 2"]
    assert answer.is_cut


def test_an_editor_finds_it_in_the_list_and_a_stranger_to_the_desk_does_not(browser_of, request, story):
    answers = {
        role: browser_of(request.getfixturevalue(role)).get(reverse(LIST), {"q": "ornithorynque"})
        for role in ("editor", "chief", "moderator", "lea")
    }

    assert [answers[role].context["cl"].result_count for role in ("editor", "chief")] == [1, 1]
    assert {role: answers[role].status_code for role in ("moderator", "lea")} == {"moderator": 403, "lea": 302}


@pytest.mark.parametrize("address", ["frontpage:search", "frontpage:suggest"])
@pytest.mark.parametrize("role", ["nobody", "lea", "chief"])
def test_readers_find_no_word_of_it(client, browser_of, request, story, address, role):
    browser = client if role == "nobody" else browser_of(request.getfixturevalue(role))
    shown = "".join(
        browser.get(reverse(address), {"q": typed}).content.decode()
        for word, _text in CHANGED.values()
        for typed in (word, word[:5])
    )

    assert "/articles/article-numero" not in shown
    assert not [text for _word, text in CHANGED.values() if text in shown]
    assert "article-numero" in browser.get(reverse("frontpage:search"), {"q": "bilan"}).content.decode()


def test_rows_that_are_updated_by_no_verb_take_the_words_along_too(story):
    Article.objects.filter(status="modified").update(status="published", working=None)

    assert not WorkingWords.objects.exists()


def test_the_migration_finds_what_was_changed_before_it(story):
    words = import_module("articles.migrations.0032_working_words")
    made = WorkingWords.objects.values_list("article", "words").get()
    WorkingWords.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(words.BACKWARD)
        cursor.execute(words.FORWARD)

    assert WorkingWords.objects.values_list("article", "words").get() == made
    assert titles("ornithorynque") == ["Le point"]
