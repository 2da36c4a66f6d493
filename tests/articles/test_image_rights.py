"""Terms of pictures, told in time; and putting another picture in the place of one whose term is over."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.contents import content_of
from articles.events import ArticleChanged, ImageRightsEnding
from articles.models import Article, Image
from articles.replacing import replace
from articles.rights import ending_soon, shown_beyond_rights, tell_of_ending_rights
from articles.tasks import tell_of_ending_rights as nightly
from articles.writing import write
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory

DAY = date(2026, 3, 10)
Consent = Image.Consent


def in_text(image):
    return f'<p>Voici.</p><p><img src="{image.url}" alt="Un test"></p>'


def kinds():
    return [(event.kind, event.payload) for event in Event.objects.order_by("pk")]


# Terms.


def test_an_end_is_told_once_when_it_is_near_and_once_when_it_is_over(db):
    image = ImageFactory(rights_until=DAY)
    ArticleFactory(image=image)
    ArticleFactory(body=in_text(ImageFactory(rights_until=None)))

    assert tell_of_ending_rights(DAY - timedelta(days=15)) == 0
    assert tell_of_ending_rights(DAY - timedelta(days=14)) == 1
    assert tell_of_ending_rights(DAY) == 0
    assert tell_of_ending_rights(DAY + timedelta(days=1)) == 1
    assert tell_of_ending_rights(DAY + timedelta(days=2)) == 0

    told = [ImageRightsEnding(image.pk, is_over=is_over) for is_over in (False, True)]
    assert all((fact.kind(), fact.payload()) in kinds() for fact in told)
    assert len(kinds()) == 2


def test_another_end_is_told_anew(db):
    image = ImageFactory(rights_until=DAY)
    ArticleFactory(body=in_text(image))
    tell_of_ending_rights(DAY)

    Image.objects.update(rights_until=DAY + timedelta(days=90))

    assert tell_of_ending_rights(DAY) == 0
    assert tell_of_ending_rights(DAY + timedelta(days=80)) == 1


def test_what_readers_do_not_see_is_not_told(db):
    DraftFactory(image=ImageFactory(rights_until=timezone.localdate()))

    nightly()

    assert kinds() == []
    assert not ending_soon().exists()
    assert not shown_beyond_rights().exists()


# Replacing.


@pytest.fixture
def over():
    """A picture that may not be shown any more."""
    return ImageFactory(alt="Ancienne", rights_until=timezone.localdate() - timedelta(days=1))


def test_readers_see_the_other_picture_at_once_with_its_own_words(chief, over):
    story = ArticleFactory(image=over, image_alt="Des mots sur l’ancienne", image_is_decorative=True)
    other = ImageFactory(alt="Nouvelle")

    assert replace(over, other, chief) == [story]

    story.refresh_from_db()
    assert (story.image, story.lead_alt, story.status) == (other, "Nouvelle", Article.Status.PUBLISHED)
    kept = story.revisions.get()
    assert (kept.kind, kept.content["image"], kept.number) == ("correct", other.pk, story.version)
    assert kinds() == [(ArticleChanged.kind(), {"article_id": story.pk})]


def test_what_colleagues_are_changing_stays_unpublished_with_the_other_picture(chief, editor, over):
    story = ArticleFactory(image=over, title="Avant")
    write(story, {"title": "Pas encore"}, editor)
    other = ImageFactory()

    replace(over, other, chief)

    story.refresh_from_db()
    assert (story.title, story.image, story.status) == ("Avant", other, Article.Status.MODIFIED)
    assert (story.working.content["title"], story.working.content["image"]) == ("Pas encore", other.pk)
    assert story.working.number == story.version


def test_a_third_picture_that_colleagues_chose_is_theirs(chief, editor, over):
    third = ImageFactory()
    story = ArticleFactory(image=over)
    write(story, {"image": third.pk}, editor)

    replace(over, ImageFactory(), chief)

    story.refresh_from_db()
    assert story.working.content["image"] == third.pk


def test_a_draft_is_led_by_the_other_picture_too(chief, over):
    draft, other = DraftFactory(image=over, image_alt="Ancienne, ici"), ImageFactory()

    replace(over, other, chief)

    draft.refresh_from_db()
    assert (draft.image, draft.image_alt) == (other, "")
    assert content_of(draft) == draft.revisions.latest_first().first().content


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rights_until": date(2020, 1, 1)}, "a pris fin"),
        ({"shows_patient": True, "consent": Consent.MISSING}, "consentement"),
        ({"alt": "", "needs_words": True}, "pas encore décrite"),
        ({"removed_at": timezone.now()}, "retirée"),
    ],
)
def test_a_picture_that_may_not_be_shown_replaces_none(chief, over, facts, words):
    story, other = ArticleFactory(image=over), ImageFactory(**facts)

    with pytest.raises(Refusal, match=words):
        replace(over, other, chief)

    story.refresh_from_db()
    assert story.image == over


def test_a_picture_does_not_replace_itself_and_editors_do_not_replace(chief, editor, over):
    with pytest.raises(Refusal, match="une autre image"):
        replace(over, over, chief)
    with pytest.raises(PermissionDenied):
        replace(over, ImageFactory(), editor)


def test_it_is_replaced_inside_texts_with_its_words_and_its_caption(chief, over):
    other = ImageFactory(alt="Une salle", caption="La salle d’attente")
    tag = f'<img src="{over.url}" alt="Ancienne" width="9" height="9">'
    shown = f'<figure class="image">{tag}<figcaption>Avant</figcaption></figure>'
    around = "<p>Avant &amp; après,&nbsp;<br>voici [1].</p>"
    story = ArticleFactory(body=f"{around}{shown}{in_text(third := ImageFactory())}")

    assert replace(over, other, chief) == [story]

    story.refresh_from_db()
    assert story.body.startswith(f'{around}<figure class="image"><img src="{other.url}" alt="Une salle">')
    assert "<figcaption>La salle d’attente</figcaption></figure>" in story.body
    assert story.body.endswith(in_text(third))
    assert over.base_name not in story.body_html
    assert other.base_name.rpartition(".")[0] in story.body_html
    assert kinds() == [(ArticleChanged.kind(), {"article_id": story.pk})]


def test_a_caption_of_the_old_picture_goes_even_where_the_other_has_none(chief, over):
    story = ArticleFactory(body=f'<figure><img src="{over.url}" alt="a"><figcaption>Avant</figcaption></figure>')

    replace(over, ImageFactory(caption=""), chief)

    story.refresh_from_db()
    assert "figcaption" not in story.body


def test_what_only_colleagues_changes_show_is_replaced_there_and_readers_see_no_change(chief, editor, over):
    story, other = ArticleFactory(title="Avant"), ImageFactory()
    write(story, {"body": in_text(over), "image": over.pk, "title": "Pas encore"}, editor)
    before = Article.objects.values("title", "body", "image").get(pk=story.pk)

    assert replace(over, other, chief) == [story]

    story.refresh_from_db()
    assert Article.objects.values("title", "body", "image").get(pk=story.pk) == before
    assert (story.working.content["image"], other.url in story.working.content["body"]) == (other.pk, True)
    assert over.url not in story.working.content["body"]
    assert story.working.content["title"] == "Pas encore"
    assert kinds() == []


def test_it_is_replaced_in_a_draft_s_text(chief, over):
    draft, other = DraftFactory(body=in_text(over)), ImageFactory(alt="Nouvelle")

    replace(over, other, chief)

    draft.refresh_from_db()
    assert draft.body == in_text(other).replace("Un test", "Nouvelle")


def test_an_address_that_only_ends_alike_is_another_picture(chief, over):
    elsewhere = f'<p><img src="https://ailleurs.example/{over.base_name}" alt="x"></p>'
    story = ArticleFactory(body=elsewhere, image=over)

    replace(over, ImageFactory(), chief)

    story.refresh_from_db()
    assert story.body == elsewhere
