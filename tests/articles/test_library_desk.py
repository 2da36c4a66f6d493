"""The library at the desk: its grid, its form, the pages that take out and replace."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Image
from articles.writing import write
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory
from tests.factories.pictures import bomb, drawing, picture

LIST = reverse("admin:articles_image_changelist")
ADD = reverse("admin:articles_image_add")


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def typed(**fields):
    """Return what an editor typed into the form of a picture."""
    return {
        "alt": "Une salle d’attente",
        "caption": "",
        "credit": "AFP",
        "rights_until": "",
        "consent": "not_needed",
        "consent_reference": "",
        "focal_x": "50",
        "focal_y": "50",
        **fields,
    }


def form_of(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def page_of(name, image):
    return reverse(f"desk:image-{name}", args=[image.pk])


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


# The form.


def test_a_picture_is_added_to_the_library_with_its_size(browser_of, editor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as after:
        browser_of(editor).post(ADD, typed(file=picture(size=(640, 360)), rights_until="31/12/2027", focal_x="20"))

    image = Image.objects.get()
    assert (image.width, image.height, image.alt) == (640, 360, "Une salle d’attente")
    assert (str(image.rights_until), image.focal_x, image.needs_words) == ("2027-12-31", 20, False)
    assert len(image.digest) == 64
    assert [(call.args[0], call.args[1]) for call in after if hasattr(call, "args")] == [("articles.develop", image.pk)]


@pytest.mark.parametrize(
    ("make", "fields", "words"),
    [
        (lambda: bomb(60_000, 60_000), {}, "L’image est trop grande"),
        (drawing, {}, "SVG ne sont pas acceptés"),
        (picture, {"alt": ""}, "Décrivez l’image"),
        (picture, {"credit": ""}, "obligatoire"),
        (picture, {"shows_patient": "on"}, "dites si le consentement a été obtenu"),
        (picture, {"shows_patient": "on", "consent": "obtained"}, "Dites où le consentement signé est conservé"),
        (picture, {"rights_until": "31/12/0026"}, "Vérifiez l’année"),
        (picture, {"focal_x": "101"}, "100"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence_and_what_was_typed(browser_of, editor, make, fields, words):
    answer = browser_of(editor).post(ADD, typed(file=make(), caption="Gardé", **fields))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "Gardé" in page
    assert not Image.objects.exists()


@pytest.mark.parametrize(("removed_at", "words"), [(None, "contient déjà"), (timezone.now(), "a été retirée")])
def test_the_library_refuses_what_it_has(browser_of, editor, removed_at, words):
    browser = browser_of(editor)
    browser.post(ADD, typed(file=picture()))
    Image.objects.update(removed_at=removed_at)

    answer = browser.post(ADD, typed(file=picture()))

    assert words in answer.content.decode()
    assert Image.objects.count() == 1


def test_the_file_of_a_picture_never_changes(browser_of, editor):
    image = ImageFactory(alt="Avant")

    browser_of(editor).post(form_of(image), typed(file=picture(), alt="Après"))

    known = image.file.name
    image.refresh_from_db()
    assert (image.alt, image.file.name) == ("Après", known)


def test_words_that_were_missing_are_asked_for_and_then_there(browser_of, editor):
    image = ImageFactory(alt="", needs_words=True, credit="")
    browser = browser_of(editor)

    refused = browser.post(form_of(image), typed(alt=""))
    assert "Décrivez l’image" in refused.content.decode()
    browser.post(form_of(image), typed())

    image.refresh_from_db()
    assert not image.needs_words


def test_the_form_says_how_far_renditions_are_and_where_to_click(browser_of, editor):
    image = ImageFactory(renditions_error="OSError: disque plein")

    page = browser_of(editor).get(form_of(image)).content.decode()

    assert "0 sur 12 — OSError: disque plein" in page
    assert "data-focal-picture" in page
    assert '<script src="/static/js/desk-focal.js" type="module">' in page


# The grid.


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_costs_the_same_whatever_its_length(browser_of, chief, count, django_assert_num_queries):
    for image in ImageFactory.create_batch(count):
        ArticleFactory(image=image)
    browser = browser_of(chief)

    with django_assert_num_queries(6):
        page = browser.get(LIST).content.decode()

    assert page.count("1 article</li>") == count
    assert page.count("0 sur 12") == count


def test_the_grid_warns_and_hides_what_was_taken_out(browser_of, editor):
    yesterday = timezone.localdate() - timedelta(days=1)
    ImageFactory(alt="Échue", credit="", rights_until=yesterday)
    ImageFactory(alt="Incertaine", shows_patient=True, consent="missing", sources=[["jpeg", 320, "a.jpg"]])
    ImageFactory(alt="Retirée d’ici", removed_at=timezone.now(), renditions_error="Panne")
    browser = browser_of(editor)

    page = browser.get(LIST).content.decode()
    removed = browser.get(LIST, {"rayon": "retirees"}).content.decode()

    for words in ("Droits échus depuis", "Sans crédit", "Consentement du patient manquant", "Échue", "Incertaine"):
        assert words in page
    assert "Retirée d’ici" not in page
    assert "Retirée d’ici" in removed
    assert "Déclinaisons en échec" in removed


@pytest.mark.parametrize(
    ("shelf", "facts"),
    [
        ("sans-credit", {"credit": ""}),
        ("a-decrire", {"alt": "", "needs_words": True}),
        ("droits-bientot", {"rights_until": timezone.localdate() + timedelta(days=3)}),
        ("droits-echus", {"rights_until": timezone.localdate() - timedelta(days=3)}),
        ("sans-consentement", {"shows_patient": True, "consent": "missing"}),
        ("retirees", {"removed_at": timezone.now()}),
    ],
)
def test_each_shelf_holds_its_own(browser_of, editor, shelf, facts):
    ImageFactory()
    image = ImageFactory(**facts)

    answer = browser_of(editor).get(LIST, {"rayon": shelf})

    assert list(answer.context["cl"].result_list) == [image]


def test_an_empty_shelf_says_so_and_sorting_by_uses_works(browser_of, editor):
    browser = browser_of(editor)
    assert "Aucune image ici." in browser.get(LIST).content.decode()
    rare, common = ImageFactory.create_batch(2)
    ArticleFactory(image=common)

    answer = browser.get(LIST, {"o": "-4"})

    assert list(answer.context["cl"].result_list) == [common, rare]


def test_articles_are_offered_what_is_in_the_library_alone(browser_of, editor):
    kept = ImageFactory(alt="Stéthoscope")
    ImageFactory(alt="Stéthoscope retiré", removed_at=timezone.now())
    asked = {"app_label": "articles", "model_name": "article", "field_name": "image", "term": "stethoscope"}

    answer = browser_of(editor).get(reverse("admin:autocomplete"), asked)

    assert [found["id"] for found in answer.json()["results"]] == [str(kept.pk)]


# Taking out and putting back.


def test_deleting_leads_to_the_page_that_takes_out(browser_of, chief, editor):
    image = ImageFactory()
    address = reverse("admin:articles_image_delete", args=[image.pk])

    assert browser_of(chief).get(address).url == page_of("remove", image)
    assert browser_of(chief).post(address, {"post": "yes"}).url == page_of("remove", image)
    assert browser_of(editor).get(address).status_code == 403
    assert Image.objects.exists()


def test_a_picture_is_taken_out_and_put_back(browser_of, chief):
    image = ImageFactory(alt="Un test")
    draft = DraftFactory(image=image)
    browser = browser_of(chief)

    page = browser.get(page_of("remove", image)).content.decode()
    out = browser.post(page_of("remove", image), follow=True)
    form = browser.get(form_of(image)).content.decode()
    back = browser.post(page_of("bring-back", image), follow=True)

    assert draft.title in page
    assert "n’est plus dans la médiathèque" in said(out)
    assert "La remettre dans la médiathèque" in form
    assert reverse("admin:articles_image_delete", args=[image.pk]) not in form
    assert "de retour" in said(back)


def test_what_readers_see_is_not_taken_out_and_the_page_says_where(browser_of, chief):
    image = ImageFactory()
    story = ArticleFactory(title="Publié avec elle", body=f'<p>Voici.</p><img src="{image.url}" alt="">')
    browser = browser_of(chief)

    page = browser.get(page_of("remove", image)).content.decode()
    answer = browser.post(page_of("remove", image))

    assert "La retirer de la médiathèque" not in page
    assert page_of("replace", image) in page
    assert reverse("admin:articles_article_change", args=[story.pk]) in page
    assert answer.status_code == 409
    assert "Publié avec elle" in answer.context["refused"]
    assert not Image.objects.get().is_removed


def test_the_page_of_uses_knows_texts_as_well(browser_of, editor):
    image = ImageFactory()
    ArticleFactory(title="Dans le texte", body=f'<p>Voici.</p><img src="{image.url}" alt="">')

    page = browser_of(editor).get(reverse("admin:articles_image_usages", args=[image.pk])).content.decode()

    assert "Dans le texte" in page


# Replacing and unpublishing.


@pytest.fixture
def over():
    """A picture whose rights are over."""
    return ImageFactory(alt="Ancienne", rights_until=timezone.localdate() - timedelta(days=1))


def test_another_picture_takes_its_place_in_all_articles(browser_of, chief, over):
    stories = ArticleFactory.create_batch(2, image=over)
    other = ImageFactory(alt="Nouvelle")
    browser = browser_of(chief)

    page = browser.get(page_of("replace", over)).content.decode()
    answer = browser.post(page_of("replace", over), {"other": other.pk, "_replace": "1"}, follow=True)

    assert "a pris fin le" in page
    assert all(story.title in page for story in stories)
    assert "Remplacée dans 2 articles." in said(answer)
    assert set(Article.objects.values_list("image", flat=True)) == {other.pk}


@pytest.mark.parametrize("other", ["", "0", "9999999", "x", "itself", "expired"])
def test_a_choice_that_cannot_be_is_refused_with_a_sentence(browser_of, chief, over, other):
    ArticleFactory(image=over)
    expired = ImageFactory(rights_until=timezone.localdate() - timedelta(days=9))
    chosen = {"itself": over.pk, "expired": expired.pk}.get(other, other)

    answer = browser_of(chief).post(page_of("replace", over), {"other": chosen})

    assert answer.status_code == 422
    assert "Choisissez l’image qui prendra sa place." in answer.content.decode()
    assert Article.objects.get().image == over


def test_a_picture_that_is_withdrawn_in_the_meantime_is_refused_in_words(browser_of, chief, over, monkeypatch):
    ArticleFactory(image=over)
    other = ImageFactory(alt="Retirée entre-temps")
    monkeypatch.setattr("articles.views.images._others", lambda *_: Image.objects.all())
    Image.objects.filter(pk=other.pk).update(removed_at=timezone.now())

    answer = browser_of(chief).post(page_of("replace", over), {"other": other.pk})

    assert answer.status_code == 422
    assert "a été retirée" in answer.content.decode()


def test_the_search_finds_without_accents_and_offers_no_unusable_picture(browser_of, chief, over):
    ArticleFactory(image=over)
    found = ImageFactory(alt="Stéthoscope")
    ImageFactory(alt="Autre chose")
    ImageFactory(alt="Stéthoscope échu", rights_until=over.rights_until)

    answer = browser_of(chief).get(page_of("replace", over), {"q": "stethoscope"})

    assert list(answer.context["offered"]) == [found]
    assert "Aucune autre image" in browser_of(chief).get(page_of("replace", over), {"q": "rien"}).content.decode()


def test_the_articles_are_unpublished_with_one_button(browser_of, chief, over):
    led = ArticleFactory(image=over)
    told = ArticleFactory(body=f'<p>Voici.</p><img src="{over.url}" alt="">')
    draft = DraftFactory(image=over)

    answer = browser_of(chief).post(page_of("replace", over), {"_unpublish": "1"}, follow=True)

    states = dict(Article.objects.values_list("pk", "status"))
    assert states == {led.pk: "unpublished", told.pk: "unpublished", draft.pk: "draft"}
    assert "est dépublié" in said(answer)


def test_a_refusal_to_unpublish_names_its_article(browser_of, chief, over, monkeypatch):
    def refuse(*_args):
        message = "Elle reste."
        raise Refusal(message)

    monkeypatch.setattr("articles.views.images.unpublish", refuse)
    ArticleFactory(title="Tenace", image=over)

    answer = browser_of(chief).post(page_of("replace", over), {"_unpublish": "1"}, follow=True)

    assert "Tenace\N{NO-BREAK SPACE}: Elle reste." in said(answer)


def test_a_picture_that_no_article_shows_has_nothing_to_replace(browser_of, chief, over):
    page = browser_of(chief).get(page_of("replace", over)).content.decode()

    assert "Aucun article ne montre cette image." in page
    assert 'name="_unpublish"' not in page


def test_editors_neither_take_out_nor_replace(browser_of, editor, over):
    browser = browser_of(editor)
    form = browser.get(form_of(over)).content.decode()

    assert {browser.post(page_of(name, over)).status_code for name in ("remove", "bring-back", "replace")} == {403}
    assert page_of("replace", over) not in form
    assert not Image.objects.get().is_removed


def test_what_only_unpublished_changes_show_is_named_and_replaced(browser_of, chief, editor, over):
    story, other = ArticleFactory(title="En chantier"), ImageFactory()
    write(story, {"body": f'<p><img src="{over.url}" alt="x"></p>'}, editor)
    browser = browser_of(chief)

    page = browser.get(page_of("replace", over)).content.decode()
    answer = browser.post(page_of("replace", over), {"other": other.pk}, follow=True)

    assert "modifications non publiées" in page
    assert "En chantier" in page
    assert "Remplacée dans 1 article." in said(answer)
