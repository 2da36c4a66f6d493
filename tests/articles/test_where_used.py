"""Where things are used, before anybody deletes them."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Author, Selection, SelectionEdition, SelectionItem
from newsroom.core import desk
from newsroom.core.desk import DeskAdmin
from newsroom.core.where_used import NAMED, where_used
from newsroom.taxonomy.models import Specialty, Tag
from polls.voting import vote
from tests.factories.accounts import UserFactory
from tests.factories.articles import (
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    ImageFactory,
    SpecialtyFactory,
    TagFactory,
)
from tests.factories.debates import debate_of
from tests.factories.polls import PollFactory

pytestmark = pytest.mark.django_db


def uses(*things):
    return {
        kind.label: (kind.total, sorted(map(str, kind.things)), kind.holds)
        for kind in where_used(things, admin.site._registry)
    }


def page(thing, name="usages"):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{name}", args=[thing.pk])


def test_an_author_is_used_by_what_he_signs_and_is_held_by_it():
    author = AuthorFactory()
    DraftFactory(title="Le sien", signed_by=[author])
    DraftFactory(title="D’un autre")

    assert uses(author) == {"Articles — auteurs": (1, ["Le sien"], True)}


def test_a_specialty_is_used_in_every_way_a_story_is_filed():
    specialty = SpecialtyFactory()
    DraftFactory(title="Principal", primary_specialty=specialty)
    DraftFactory(title="Aussi").specialties.add(specialty)

    assert uses(specialty) == {
        "Articles — spécialité principale": (1, ["Principal"], True),
        "Articles — spécialités": (1, ["Aussi"], False),
    }


def test_a_tag_is_used_by_articles_synonyms_and_slots_of_selections():
    tag = TagFactory(name="infarctus")
    TagFactory(name="crise cardiaque", synonym_of=tag)
    DraftFactory(title="Le cœur").tags.add(tag)
    edition = SelectionEdition.objects.create(selection=Selection.objects.create(title="La une", slug="une"), number=1)
    SelectionItem.objects.create(edition=edition, rule="tag", rule_tag=tag)

    assert [(total, names) for total, names, _holds in uses(tag).values()] == [
        (1, ["La une"]),
        (1, ["crise cardiaque"]),
        (1, ["Le cœur"]),
    ]


def test_an_article_is_used_by_selections_and_debates_and_not_by_its_own_parts():
    article = ArticleFactory()
    article.tags.add("zona")
    edition = SelectionEdition.objects.create(selection=Selection.objects.create(title="La une", slug="une"), number=1)
    SelectionItem.objects.create(edition=edition, article=article)
    debate_of(question="Débat ?").articles.add(article)

    assert sorted(names for _total, names, _holds in uses(article).values()) == [["Débat ?"], ["La une"]]


def test_a_poll_is_held_by_its_votes_and_names_no_voter(camille):
    poll = PollFactory()
    vote(poll, poll.choices.first(), camille)
    DraftFactory(title="Avec sondage", poll=poll)

    found = uses(poll)

    assert [(total, names, holds) for total, names, holds in found.values()] == [
        (1, [], True),
        (1, ["Avec sondage"], False),
    ]


def test_an_image_is_used_by_what_leads_with_it():
    image = ImageFactory()
    DraftFactory(title="Illustré", image=image)

    assert [(total, names, holds) for total, names, holds in uses(image).values()] == [(1, ["Illustré"], True)]


def test_of_many_uses_some_are_named_and_all_counted():
    tag = TagFactory()
    for article in DraftFactory.create_batch(NAMED + 2):
        article.tags.add(tag)

    ((total, names, _holds),) = uses(tag).values()

    assert (total, len(names)) == (NAMED + 2, NAMED)


def test_nothing_is_used_by_nothing():
    assert where_used([], admin.site._registry) == []
    assert uses(TagFactory()) == {}


def test_three_uses_of_three_things_take_as_many_queries_as_one():
    counts = []
    for number in (1, 3):
        tags = TagFactory.create_batch(number)
        for article in DraftFactory.create_batch(number):
            article.tags.add(*tags)
            debate_of().articles.add(article)
        with CaptureQueriesContext(connection) as asked:
            uses(*tags)
            uses(*Article.objects.all())
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_page_names_what_one_may_see_and_counts_the_rest(browser_of, chief, moderator):
    specialty = SpecialtyFactory(name="Cardiologie")
    article = DraftFactory(title="Cœur <b>", primary_specialty=specialty)

    text = browser_of(chief).get(page(specialty)).content.decode()

    assert f'<a href="{page(article, "change")}">Cœur &lt;b&gt;</a>' in text
    assert "Articles — spécialité principale (1)" in text
    assert browser_of(moderator).get(page(specialty)).status_code == 403


def test_things_that_one_may_not_see_are_not_named(browser_of):
    specialty = SpecialtyFactory()
    DraftFactory(title="Secret", primary_specialty=specialty)
    person = UserFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_specialty"))

    text = browser_of(person).get(page(specialty)).content.decode()

    assert "(1)" in text
    assert "Secret" not in text


def test_the_page_of_what_is_used_nowhere_says_so_and_of_nothing_is_not_found(browser_of, chief):
    tag = TagFactory()
    browser = browser_of(chief)

    assert "Utilisé nulle part" in browser.get(page(tag)).content.decode()
    assert browser.get(reverse("admin:taxonomy_tag_usages", args=[10**9])).status_code == 404
    assert browser.get(reverse("admin:taxonomy_tag_usages", args=["x"])).status_code == 404
    assert browser.post(page(tag)).status_code == 405


def test_forms_lead_to_the_page(browser_of, chief):
    browser = browser_of(chief)

    for thing in (TagFactory(), AuthorFactory(), SpecialtyFactory(), PollFactory()):
        assert page(thing) in browser.get(page(thing, "change")).content.decode()
    assert "usages" not in browser.get(reverse("admin:taxonomy_tag_add")).content.decode()


def test_every_list_of_which_things_are_deleted_says_where_they_are_used():
    names = {model.__name__ for model, shown in admin.site._registry.items() if isinstance(shown, DeskAdmin)}

    assert names >= {"Author", "Specialty", "Tag", "Image", "Poll", "Selection", "Article", "Debate"}


def test_what_is_held_is_not_deleted_and_the_page_says_by_what(browser_of, administrator):
    author = AuthorFactory()
    DraftFactory(title="Le sien", signed_by=[author])
    browser = browser_of(administrator)

    asked = browser.get(page(author, "delete")).content.decode()
    answered = browser.post(page(author, "delete"), {"post": "yes"}).content.decode()

    for text in (asked, answered):
        assert "est utilisé et n’est pas supprimé" in text
        assert "Le sien" in text
        assert 'name="post"' not in text
    assert Author.objects.filter(pk=author.pk).exists()


def test_what_is_used_and_not_held_is_deleted_once_one_has_seen_where(browser_of, administrator):
    tag = TagFactory()
    DraftFactory(title="Avec thème").tags.add(tag)
    browser = browser_of(administrator)

    asked = browser.get(page(tag, "delete")).content.decode()
    browser.post(page(tag, "delete"), {"post": "yes"})

    assert "Avec thème" in asked
    assert 'name="post"' in asked
    assert not Tag.objects.filter(pk=tag.pk).exists()


def test_what_is_used_everywhere_is_not_deleted_with_one_click(browser_of, administrator, monkeypatch):
    monkeypatch.setattr(desk, "MOST_DELETED", 2)
    tag = TagFactory()
    for article in DraftFactory.create_batch(3):
        article.tags.add(tag)

    browser_of(administrator).post(page(tag, "delete"), {"post": "yes"})

    assert Tag.objects.filter(pk=tag.pk).exists()


def test_what_is_put_to_use_between_question_and_answer_stays(browser_of, administrator, monkeypatch):
    specialty = SpecialtyFactory()
    DraftFactory(primary_specialty=specialty)
    monkeypatch.setattr(desk, "where_used", lambda _used, _known: [])
    monkeypatch.setattr("django.contrib.admin.options.get_deleted_objects", lambda *_args: ([], {}, set(), []))

    answer = browser_of(administrator).post(page(specialty, "delete"), {"post": "yes"}, follow=True)

    assert answer.redirect_chain[-1][0] == page(specialty)
    assert "vient d’être utilisé" in str(next(iter(answer.context["messages"])))
    assert Specialty.objects.filter(pk=specialty.pk).exists()


def test_things_deleted_together_are_held_by_the_uses_of_each(browser_of, administrator):
    used, free = SpecialtyFactory.create_batch(2)
    DraftFactory(primary_specialty=used)
    form = {"action": "delete_selected", "_selected_action": [used.pk, free.pk], "post": "yes"}

    answer = browser_of(administrator).post(reverse("admin:taxonomy_specialty_changelist"), form)

    assert "Articles — spécialité principale" in answer.content.decode()
    assert Specialty.objects.count() >= 2


def test_the_database_holds_what_the_page_says_is_held():
    author = AuthorFactory()
    DraftFactory(signed_by=[author])

    with pytest.raises(ProtectedError), transaction.atomic():
        author.delete()
