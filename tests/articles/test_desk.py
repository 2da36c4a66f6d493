"""The newsroom's desk, by the forms that editors send."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.html import escape

from articles.models import Article
from newsroom.taxonomy.models import Tag
from tests.factories.articles import (
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    SpecialtyFactory,
)
from tests.factories.desk import rows, typed

ADD = "admin:articles_article_add"
CHANGE = "admin:articles_article_change"
LIST = "admin:articles_article_changelist"


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_an_editor_writes_an_article(browser_of, editor):
    author, specialty = AuthorFactory(), SpecialtyFactory()
    form = typed(
        tags="désert médical, Prévention",
        primary_specialty=specialty.pk,
        **rows("bylines", {"position": 1, "author": author.pk}),
        **rows("references", {"position": 1, "text": "Étude.", "doi": "https://doi.org/10.5555/12345678"}),
        _save="",
    )

    answer = browser_of(editor).post(reverse(ADD), form, follow=True)

    story = Article.objects.get()
    assert answer.status_code == 200
    assert (story.title, story.slug, story.is_released) == ("Vaccins au cabinet", "vaccins-au-cabinet", False)
    assert story.body_html == "<p>Le texte.</p>"
    assert story.bylines.get().author == author
    assert story.references.get().doi == "10.5555/12345678"
    assert set(story.tags.names()) == {"désert médical", "Prévention"}


def test_an_editor_sees_no_button_of_publication_and_cannot_press_one(browser_of, editor):
    story = DraftFactory()
    browser = browser_of(editor)
    address = reverse(CHANGE, args=[story.pk])

    page = browser.get(address).content.decode()
    answer = browser.post(address, typed(slug=story.slug, _publish="Publier"))

    assert 'name="_publish"' not in page
    assert 'name="published_at_0"' not in page
    assert answer.status_code == 403
    assert not Article.objects.get().is_released


def test_the_chief_saves_and_publishes_with_one_button(browser_of, chief):
    story = DraftFactory(slug="vaccins")
    address = reverse(CHANGE, args=[story.pk])
    browser = browser_of(chief)
    row = {"position": 1, "author": story.bylines.get().author_id}
    form = typed(
        title="Un autre titre",
        slug="vaccins",
        primary_specialty=story.primary_specialty_id,
        **rows("bylines", row),
        _publish="Publier",
    )

    assert 'name="_publish"' in browser.get(address).content.decode()
    answer = browser.post(address, form, follow=True)

    story.refresh_from_db()
    assert story.is_released
    assert story.thread.title == story.title == "Un autre titre"
    assert ["est enregistré" in said(answer)[0], "est publié" in said(answer)[1]] == [True, True]
    assert "est publié" in LogEntry.objects.first().change_message
    assert 'name="_unpublish"' in answer.content.decode()


def test_a_refusal_says_what_is_missing_and_keeps_what_was_typed(browser_of, chief):
    form = typed(title="Inachevé", body="<p>Déjà beaucoup de texte.</p>", _publish="Publier")

    answer = browser_of(chief).post(reverse(ADD), form, follow=True)

    story = Article.objects.get()
    assert answer.redirect_chain[-1][0] == reverse(CHANGE, args=[story.pk])
    assert "Choisissez la spécialité principale. Indiquez un auteur." in said(answer)[1]
    assert not story.is_released
    assert story.body == "<p>Déjà beaucoup de texte.</p>"
    assert escape("<p>Déjà beaucoup de texte.</p>") in answer.content.decode()


def test_tags_typed_without_their_commas_come_back_with_a_sentence(browser_of, editor):
    answer = browser_of(editor).post(reverse(ADD), typed(tags="une phrase entière " * 8, _save=""))

    assert "100" in str(answer.context["adminform"].errors["tags"])
    assert not Article.objects.exists()


def test_a_form_with_an_error_comes_back_as_it_was_typed(browser_of, chief):
    answer = browser_of(chief).post(reverse(ADD), typed(title="", body="<p>Gardé.</p>", _publish=""))

    assert answer.status_code == 200
    assert escape("<p>Gardé.</p>") in answer.content.decode()
    assert not Article.objects.exists()


def test_unpublishing_from_the_form(browser_of, chief):
    story = ArticleFactory()
    form = typed(_unpublish="Dépublier")

    page = browser_of(chief).post(reverse(CHANGE, args=[story.pk]), form)
    browser_of(chief).post(page["Location"], {"note": "Chiffres à vérifier."})

    story.refresh_from_db()
    assert (story.status, story.withdrawal_notice) == ("unpublished", "Chiffres à vérifier.")


def test_the_date_of_a_published_article_is_not_taken_away(browser_of, chief):
    story = ArticleFactory()
    form = typed(published_at_0="", published_at_1="", _save="")

    answer = browser_of(chief).post(reverse(CHANGE, args=[story.pk]), form)

    assert "Un article publié a une date." in answer.content.decode()
    assert Article.objects.get().published_at == story.published_at


@pytest.mark.parametrize("field", ["published_at", "embargo_until"])
def test_a_date_of_the_year_one_is_a_slip_of_the_keyboard(browser_of, chief, field):
    draft = DraftFactory()
    date = {f"{field}_0": "01/01/0001", f"{field}_1": "00:00"}

    answer = browser_of(chief).post(reverse(CHANGE, args=[draft.pk]), typed(_save="", **date))

    page = answer.content.decode()
    assert "Vérifiez l’année" in page
    # The address was emptied too: the refused form still shows everything that was typed.
    assert "Vaccins au cabinet" in page
    assert "Deux phrases." in page
    assert browser_of(chief).get(reverse("admin:articles_article_changelist")).status_code == 200


def test_an_editor_is_not_asked_for_the_address_of_a_published_article(browser_of, editor):
    story = ArticleFactory(slug="connu")

    browser_of(editor).post(reverse(CHANGE, args=[story.pk]), typed(slug="autre", _save=""))

    story.refresh_from_db()
    assert story.slug == "connu"


def test_the_chief_changes_the_address_of_a_published_article(browser_of, chief):
    story = ArticleFactory(slug="connu")

    browser_of(chief).post(reverse(CHANGE, args=[story.pk]), typed(slug="autre", _save=""))

    story.refresh_from_db()
    assert (story.slug, story.thread.path) == ("autre", "/articles/autre/")


def test_a_correction_is_added_once_and_dates_the_article(browser_of, chief):
    story = ArticleFactory()
    told = {"kind": "figure", "is_substantive": "on", "text": "La dose était fausse."}
    form = typed(**rows("corrections", told), _save="")

    browser_of(chief).post(reverse(CHANGE, args=[story.pk]), form)

    story.refresh_from_db()
    assert story.corrections.get().text == "La dose était fausse."
    assert story.corrected_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(browser_of, chief, count, django_assert_num_queries):
    ArticleFactory.create_batch(count)
    browser = browser_of(chief)

    with django_assert_num_queries(8):
        answer = browser.get(reverse(LIST))

    assert answer.status_code == 200


def test_the_list_says_where_each_article_stands(browser_of, editor, time_machine):
    time_machine.move_to("2026-03-01T08:00:00Z", tick=False)
    DraftFactory()
    ArticleFactory()
    ArticleFactory(published_at=datetime(2026, 3, 2, 8, tzinfo=UTC))
    ArticleFactory(embargo_until=datetime(2026, 3, 2, 8, tzinfo=UTC))

    page = browser_of(editor).get(reverse(LIST)).content.decode()

    for state in ("Brouillon", "Publié", "Programmé", "Sous embargo"):
        assert f'class="field-state">{state}</td>' in page


def test_seeing_it_on_the_site_leads_to_the_page_or_to_the_preview(browser_of, editor):
    draft, story = DraftFactory(), ArticleFactory()
    browser = browser_of(editor)

    on_draft = browser.get(reverse(CHANGE, args=[draft.pk])).content.decode()
    on_story = browser.get(reverse(CHANGE, args=[story.pk])).content.decode()

    assert f'href="{draft.get_preview_url()}"' in on_draft
    assert f'href="{story.get_absolute_url()}"' in on_story


def test_what_was_published_is_never_deleted(browser_of, chief):
    story, draft = ArticleFactory(), DraftFactory()
    browser = browser_of(chief)

    refused = browser.post(reverse("admin:articles_article_delete", args=[story.pk]), {"post": "yes"})
    browser.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})

    assert refused.status_code == 403
    assert list(Article.objects.all()) == [story]


def test_two_spellings_are_one_tag(browser_of, editor):
    Tag.objects.create(name="Œdème")
    form = typed(tags="oedeme, ŒDÈME", _save="")

    browser_of(editor).post(reverse(ADD), form)

    assert [tag.name for tag in Article.objects.get().tags.all()] == ["Œdème"]


@pytest.mark.parametrize("model", ["specialty", "author", "image", "poll"])
def test_an_editor_finds_what_the_form_asks_for(browser_of, editor, model):
    field = {"specialty": "primary_specialty", "author": "author", "image": "image", "poll": "poll"}[model]
    owner = "byline" if model == "author" else "article"
    query = {"app_label": "articles", "model_name": owner, "field_name": field, "term": ""}

    answer = browser_of(editor).get(reverse("admin:autocomplete"), query)

    assert answer.status_code == 200


def test_readers_have_no_desk(browser_of, camille):
    assert browser_of(camille).get(reverse(LIST)).status_code == 302


def test_the_policy_allows_style_attributes_at_the_desk_and_nowhere_else(browser_of, editor, client):
    desk = browser_of(editor).get(reverse(ADD))["Content-Security-Policy"]
    site = client.get(reverse("articles:list"))["Content-Security-Policy"]

    assert "style-src-attr 'unsafe-inline'" in desk
    assert "unsafe" not in site
    assert "script-src 'self'" in desk
    assert "unsafe-eval" not in desk
