"""The desk's first page, its calendar and its pre-publication list."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.agenda import month
from articles.correcting import correct
from articles.models import Article, Image
from articles.publishing import publish, reschedule
from articles.selecting import fill
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.writing import write
from newsroom.scheduling.models import ScheduledAction
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory, SelectionFactory
from tests.factories.desk import typed
from tests.factories.moderation import held_comment

HOME = "admin:index"
HOUR = timedelta(hours=1)


def page_of(browser):
    answer = browser.get(reverse(HOME))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_says_what_waits_what_goes_out_and_what_is_in_trouble(browser_of, editor, chief):
    write(Article(), {"title": "Mon brouillon"}, by=editor)
    write(Article(), {"title": "Le brouillon du chef"}, by=chief)
    move(DraftFactory(title="À relire vite"), Act.SUBMIT, chief, due_at=timezone.now() - HOUR)
    publish(DraftFactory(title="Demain matin"), by=chief, at=timezone.now() + 20 * HOUR)
    publish(DraftFactory(title="Empoisonné"), by=chief, at=timezone.now() + 2 * HOUR)
    ScheduledAction.objects.filter(subject_id=Article.objects.get(title="Empoisonné").pk).update(
        last_error="ValueError: un nombre impossible", attempts=3
    )
    correct(ArticleFactory(title="Corrigé"), "La dose.", chief, kind="error", is_substantive=True)

    page = page_of(browser_of(editor))

    for part in ("Mon brouillon", "À relire vite", "en retard", "Demain matin", "Empoisonné", "un nombre impossible"):
        assert part in page
    assert "Corrigé" in page
    assert "Le brouillon du chef" not in page


def test_every_number_leads_to_the_list_that_it_counts(browser_of, chief):
    DraftFactory.create_batch(3)
    ArticleFactory(review_by=date(2020, 1, 1))
    Image.objects.filter(pk=ImageFactory().pk).update(credit="")
    selection, gone = SelectionFactory(slug="redaction"), ArticleFactory()
    fill(selection, [gone], chief)
    move(gone, Act.UNPUBLISH, chief)
    browser = browser_of(chief)

    board = browser.get(reverse(HOME)).context["board"]

    totals = {str(figure.label): figure.total for figure in (*board.figures, *board.alerts)}
    assert totals["Brouillon"] == 3
    assert totals["Articles dont la date de révision est passée"] == 1
    assert totals["Médias sans crédit"] == 1
    assert totals["Articles dépubliés dans des sélections"] == 1
    for figure in (*board.figures, *board.alerts):
        answer = browser.get(figure.address)
        assert answer.status_code == 200, figure.label
        listed = getattr(answer.context.get("cl"), "result_count", None)
        if "article_changelist" in figure.address or "/admin/articles/article/" in figure.address:
            assert listed == figure.total, figure.label


def test_comments_to_moderate_are_counted_for_who_moderates_alone(browser_of, editor, administrator, camille):
    held_comment(camille)

    assert "Commentaires à modérer" not in page_of(browser_of(editor))
    assert "Commentaires à modérer" in page_of(browser_of(administrator))


def test_a_moderator_has_no_editors_dashboard(browser_of, moderator):
    assert "Mes brouillons" not in page_of(browser_of(moderator))


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_costs_the_same_whatever_there_is(browser_of, editor, chief, count, django_assert_num_queries):
    for _round in range(count):
        write(Article(), {"title": "Un brouillon"}, by=editor)
        move(DraftFactory(), Act.SUBMIT, chief)
        publish(DraftFactory(), by=chief, at=timezone.now() + HOUR)
        correct(ArticleFactory(), "La dose.", chief, kind="error", is_substantive=True)
    browser = browser_of(editor)
    browser.get(reverse(HOME))

    with django_assert_num_queries(21):
        browser.get(reverse(HOME))


def test_the_calendar_shows_what_goes_out_and_what_ends(browser_of, editor, chief, time_machine):
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    planned = DraftFactory(title="Prévu", published_at=timezone.now() + 24 * HOUR)
    firm = publish(DraftFactory(title="Ferme"), by=chief, at=timezone.now() + 48 * HOUR)
    dates = {"published_at": firm.published_at, "embargo_until": timezone.now() + 49 * HOUR}
    reschedule(firm, by=chief, **dates, unpublish_at=timezone.now() + 72 * HOUR)
    DraftFactory(title="Jeté", status="trash", trashed_at=timezone.now(), published_at=timezone.now())

    page = browser_of(editor).get(reverse("desk:agenda")).content.decode()

    assert all(part in page for part in ("Prévu", "prévu", "Ferme", "Fin de l’embargo", "Fin de publication"))
    assert "Jeté" not in page
    assert planned.published_at is not None


def test_days_of_the_calendar_are_those_of_paris(chief, time_machine):
    time_machine.move_to("2026-12-01T08:00:00Z", tick=False)
    late = timezone.datetime.fromisoformat("2026-12-31T23:30:00+00:00")
    publish(DraftFactory(), by=chief, at=late)

    days = {day.day: day.entries for week in month(2027, 1) for day in week}

    assert len(days[date(2027, 1, 1)]) == 1
    assert len(days[date(2026, 12, 31)]) == 0


@pytest.mark.parametrize(
    ("asked", "status"), [("2026-12", 200), ("2026-13", 404), ("hier", 404), ("0001-01", 404), ("9999-12", 404)]
)
def test_a_month_of_no_calendar_is_not_found(browser_of, editor, asked, status):
    assert browser_of(editor).get(reverse("desk:agenda"), {"mois": asked}).status_code == status


def test_the_form_says_what_is_to_be_mended_before_publishing(browser_of, chief):
    draft = DraftFactory(title="Etes-vous prêt ?", signed_by=[], body="<p>TK le chiffre.</p>")
    browser = browser_of(chief)

    page = browser.get(reverse("admin:articles_article_change", args=[draft.pk])).content.decode()

    assert page.count("bloquant") == 2
    assert "Indiquez un auteur" in page
    assert "Mettez l’accent sur la capitale" in page


def test_what_is_typed_is_checked_without_being_kept(browser_of, editor):
    draft = DraftFactory()

    answer = browser_of(editor).post(reverse("desk:check", args=[draft.pk]), typed(title="", body="<p>TK</p>"))

    said = answer.content.decode()
    assert "Écrivez le titre" in said
    assert "TK" in said
    assert Article.objects.get().title == draft.title


def test_what_is_blocking_stops_the_publication_in_its_own_words(browser_of, chief):
    draft = DraftFactory(body="<p>Un chiffre TK ici.</p>")

    answer = browser_of(chief).post(
        reverse("admin:articles_article_change", args=[draft.pk]),
        typed(title="Un titre", body="<p>Un chiffre TK ici.</p>", _publish=""),
        follow=True,
    )

    assert any("TK" in str(message) for message in answer.context["messages"])
    assert not Article.objects.published().exists()
