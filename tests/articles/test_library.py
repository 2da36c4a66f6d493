"""The library of pictures: words, consent, publication; where they are used; taking them out and putting them back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.checklist import remarks_on
from articles.developing import develop
from articles.models import Article, ArticleRevision, Image, Rendition
from articles.picturing import KEPT_AFTER_REMOVAL, bring_back, bring_back_with, purge, remove
from articles.publishing import publish
from articles.tasks import purge_images
from articles.uploading import add_to_library
from articles.uses import showing, unused, with_uses
from articles.writing import restore, write
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory
from tests.factories.pictures import picture, scene

DAY = date(2026, 3, 10)
Consent = Image.Consent


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def objections(content, day=DAY):
    """Return what the pre-publication list says against the pictures of a content."""
    said = [remark for remark in remarks_on(content, day) if remark.is_blocking]
    return [
        remark.sentence for remark in said if remark.code not in {"no_title", "no_text", "no_author", "no_specialty"}
    ]


def in_text(image):
    return f'<p>Voici.</p><p><img src="{image.url}" alt="Un test"></p>'


# What one picture may and may not.


@pytest.mark.parametrize(
    ("facts", "is_usable", "words"),
    [
        ({}, True, ""),
        ({"rights_until": DAY}, True, ""),
        ({"rights_until": DAY - timedelta(days=1)}, False, "a pris fin le"),
        ({"shows_patient": True, "consent": Consent.MISSING}, False, "consentement manque"),
        ({"shows_patient": True, "consent": Consent.OBTAINED, "consent_reference": "Classeur 3"}, True, ""),
        # Consent that is not there bars a picture of a patient alone.
        ({"consent": Consent.MISSING}, True, ""),
    ],
)
def test_rights_and_consent_say_whether_it_may_be_shown(db, facts, is_usable, words):
    image = ImageFactory(**facts)

    assert image.is_usable_on(DAY) is is_usable
    assert Image.objects.usable_on(DAY).filter(pk=image.pk).exists() is is_usable
    assert words in " ".join(image.objections_on(DAY))
    assert bool(image.objections_on(DAY)) is not is_usable


def test_the_last_day_of_a_right_is_a_day_of_paris(db, time_machine):
    image = ImageFactory(rights_until=DAY)

    time_machine.move_to("2026-03-10T22:59:00Z", tick=False)
    assert not image.is_expired
    time_machine.move_to("2026-03-10T23:01:00Z", tick=False)
    assert image.is_expired


@pytest.mark.parametrize(
    "facts",
    [
        {"alt": "", "is_decorative": False},
        {"shows_patient": True},
        {"consent": Consent.OBTAINED},
        {"focal_x": 101},
    ],
)
def test_the_database_keeps_what_is_always_true(db, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ImageFactory(**facts)


@pytest.mark.parametrize(
    ("alt", "is_decorative", "own", "said"),
    [
        ("Ici, un vaccin", False, "Un vaccin", "Ici, un vaccin"),
        ("", False, "Un vaccin", "Un vaccin"),
        ("Ici, un vaccin", True, "Un vaccin", ""),
    ],
)
def test_each_use_says_it_in_its_own_way(alt, is_decorative, own, said):
    assert Image(alt=own).text_for(alt, is_decorative=is_decorative) == said


def test_a_decorative_picture_says_what_one_use_makes_it_say():
    image = Image(alt="", is_decorative=True)

    assert image.text_for("", is_decorative=False) == ""
    assert image.text_for("Un vaccin", is_decorative=False) == "Un vaccin"


@pytest.mark.parametrize(
    ("x", "y", "classes"),
    [(50, 50, ""), (0, 50, "fp-l"), (100, 0, "fp-r fp-t"), (33, 67, ""), (32, 68, "fp-l fp-b")],
)
def test_the_focal_point_is_kept_by_the_thirds(x, y, classes):
    assert Image(focal_x=x, focal_y=y).focal_class == classes


def test_the_shelves_of_the_dashboard(db):
    fine = ImageFactory(rights_until=DAY + timedelta(days=60))
    uncredited = ImageFactory(credit="")
    ending, over = ImageFactory(rights_until=DAY), ImageFactory(rights_until=DAY - timedelta(days=1))
    unsure = ImageFactory(shows_patient=True, consent=Consent.MISSING)
    gone = ImageFactory(credit="", rights_until=DAY, removed_at=timezone.now())
    images = Image.objects.order_by("pk")

    assert list(images.without_credit()) == [uncredited]
    assert list(images.rights_ending(DAY + timedelta(days=14), DAY)) == [ending]
    assert list(images.rights_over(DAY)) == [over]
    assert list(images.lacking_consent()) == [unsure]
    assert list(images.removed()) == [gone]
    assert list(images.in_library()) == [fine, uncredited, ending, over, unsure]


# What stands in the way of publishing.


def test_everything_wrong_with_an_articles_pictures_is_said_at_once(db, django_assert_num_queries):
    lead = ImageFactory(alt="Une tête", shows_patient=True, consent=Consent.MISSING)
    told = ImageFactory(alt="Un bras", rights_until=DAY - timedelta(days=1))
    gone = ImageFactory(alt="Une jambe", removed_at=timezone.now())
    body = f'{in_text(told)}{in_text(gone)}<img src="/media/x.webp"><IMG src="/media/y.webp">'

    with django_assert_num_queries(1):
        said = objections({"image": lead.pk, "body": body}, DAY)

    whole = " ".join(said)
    assert len(said) == 5
    assert all(part in whole for part in ("consentement écrit", "droit", "retirée de la médiathèque"))
    assert sum("Décrivez l’image" in sentence for sentence in said) == 2


@pytest.mark.parametrize(
    ("own", "use", "is_silent"),
    [
        ({}, {}, False),
        ({"alt": "", "needs_words": True}, {}, True),
        ({"alt": "", "needs_words": True}, {"image_alt": "Ici"}, False),
        ({"alt": "", "needs_words": True}, {"image_is_decorative": True}, False),
        ({"alt": "", "is_decorative": True}, {}, False),
    ],
)
def test_a_lead_image_is_described_or_decorative(db, own, use, is_silent):
    image = ImageFactory(**own)

    said = objections({"image": image.pk, "body": "", **use}, DAY)

    assert ("Décrivez l’image de tête, ou déclarez-la décorative." in said) is is_silent


def test_an_empty_alternative_in_a_text_says_decorative_and_none_says_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert objections({"image": None, "body": "<p>Rien.</p>"}) == []
    assert objections({"body": '<img alt="" src="/media/a.webp">'}) == []
    assert "Décrivez l’image" in objections({"body": '<img src="/media/a.webp">'})[0]


@pytest.mark.parametrize("place", ["lead", "text"])
def test_a_patient_without_consent_holds_publication_back_until_it_is_there(chief, place):
    image = ImageFactory(alt="Un bras", shows_patient=True, consent=Consent.MISSING)
    story = DraftFactory(**({"image": image} if place == "lead" else {"body": in_text(image)}))

    with pytest.raises(Refusal, match="consentement écrit du patient"):
        publish(story, chief)
    Image.objects.update(consent=Consent.OBTAINED, consent_reference="Classeur 3")

    assert publish(story, chief).is_released


def test_a_right_that_ends_before_the_hour_holds_back_what_is_scheduled(chief):
    story = DraftFactory(image=ImageFactory(rights_until=timezone.localdate() + timedelta(days=3)))

    with pytest.raises(Refusal, match="le droit de la montrer"):
        publish(story, chief, at=timezone.now() + timedelta(days=5))

    assert publish(story, chief, at=timezone.now() + timedelta(days=2)).is_released


def test_changes_are_held_back_by_the_pictures_that_they_bring(chief, editor):
    story = ArticleFactory(image=ImageFactory())
    write(story, {"image": ImageFactory(shows_patient=True, consent=Consent.MISSING).pk}, editor)

    with pytest.raises(Refusal, match="consentement écrit du patient"):
        publish(story, chief)


# Where it is used.


def test_uses_are_found_in_leads_texts_and_revisions(editor):
    image, other = ImageFactory(file="images/2026/03/abc.webp"), ImageFactory()
    led, told = ArticleFactory(image=image), ArticleFactory(body=in_text(image))
    ArticleFactory(image=image, body=in_text(image))
    DraftFactory(body="<p>Rien, pas même abc.webp.</p>")

    assert {led, told} < set(showing(Article.objects.all(), image))
    assert {one.pk: one.uses for one in with_uses(Image.objects.all())} == {image.pk: 3, other.pk: 0}
    assert list(unused(Image.objects.all())) == [other]


@pytest.mark.parametrize(
    "html",
    [
        "<img src='/media/images/abc.webp'>",
        '<img alt="a > b" src="https://testserver/media/images/abc.webp?v=2#x">',
        "<IMG SRC=/media/images/abc.webp>",
        '<figure><img\nsrc="abc/abc.webp" alt="">',
    ],
)
def test_a_text_shows_it_however_its_address_is_written(db, html):
    image = ImageFactory(file="images/2026/03/abc.webp")
    story = DraftFactory()
    Article.objects.update(body=html)

    assert list(showing(Article.objects.all(), image)) == [story]


def test_a_revision_keeps_its_pictures(editor):
    lead, told, third = ImageFactory(), ImageFactory(), ImageFactory()
    story = DraftFactory(image=lead, body=in_text(told))
    write(story, {"image": None, "body": "<p>Sans.</p>"}, editor)
    assert ArticleRevision.objects.count() == 2

    assert list(unused(Image.objects.all())) == [third]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("SELECT 1 FROM articles_article WHERE pictures_in(body) @> ARRAY['a.webp']", "articles_pictured"),
        ("SELECT 1 FROM articles_article WHERE pictures_in(body) && ARRAY['a.webp']", "articles_pictured"),
        ("SELECT 1 FROM articles_articlerevision WHERE pictures_kept(content) && ARRAY['#1']", "revisions_pictured"),
    ],
)
def test_uses_are_answered_by_an_index(db, asked, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked}")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert index in plan


# Taking out, putting back, deleting for good.


def test_what_readers_see_stays_and_the_refusal_names_the_articles(chief):
    image = ImageFactory()
    for number in range(7):
        ArticleFactory(title=f"Article {number}", image=image)

    with pytest.raises(Refusal, match=r"remplacez-la d’abord.*Article 0.*Article 4.*2 autres"):
        remove(image, chief)

    assert not Image.objects.get().is_removed


def test_what_a_released_text_shows_stays_too(chief):
    image = ImageFactory()
    ArticleFactory(title="Dans le texte", body=in_text(image), published_at=timezone.now() + timedelta(days=1))

    with pytest.raises(Refusal, match="Dans le texte"):
        remove(image, chief)


def test_what_is_taken_out_keeps_its_file_and_can_be_put_back(chief, editor):
    image = add_to_library(picture(), by=editor, alt="Vert", credit="AFP")
    draft = DraftFactory(image=image)

    removed_at = remove(image, chief).removed_at
    assert remove(image, chief).removed_at == removed_at

    draft.refresh_from_db()
    assert draft.image == image
    assert default_storage.exists(image.file.name)
    assert not bring_back(image, chief).is_removed


def test_only_who_may_delete_takes_out_and_puts_back(editor):
    image = ImageFactory()

    for verb in (remove, bring_back):
        with pytest.raises(PermissionDenied):
            verb(image, editor)


def test_what_nothing_holds_is_deleted_with_its_files_after_thirty_days(
    editor, chief, tmp_path, django_capture_on_commit_callbacks
):
    image = add_to_library(scene(), by=editor, alt="Vert", credit="AFP")
    develop(image.pk)
    remove(image, chief)
    later = timezone.now() + KEPT_AFTER_REMOVAL + timedelta(hours=1)
    assert len(list(tmp_path.rglob("*.*"))) == 7

    assert purge() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge(later) == 1

    assert not Image.objects.exists()
    assert not Rendition.objects.exists()
    assert list(tmp_path.rglob("*.*")) == []


def test_what_an_article_or_a_revision_may_bring_back_is_kept(editor, chief):
    by_lead, by_text, by_revision, by_nothing = ImageFactory.create_batch(4)
    DraftFactory(image=by_lead, body=in_text(by_text))
    story = DraftFactory(image=by_revision)
    write(story, {"image": None}, editor)
    Image.objects.update(removed_at=timezone.now() - 2 * KEPT_AFTER_REMOVAL)

    purge_images()

    assert set(Image.objects.all()) == {by_lead, by_text, by_revision}
    assert by_nothing.pk


def test_what_is_put_back_while_others_are_deleted_stays(chief, monkeypatch):
    image = ImageFactory(removed_at=timezone.now() - 2 * KEPT_AFTER_REMOVAL)
    before = unused(Image.objects.all())
    assert list(before) == [image]

    class Late:
        """A list that was read before somebody put the picture back."""

        def values_list(self, *_fields, **_options):
            bring_back(image, chief)
            return [image.pk]

    monkeypatch.setattr("articles.picturing.unused", lambda _images: Late())

    assert purge() == 0
    assert Image.objects.exists()


def test_what_a_restored_content_shows_comes_back(db):
    gone = {"removed_at": timezone.now()}
    lead, told, other = ImageFactory(**gone), ImageFactory(**gone), ImageFactory(**gone)

    assert bring_back_with({"image": lead.pk, "body": in_text(told)}) == 2
    assert bring_back_with({"image": None, "body": ""}) == 0

    assert list(Image.objects.removed()) == [other]


def test_restoring_a_revision_puts_its_pictures_back(chief, editor):
    lead, told = ImageFactory(), ImageFactory()
    story = DraftFactory(image=lead, body=in_text(told))
    write(story, {"image": None, "body": "<p>Sans.</p>"}, editor)
    for image in (lead, told):
        remove(image, chief)

    restore(story, story.revisions.get(number=1), editor)

    story.refresh_from_db()
    assert story.image == lead
    assert not Image.objects.removed().exists()
