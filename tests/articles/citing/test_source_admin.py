import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Reference, Source
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/source/"


@pytest.fixture
def retracted():
    """A retracted source that a published article cites."""
    source = Source.objects.create(
        doi="10.5555/retire",
        title="Un essai retiré",
        authors=[{"family": "Dupont", "given": "Jean"}, {"literal": "Groupe Essai"}],
        state="found",
        looked_up_at=timezone.now(),
        notice_kind="retraction",
        notice_doi="10.5555/avis",
        notice_found_at=timezone.now(),
    )
    Reference.objects.create(article=ArticleFactory(title="Qui le cite"), doi=source.doi, source=source)
    return source


def test_an_editor_finds_a_source_by_title_doi_or_pmid(browser_of, editor, retracted):
    Source.objects.create(pmid="39000001")
    browser = browser_of(editor)

    for asked in ("essai retiré", "10.5555/RETIRE"):
        page = browser.get(LIST, {"q": asked}).content.decode()
        assert "Un essai retiré" in page
        assert "39000001" not in page
    assert "39000001" in browser.get(LIST, {"q": "39000001"}).content.decode()


@pytest.mark.parametrize("chosen", ["to-settle", "retracted", "alarming"])
def test_notices_are_filtered(browser_of, editor, retracted, chosen):
    Source.objects.create(doi="10.5555/sans-avis")

    page = browser_of(editor).get(LIST, {"notice": chosen}).content.decode()

    assert "Un essai retiré" in page
    assert "10.5555/sans-avis" not in page


def test_a_source_shows_who_cites_it_and_what_its_journal_says(browser_of, editor, retracted):
    page = browser_of(editor).get(reverse("admin:articles_source_change", args=[retracted.pk])).content.decode()

    article = retracted.references.get().article
    assert f'href="{reverse("admin:articles_article_change", args=[article.pk])}">Qui le cite</a>' in page
    assert 'href="https://doi.org/10.5555/avis"' in page
    assert "Dupont J, Groupe Essai" in page


def test_a_source_of_which_nothing_is_known_is_shown_too(browser_of, editor):
    source = Source.objects.create(pmid="39000001")

    assert browser_of(editor).get(reverse("admin:articles_source_change", args=[source.pk])).status_code == 200


def act(browser, action, *sources):
    data = {"action": action, "_selected_action": [source.pk for source in sources]}
    return browser.post(LIST, data, follow=True).content.decode()


def test_an_editor_deals_with_a_notice_and_is_told_what_could_not_be(browser_of, editor, retracted):
    calm = Source.objects.create(doi="10.5555/calme")

    page = act(browser_of(editor), "settle", retracted, calm)

    retracted.refresh_from_db()
    assert retracted.notice_settled_by == editor
    assert "10.5555/calme\xa0:" in page


def test_an_editor_has_sources_looked_up_again(browser_of, editor):
    source = Source.objects.create(doi="10.5555/a", attempts=4, error="HTTP 500")

    act(browser_of(editor), "look_up_again", source)

    source.refresh_from_db()
    assert (source.attempts, source.error) == (0, "")


def test_nobody_adds_or_deletes_sources_by_hand(browser_of, administrator, retracted):
    browser = browser_of(administrator)

    assert browser.get(reverse("admin:articles_source_add")).status_code == 403
    assert browser.get(reverse("admin:articles_source_delete", args=[retracted.pk])).status_code == 403


def test_a_moderator_sees_no_sources(browser_of, moderator):
    assert browser_of(moderator).get(LIST).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(browser_of, editor, django_assert_max_num_queries, count):
    for number in range(count):
        Source.objects.create(doi=f"10.5555/{number}")
    browser = browser_of(editor)
    browser.get(LIST)

    with django_assert_max_num_queries(12) as asked:
        browser.get(LIST)

    assert sum('FROM "articles_source"' in query["sql"] for query in asked.captured_queries) == 2
