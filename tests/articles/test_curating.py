"""Composing a selection at the desk: plain forms that do everything and lose nothing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.curating.composing import begin, compose
from articles.curating.releasing import publish
from articles.models import Article
from articles.ordering import Slot
from articles.showing import shown_of
from tests.factories.articles import ArticleFactory, SelectionFactory, SpecialtyFactory, TagFactory
from tests.factories.composition import as_shown, press, text, titles
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


class TestBeginning:
    def test_the_first_edition_is_begun_and_readers_see_nothing_of_it(self, desk, selection):
        page = desk.get(selection.get_curation_url())
        answer = desk.post(reverse("desk:selection-begin", args=[selection.pk]), {"from": "all"}, follow=True)

        assert "Composer une édition" in text(page)
        assert "Édition 1, en préparation" in text(answer)
        assert shown_of(selection, Article.objects.all()) == []

    def test_the_next_one_begins_from_what_readers_see_or_from_what_is_pinned(self, desk, selection):
        shown = EditionFactory(selection=selection, number=1)
        slot(shown, 1, article=ArticleFactory(title="Libre"))
        slot(shown, 2, article=ArticleFactory(title="Épinglé"), is_pinned=True)

        desk.post(reverse("desk:selection-begin", args=[selection.pk]), {"from": "pinned"})

        assert titles(selection.editions.get(number=2)) == ["Épinglé"]


class TestOrder:
    @pytest.mark.parametrize(
        ("do", "order", "words"),
        [
            ("up-3", ["Un", "Trois", "Deux"], "« Trois » est en position 2."),
            ("down-1", ["Deux", "Un", "Trois"], "« Un » est en position 2."),
            ("up-1", ["Un", "Deux", "Trois"], "« Un » est en position 1."),
            ("remove-2", ["Un", "Trois"], "L’élément est retiré de la liste."),
        ],
    )
    def test_buttons_move_a_slot_and_say_where_it_is(self, desk, composed, do, order, words):
        answer = press(desk, composed, do)

        assert titles(composed) == order
        assert words in text(answer)

    def test_a_typed_position_moves_the_slot(self, desk, composed):
        press(desk, composed, "save", row2={"position": 1})

        assert titles(composed) == ["Trois", "Un", "Deux"]

    def test_a_pinned_slot_stays_where_it_was_pinned(self, desk, composed):
        press(desk, composed, "save", row0={"is_pinned": "on"})
        composed.refresh_from_db()
        press(desk, composed, "up-3")
        composed.refresh_from_db()
        press(desk, composed, "up-2")

        assert titles(composed) == ["Un", "Trois", "Deux"]

    def test_dates_of_a_slot_are_those_of_paris(self, desk, composed):
        press(desk, composed, "save", row1={"starts_at": "2030-01-01T08:00", "ends_at": "2030-01-02T08:00"})

        item = composed.items.get(position=2)
        assert (item.starts_at.isoformat(), item.ends_at.isoformat()) == (
            "2030-01-01T07:00:00+00:00",
            "2030-01-02T07:00:00+00:00",
        )

    @pytest.mark.parametrize("do", ["up-9", "up-x", "remove-", "down-0", "add-x", "add-99999999999999999999"])
    def test_a_button_for_nothing_is_answered_in_words(self, desk, composed, do):
        answer = press(desk, composed, do)

        assert answer.status_code == 422
        assert titles(composed) == ["Un", "Deux", "Trois"]


class TestAdding:
    def test_a_candidate_comes_last(self, desk, composed):
        article = ArticleFactory(title="Quatre")

        answer = press(desk, composed, f"add-{article.pk}")

        assert titles(composed) == ["Un", "Deux", "Trois", "Quatre"]
        assert "« Quatre » est en position 4." in text(answer)

    def test_a_draft_is_no_candidate(self, desk, composed):
        article = ArticleFactory(status=Article.Status.DRAFT)

        assert "n’est pas publié" in text(press(desk, composed, f"add-{article.pk}"))

    def test_a_fifteenth_is_refused_and_what_was_typed_is_still_there(self, desk, selection, chief):
        edition = begin(selection, chief)
        slots = [Slot(article=article.pk) for article in ArticleFactory.create_batch(14)]
        edition = compose(selection, slots, edition=edition.pk, version=0, by=chief)

        answer = press(
            desk,
            edition,
            f"add-{ArticleFactory().pk}",
            row3={"position": 9, "starts_at": "2030-01-01T08:00"},
            fields={"starts_at": "2030-02-03T04:05"},
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Une sélection compte au plus 14 articles." in text(answer)
        assert 'name="slots-3-position" value="9"' in page
        assert 'value="2030-01-01T08:00"' in page
        assert 'value="2030-02-03T04:05"' in page
        assert edition.items.count() == 14

    def test_slots_are_filled_by_rules_of_a_specialty_a_tag_and_comments(self, desk, composed):
        specialty, tag = SpecialtyFactory(name="Cardiologie"), TagFactory(name="œdème")
        for fields in (
            {"rule": "specialty", "rule_specialty": specialty.pk},
            {"rule": "tag", "rule_tag": "ŒDÈME"},
            {"rule": "commented"},
        ):
            composed.refresh_from_db()
            press(desk, composed, "rule", fields=fields)

        assert titles(composed)[3:] == [
            "Le dernier d’une spécialité — Cardiologie",
            f"Le dernier d’un thème — {tag}",
            "Le plus commenté",
        ]

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"rule": "specialty"}, "Choisissez la spécialité"),
            ({"rule": "tag", "rule_tag": "inconnu"}, "thème qui existe"),
            ({"rule": "tag"}, "thème qui existe"),
        ],
    )
    def test_a_rule_says_of_what(self, desk, composed, fields, words):
        assert words in text(press(desk, composed, "rule", fields=fields))

    def test_paid_content_is_neither_offered_nor_taken(self, desk, composed):
        paid = ArticleFactory(title="Publireportage", sponsor="Laboratoire")

        assert "Publireportage" not in text(desk.get(composed.selection.get_curation_url()))
        assert "Un contenu partenaire n’a pas sa place" in text(press(desk, composed, f"add-{paid.pk}"))


class TestCandidates:
    def test_the_last_thirty_days_come_first_and_words_find_the_rest(self, desk, composed):
        ArticleFactory(title="Récent")
        ArticleFactory(title="L’œdème d’autrefois", published_at=timezone.now() - timedelta(days=400))
        address = composed.selection.get_curation_url()

        assert "Récent" in text(desk.get(address))
        assert "autrefois" not in text(desk.get(address))
        assert "1 article pour « OEDEME »" in text(desk.get(address, {"q": "OEDEME"}))
        assert "autrefois" in text(desk.get(address, {"q": "OEDEME"}))
        assert "Aucun article ne contient ces mots" in text(desk.get(address, {"q": "rien de tel"}))

    def test_a_story_whose_hour_is_to_come_may_be_chosen(self, desk, composed):
        article = ArticleFactory(title="Demain", published_at=timezone.now() + 24 * HOUR)

        answer = press(desk, composed, f"add-{article.pk}")

        assert titles(composed)[-1] == "Demain"
        assert "Programmé pour le" in text(answer)

    def test_searching_and_turning_pages_saves_and_keeps_what_was_typed(self, desk, composed):
        typed = {"q": "Un", "starts_at": "2030-02-03T04:05"}

        answer = press(desk, composed, "search", row2={"position": 1}, fields=typed)

        assert titles(composed) == ["Trois", "Un", "Deux"]
        assert answer.redirect_chain[-1][0].endswith("?q=Un&starts_at=2030-02-03T04%3A05")
        assert 'value="2030-02-03T04:05"' in answer.content.decode()

    def test_pages_are_turned_by_buttons(self, desk, composed):
        ArticleFactory.create_batch(20)

        answer = press(desk, composed, "page-2")

        assert "Page 2 sur 2" in text(answer)
        assert answer.redirect_chain[-1][0].endswith("?page=2")


class TestPublishing:
    def test_the_list_as_typed_is_published_at_once(self, desk, selection, composed, chief):
        answer = press(desk, composed, "publish", row2={"position": 1})

        assert [article.title for article in shown_of(selection, Article.objects.all())] == ["Trois", "Un", "Deux"]
        assert "L’édition 1 est publiée." in text(answer)
        assert f"Publiée par {chief}" in text(answer)

    def test_a_start_to_come_keeps_readers_on_what_they_see(self, desk, selection, composed):
        answer = press(
            desk, composed, "publish", fields={"starts_at": "2030-01-01T08:00", "ends_at": "2030-01-02T08:00"}
        )

        assert shown_of(selection, Article.objects.all()) == []
        assert "Éditions à venir" in text(answer)
        assert "À partir du 1 janvier 2030 à 8 h 00 et jusqu’au 2 janvier 2030 à 8 h 00" in text(answer)

    def test_refused_dates_come_back_as_typed_and_the_list_is_not_saved(self, desk, composed):
        fields = {"starts_at": "2030-01-02T08:00", "ends_at": "2030-01-01T08:00"}

        answer = press(desk, composed, "publish", row2={"position": 1}, fields=fields)

        assert "Une édition se termine après son début." in text(answer)
        assert 'value="2030-01-01T08:00"' in answer.content.decode()
        assert titles(composed) == ["Un", "Deux", "Trois"]

    def test_a_date_that_is_none_is_shown_where_it_was_typed(self, desk, composed):
        answer = press(desk, composed, "save", row1={"starts_at": "demain"}, fields={"ends_at": "mardi"})

        assert answer.status_code == 422
        assert {'value="demain"', 'value="mardi"'} <= set(re.findall(r'value="\w+"', answer.content.decode()))

    def test_a_slot_that_ends_before_it_starts_is_told_at_the_slot(self, desk, composed):
        answer = press(desk, composed, "save", row1={"starts_at": "2030-01-02T08:00", "ends_at": "2030-01-01T08:00"})

        assert "Une place se termine après son début." in text(answer)

    def test_what_is_composed_is_thrown_away(self, desk, selection, composed):
        press(desk, composed, "discard")

        assert not selection.editions.exists()

    def test_an_edition_is_ended_and_one_to_come_taken_back(self, desk, selection, composed, chief):
        publish(composed, chief, version=composed.version)
        to_come = publish(begin(selection, chief), chief, version=0, starts_at=timezone.now() + HOUR)

        desk.post(reverse("desk:selection-edition", args=[selection.pk, to_come.pk]), {"do": "withdraw"})
        desk.post(reverse("desk:selection-edition", args=[selection.pk, composed.pk]), {"do": "end", "at": ""})

        to_come.refresh_from_db()
        assert to_come.is_composed
        assert shown_of(selection, Article.objects.all()) == []

    @pytest.mark.parametrize(("typed", "words"), [("mardi", "une date et une heure"), ("2020-01-01T08:00", "passée")])
    def test_an_end_that_cannot_be_comes_back_as_typed(self, desk, selection, composed, chief, typed, words):
        publish(composed, chief, version=composed.version)

        answer = desk.post(
            reverse("desk:selection-edition", args=[selection.pk, composed.pk]), {"do": "end", "at": typed}
        )

        assert answer.status_code == 422
        assert words in text(answer)
        assert f'name="at" value="{typed}"' in answer.content.decode()


class TestTwoEditors:
    def test_a_stale_list_comes_back_beside_the_colleagues_and_may_be_kept(
        self, desk, browser_of, administrator, selection, composed
    ):
        stale = {**as_shown(composed, row2={"position": 1}), "do": "save"}
        press(browser_of(administrator), composed, "remove-1")
        address = reverse("desk:selection-compose", args=[selection.pk])

        conflict = desk.post(address, stale)

        assert conflict.status_code == 409
        assert f"modifiée entre-temps par {administrator}" in text(conflict)
        assert [row["view"].title for row in conflict.context["mine"]] == ["Trois", "Un", "Deux"]
        assert [view.title for view in conflict.context["theirs"]] == ["Deux", "Trois"]
        assert titles(composed) == ["Deux", "Trois"]
        desk.post(address, kept(conflict))
        assert titles(composed) == ["Trois", "Un", "Deux"]

    def test_a_list_whose_edition_was_published_meanwhile_begins_the_next_one(
        self, desk, selection, composed, administrator
    ):
        publish(composed, administrator, version=composed.version)

        conflict = press(desk, composed, "remove-1")

        assert "publiée ou abandonnée entre-temps" in text(conflict)
        desk.post(reverse("desk:selection-compose", args=[selection.pk]), kept(conflict))
        assert titles(selection.editions.get(number=2)) == ["Deux", "Trois"]
        assert titles(composed) == ["Un", "Deux", "Trois"]

    def test_beginning_the_next_one_with_a_list_does_not_overwrite_a_colleagues(
        self, desk, selection, composed, administrator
    ):
        publish(composed, administrator, version=composed.version)
        conflict = press(desk, composed, "remove-1")
        theirs = begin(selection, administrator)

        again = desk.post(reverse("desk:selection-compose", args=[selection.pk]), kept(conflict))

        assert again.status_code == 409
        assert titles(theirs) == ["Un", "Deux", "Trois"]

    def test_what_was_published_twice_is_told(self, desk, composed, administrator):
        publish(composed, administrator, version=composed.version)

        assert press(desk, composed, "publish").status_code == 409
        assert press(desk, composed, "discard").status_code == 409


def kept(conflict):
    """Return what the form of "keep my list" sends."""
    form = conflict.content.decode().split("<form")[-1].split("</form>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form))
    return {**fields, "do": "save"}
