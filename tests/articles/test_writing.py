"""Saving: beside what readers see, never over a colleague's words."""

import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connections

from articles.contents import content_of, current_content
from articles.models import Article, ArticleRevision
from articles.publishing import publish, unpublish
from articles.revising import autosave
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import StaleSaveError, readdress, restore, write
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Thread
from newsroom.taxonomy.models import Tag
from tests.factories.articles import (
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    ImageFactory,
    SpecialtyFactory,
)

Status = Article.Status
Kind = ArticleRevision.Kind


def kinds(article):
    return list(article.revisions.order_by("number").values_list("kind", flat=True))


def test_a_new_article_is_written_whole(editor):
    author, specialty, image = AuthorFactory(), SpecialtyFactory(), ImageFactory()
    content = {
        "title": "Vaccins au cabinet",
        "body": "<p>Un\r\ntexte.</p>",
        "primary_specialty": specialty.pk,
        "specialties": [specialty.pk],
        "tags": ["Vaccins", "prévention"],
        "bylines": [{"author": author.pk, "role": "envoyée spéciale"}],
        "references": [{"text": "Une étude.", "doi": "10.5555/12345678"}],
        "image": image.pk,
        "image_alt": "Un réfrigérateur",
    }

    story = write(Article(), content, by=editor)

    story = Article.objects.get(pk=story.pk)
    assert (story.slug, story.body, story.status) == ("vaccins-au-cabinet", "<p>Un\ntexte.</p>", Status.DRAFT)
    assert story.bylines.get().role == "envoyée spéciale"
    assert (set(story.tags.names()), story.lead_alt) == ({"Vaccins", "prévention"}, "Un réfrigérateur")
    assert story.references.get().doi == "10.5555/12345678"
    assert story.revisions.get().content == content_of(story)
    assert (story.version, kinds(story)) == (1, [Kind.SAVE])


def test_a_draft_changes_at_once_and_keeps_what_it_said(editor):
    story = DraftFactory(title="Avant")

    write(story, {"title": "Après"}, by=editor)

    assert Article.objects.get().title == "Après"
    before, after = story.revisions.order_by("number")
    assert (before.content["title"], before.by) == ("Avant", None)
    assert (after.content["title"], after.by) == ("Après", editor)


def test_a_save_that_changes_nothing_makes_no_revision(editor):
    story = DraftFactory()

    write(story, content_of(story), by=editor)

    assert not story.revisions.exists()


def test_readers_see_the_live_text_until_the_changes_are_published(editor, chief, client):
    story = ArticleFactory(title="Le titre publié", body="<p>Publié.</p>")
    write(story, {"title": "Le titre en chantier", "body": "<p>En chantier.</p>", "tags": ["neuf"]}, by=editor)

    during = client.get(story.get_absolute_url()).content.decode()
    publish(story, by=chief)
    afterwards = client.get(story.get_absolute_url()).content.decode()

    assert "Le titre publié" in during
    assert "chantier" not in during
    assert "Le titre en chantier" in afterwards
    assert "Le titre publié" not in afterwards
    story.refresh_from_db()
    assert (story.status, story.working, set(story.tags.names())) == (Status.PUBLISHED, None, {"neuf"})
    assert story.thread.title == "Le titre en chantier"
    assert kinds(story) == [Kind.SAVE, Kind.SAVE, Kind.PUBLISH]


def test_the_working_version_is_what_the_next_save_builds_on(editor):
    story = ArticleFactory()
    write(story, {"title": "Un"}, by=editor)

    write(story, {"standfirst": "Deux"}, by=editor)

    content = current_content(Article.objects.get())
    assert (content["title"], content["standfirst"]) == ("Un", "Deux")
    assert Article.objects.get().status == Status.MODIFIED


def test_taking_the_changes_back_by_hand_leaves_nothing_to_publish(editor):
    story = ArticleFactory()
    live = content_of(story)
    write(story, {"title": "Autre"}, by=editor)

    write(story, live, by=editor)

    story.refresh_from_db()
    assert (story.status, story.working) == (Status.PUBLISHED, None)


def test_an_approved_text_that_changes_is_to_be_reviewed_again(editor, chief):
    story = DraftFactory()
    move(story, Act.SUBMIT, editor)
    move(story, Act.APPROVE, chief)

    write(story, {"standfirst": "Encore un mot."}, by=editor)

    assert story.status == Status.REVIEW
    assert story.reviews.open().count() == 1


def test_what_was_typed_on_an_older_text_never_overwrites(editor, chief):
    story = DraftFactory()
    write(story, {"title": "Du chef"}, by=chief, base=0)

    with pytest.raises(StaleSaveError) as stale:
        write(Article.objects.get(), {"title": "De la rédactrice"}, by=editor, base=0)

    assert (stale.value.base, stale.value.article.title) == (0, "Du chef")
    assert Article.objects.get().title == "Du chef"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(editor, chief):
    story = DraftFactory()
    outcomes, start = [], threading.Barrier(2)

    def save(person, title):
        mine = Article.objects.get(pk=story.pk)
        start.wait()
        try:
            write(mine, {"title": title}, by=person, base=0)
            outcomes.append("saved")
        except StaleSaveError:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=pair) for pair in ((editor, "Un"), (chief, "Deux"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["saved", "told"]


@pytest.mark.django_db
@pytest.mark.parametrize("reader", [None, "lea", "camille"])
def test_readers_write_nothing(reader, request):
    person = AnonymousUser() if reader is None else request.getfixturevalue(reader)

    with pytest.raises(PermissionDenied):
        write(Article(), {"title": "Un titre"}, by=person)
    with pytest.raises(PermissionDenied):
        write(DraftFactory(), {"title": "Un titre"}, by=person)


def test_nobody_writes_on_what_lies_in_the_bin(editor):
    story = move(DraftFactory(), Act.TRASH, editor)

    with pytest.raises(PermissionDenied):
        write(story, {"title": "Un titre"}, by=editor)


def test_saving_forgets_what_the_form_had_kept(editor, chief):
    story = DraftFactory()
    autosave(story, {"title": "En cours"}, editor)
    autosave(story, {"title": "Du chef"}, chief)

    write(story, {"title": "Fini"}, by=editor)

    assert story.revisions.filter(kind=Kind.AUTOSAVE).get().by == chief


def test_saving_a_new_article_forgets_what_its_form_had_kept(editor):
    autosave(None, {"title": "En cours"}, editor, form_key="a")
    autosave(None, {"title": "Un autre"}, editor, form_key="b")

    write(Article(), {"title": "Fini"}, by=editor, form_key="a")

    assert ArticleRevision.objects.get(kind=Kind.AUTOSAVE).form_key == "b"


def test_restoring_brings_tags_images_and_rows_back(editor):
    image, author = ImageFactory(), AuthorFactory()
    first = {"title": "Un", "tags": ["perdu"], "image": image.pk, "bylines": [{"author": author.pk}]}
    story = write(Article(), first, by=editor)
    write(story, {"title": "Deux", "tags": [], "image": None, "bylines": []}, by=editor)
    Tag.objects.all().delete()

    lost = restore(story, story.revisions.get(number=1), editor)

    story = Article.objects.get()
    assert lost == []
    assert (story.title, list(story.tags.names()), story.image) == ("Un", ["perdu"], image)
    assert story.bylines.get().author == author
    assert story.revisions.get(number=3).note == "Rétabli de la révision 1"


def test_restoring_names_what_no_longer_exists(editor):
    author, specialty = AuthorFactory(), SpecialtyFactory()
    content = {"title": "Un", "bylines": [{"author": author.pk}], "specialties": [specialty.pk]}
    content |= {"primary_specialty": specialty.pk, "image": ImageFactory().pk, "poll": None}
    story = write(Article(), content, by=editor)
    write(story, {"bylines": [], "specialties": [], "primary_specialty": None, "image": None}, by=editor)
    author.delete()
    specialty.delete()
    type(ImageFactory()).objects.all().delete()

    lost = restore(story, story.revisions.get(number=1), editor)

    assert len(lost) == 4
    assert current_content(story)["bylines"] == []


def test_restoring_on_a_published_article_waits_for_publication_like_any_save(editor, client):
    story = ArticleFactory(title="Vu des lecteurs")
    write(story, {"title": "Essai"}, by=editor)
    publish_me = story.revisions.get(number=2)
    write(story, {"title": "Autre essai"}, by=editor)

    restore(story, publish_me, editor)

    assert "Vu des lecteurs" in client.get(story.get_absolute_url()).content.decode()
    assert current_content(Article.objects.get())["title"] == "Essai"


def test_a_revision_of_another_article_is_not_restored(editor):
    story = write(Article(), {"title": "Un"}, by=editor)

    with pytest.raises(Refusal):
        restore(DraftFactory(), story.revisions.get(), editor)


def test_the_thread_follows_the_title_of_what_was_withdrawn(chief):
    story = unpublish(ArticleFactory(slug="vaccins"), by=chief)

    write(story, {"title": "Vaccins : ce qui change"}, by=chief)

    assert (Thread.objects.get().title, Thread.objects.get().path) == ("Vaccins : ce qui change", "/articles/vaccins/")


def test_a_new_address_is_led_to_from_the_old_one(chief, client):
    story = ArticleFactory(slug="vaccins")

    readdress(story, "vaccins-au-cabinet", chief)

    answer = client.get("/articles/vaccins/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/vaccins-au-cabinet/")
    assert Thread.objects.get().path == "/articles/vaccins-au-cabinet/"


def test_the_address_of_a_draft_changes_without_a_trace(editor, client):
    story = DraftFactory(slug="brouillon")

    readdress(story, "autre", editor)

    assert client.get("/articles/brouillon/").status_code == 404
    assert Article.objects.get().slug == "autre"


def test_only_who_publishes_changes_an_address_that_readers_know(editor):
    with pytest.raises(PermissionDenied):
        readdress(ArticleFactory(), "autre", editor)


def test_an_address_is_nobody_elses(chief):
    DraftFactory(slug="pris")
    story = ArticleFactory()

    with pytest.raises(Refusal):
        readdress(story, "pris", chief)
    readdress(story, story.slug, chief)
    readdress(story, "", chief)

    assert Article.objects.get(pk=story.pk).slug == story.slug
