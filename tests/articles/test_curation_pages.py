"""The pages around the composition: alerts, previews, rights, feeds, past editions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.curating.composing import begin, compose
from articles.curating.releasing import publish
from articles.models import Article, PartnerFeed
from articles.ordering import Slot
from tests.factories.articles import ArticleFactory, SelectionFactory, SpecialtyFactory, TagFactory
from tests.factories.composition import press, said, text, titles
from tests.factories.desk import rows
from tests.factories.selections import EditionFactory, slot

HOUR = timedelta(hours=1)


@pytest.fixture
def selection(db):
    return SelectionFactory(title="La sélection")


@pytest.fixture
def composed(selection, chief):
    """An edition with three articles, "Un", "Deux" and "Trois", saved by the chief."""
    edition = begin(selection, chief)
    slots = [Slot(article=ArticleFactory(title=title).pk) for title in ("Un", "Deux", "Trois")]
    return compose(selection, slots, edition=edition.pk, version=0, by=chief)


@pytest.fixture
def desk(browser_of, chief):
    return browser_of(chief)


class TestGone:
    def test_an_unpublished_article_leaves_the_list_and_raises_an_alert_with_a_way_out(self, desk, selection):
        shown = EditionFactory(selection=selection)
        gone = slot(shown, 1, article=ArticleFactory(title="Retiré", status=Article.Status.UNPUBLISHED))
        slot(shown, 2, article=ArticleFactory(title="Gardé"))

        page = desk.get(selection.get_curation_url())
        answer = desk.post(reverse("desk:selection-take-out", args=[selection.pk, gone.pk]), follow=True)

        assert "Articles que les lecteurs ne voient plus" in text(page)
        assert "Articles que les lecteurs ne voient plus" not in text(answer)
        assert titles(shown) == ["Gardé"]

    def test_what_readers_see_is_not_taken_out(self, desk, selection):
        public = slot(EditionFactory(selection=selection), 1, article=ArticleFactory())

        answer = desk.post(reverse("desk:selection-take-out", args=[selection.pk, public.pk]))

        assert answer.status_code == 422
        assert "voient encore cet article" in text(answer)


class TestPreview:
    def test_the_selection_is_seen_as_at_a_moment_to_come(self, desk, selection, composed, chief):
        later = publish(composed, chief, version=composed.version, starts_at=timezone.now() + 24 * HOUR)
        address = reverse("desk:selection-preview", args=[selection.pk])
        at = timezone.localtime(later.starts_at + HOUR)

        tomorrow = desk.get(address, {"le": at.strftime("%Y-%m-%dT%H:%M")})

        assert [article.title for article in tomorrow.context["articles"]] == ["Un", "Deux", "Trois"]
        assert f"le {at.day}" in text(tomorrow)
        assert list(desk.get(address).context["articles"]) == []

    @pytest.mark.usefixtures("composed")
    def test_without_a_moment_it_shows_what_is_composed_and_a_number_shows_that_edition(self, desk, selection):
        address = reverse("desk:selection-preview", args=[selection.pk])
        EditionFactory(selection=selection, number=7, articles=[ArticleFactory(title="En cours")])

        assert len(desk.get(address).context["articles"]) == 3
        assert [one.title for one in desk.get(address, {"edition": 7}).context["articles"]] == ["En cours"]
        assert desk.get(address, {"edition": 9}).status_code == 404

    def test_a_moment_that_is_none_is_answered_in_words(self, desk, selection):
        answer = desk.get(reverse("desk:selection-preview", args=[selection.pk]), {"le": "mardi"}, follow=True)

        assert "Saisissez le moment de l’aperçu" in said(answer)[0]


class TestRights:
    def test_an_editor_sees_and_changes_nothing(self, browser_of, editor, selection, composed):
        browser = browser_of(editor)
        EditionFactory(selection=selection, number=2, articles=[ArticleFactory(title="Public")])

        page = browser.get(selection.get_curation_url())
        refused = [
            press(browser, composed, "remove-1"),
            browser.post(reverse("desk:selection-begin", args=[selection.pk])),
            browser.post(reverse("desk:selection-edition", args=[selection.pk, composed.pk])),
            browser.post(reverse("desk:selection-take-out", args=[selection.pk, composed.items.first().pk])),
        ]

        assert "Trois" in text(page)
        assert "Public" in text(page)
        assert "data-composition" not in page.content.decode()
        assert {answer.status_code for answer in refused} == {403}
        assert titles(composed) == ["Un", "Deux", "Trois"]

    def test_an_editor_is_told_when_nobody_composes(self, browser_of, editor, selection):
        assert "Personne n’en prépare." in text(browser_of(editor).get(selection.get_curation_url()))

    def test_slots_and_editions_of_another_selection_are_not_there(self, desk, composed):
        other = SelectionFactory()

        for name, key in (
            ("desk:selection-edition", composed.pk),
            ("desk:selection-take-out", composed.items.first().pk),
        ):
            assert desk.post(reverse(name, args=[other.pk, key])).status_code == 404

    def test_a_form_with_nothing_in_it_is_answered_in_words(self, desk, selection, composed):
        answer = desk.post(reverse("desk:selection-compose", args=[selection.pk]), {})

        assert answer.status_code == 422
        assert titles(composed) == ["Un", "Deux", "Trois"]

    @pytest.mark.parametrize("row", [{"article": ""}, {"article": "x"}, {"rule": "tag"}, {"rule": "rien"}, {"was": ""}])
    def test_hidden_fields_that_were_changed_are_refused(self, desk, composed, row):
        assert press(desk, composed, "save", row1=row).status_code == 422
        assert titles(composed) == ["Un", "Deux", "Trois"]


class TestAdmin:
    def test_the_list_and_the_form_lead_to_the_composition(self, desk, selection):
        for address in (
            reverse("admin:articles_selection_changelist"),
            reverse("admin:articles_selection_change", args=[selection.pk]),
        ):
            assert f'href="{selection.get_curation_url()}"' in desk.get(address).content.decode()
        assert "Enregistrez d’abord" in text(desk.get(reverse("admin:articles_selection_add")))

    @pytest.mark.parametrize(("is_partner", "kept"), [("on", 1), ("", 0)])
    def test_feeds_belong_to_partners_selections(self, desk, selection, is_partner, kept):
        form = {
            "title": selection.title,
            "slug": selection.slug,
            "is_partner": is_partner,
            **rows("feeds", {"url": "https://revue.example/rss", "is_active": "on", "keeps_days": 30}),
        }

        answer = desk.post(reverse("admin:articles_selection_change", args=[selection.pk]), form)

        assert PartnerFeed.objects.count() == kept
        assert kept or "est alimentée par des flux" in text(answer)

    def test_an_editor_sees_selections_and_changes_none(self, browser_of, editor, selection):
        address = reverse("admin:articles_selection_change", args=[selection.pk])
        browser = browser_of(editor)

        assert browser.get(address).status_code == 200
        assert browser.post(address, {"title": "Autre"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_it_shows(desk, selection, chief, count, django_assert_num_queries):
    publish(full(selection, chief, count), chief, version=1)
    full(selection, chief, count)
    for number in range(count):
        EditionFactory(selection=selection, number=10 + number, starts_at=timezone.now() + (number + 1) * HOUR)

    with django_assert_num_queries(29):
        desk.get(selection.get_curation_url())


def full(selection, chief, count):
    """Return an edition with that many slots of each kind."""
    edition = begin(selection, chief, pinned_only=True)
    chosen = [Slot(article=article.pk) for article in ArticleFactory.create_batch(count)]
    specialties = [Slot(rule="specialty", specialty=SpecialtyFactory().pk) for _number in range(count)]
    tags = [Slot(rule="tag", tag=TagFactory().pk) for _number in range(count)]
    return compose(selection, [*chosen, *specialties, *tags], edition=edition.pk, version=edition.version, by=chief)


@pytest.mark.django_db
class TestPublicPages:
    def test_past_editions_are_listed_and_shown(self, client, selection):
        now = timezone.now()
        EditionFactory(selection=selection, number=1, starts_at=now - HOUR, articles=[ArticleFactory(title="Hier")])
        EditionFactory(selection=selection, number=2, articles=[ArticleFactory(title="Maintenant")])

        current = client.get(selection.get_absolute_url())
        past = client.get(selection.get_editions_url())
        first = client.get(selection.editions.get(number=1).get_absolute_url())

        assert "Éditions passées" in text(current)
        assert "Édition 1, du" in text(past)
        assert "Édition 2" not in text(past)
        assert "Hier" in text(first)

    def test_what_is_shown_to_come_or_composed_has_no_page_of_its_own(self, client, selection):
        for number, start in ((1, timezone.now() - HOUR), (2, timezone.now() + HOUR), (3, None)):
            edition = EditionFactory(selection=selection, number=number, starts_at=start)
            assert client.get(edition.get_absolute_url()).status_code == 404

    def test_without_a_past_edition_the_list_says_so(self, client, selection):
        assert "Pas encore d’édition passée" in text(client.get(selection.get_editions_url()))
        assert "Éditions passées" not in text(client.get(selection.get_absolute_url()))

    def test_a_partner_is_named_as_one_on_every_page(self, client):
        partner = SelectionFactory(is_partner=True)
        past = EditionFactory(selection=partner, number=1, starts_at=timezone.now() - HOUR)
        EditionFactory(selection=partner, number=2)

        for address in (partner.get_absolute_url(), partner.get_editions_url(), past.get_absolute_url()):
            assert "Partenaire" in text(client.get(address))
