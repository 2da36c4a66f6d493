from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Reference, Source
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db

DOI = "10.5555/essai"
FOUND = {
    "state": "found",
    "kind": "article",
    "title": "Effet d’un traitement",
    "authors": [{"family": "Dupont", "given": "Jean-Paul"}],
    "container_short": "Rev Inv Med",
    "year": 2025,
    "volume": "12",
}


def source(**fields):
    return Source.objects.create(**{"doi": DOI, "looked_up_at": timezone.now(), **FOUND, **fields})


def retracted(**fields):
    notice = {"notice_kind": "retraction", "notice_on": date(2025, 9, 1), "notice_doi": "10.5555/avis"}
    return source(notice_found_at=timezone.now(), **notice, **fields)


def cite(story, *references):
    for position, fields in enumerate(references, start=1):
        Reference.objects.create(article=story, position=position, **fields)
    return story


def address(story, ending):
    return reverse(f"articles:references-{ending}", args=[story.slug])


def item(page, number):
    """Return the HTML of a reference, on one line."""
    return " ".join(page.split(f'<li id="ref-{number}">')[1].split("</li>")[0].split())


def test_each_reference_shows_what_is_known_of_it(client):
    story = cite(
        ArticleFactory(),
        {"text": "Dupont J. Texte de la rédaction."},
        {"doi": DOI, "source": source()},
        {"doi": "10.5555/attendu", "source": Source.objects.create(doi="10.5555/attendu")},
        {"pmid": "39000001"},
        {"url": "https://example.org/rapport"},
        {"text": "Un rapport.", "url": "https://example.org/rapport"},
    )

    page = page_of(client, story)

    assert item(page, 1) == "Dupont J. Texte de la rédaction."
    assert item(page, 2) == (
        "Dupont JP. Effet d’un traitement. Rev Inv Med. 2025;12. "
        '<a href="https://doi.org/10.5555/essai">doi:10.5555/essai</a>'
    )
    assert item(page, 3) == '<a href="https://doi.org/10.5555/attendu">doi:10.5555/attendu</a>'
    assert item(page, 4) == '<a href="https://pubmed.ncbi.nlm.nih.gov/39000001/">PMID\xa039000001</a>'.replace(
        "\xa0", " "
    )
    assert item(page, 5) == '<a href="https://example.org/rapport">https://example.org/rapport</a>'
    assert item(page, 6).startswith("Un rapport. <a")


def test_what_an_editor_typed_wins_over_the_register(client):
    story = cite(ArticleFactory(), {"text": "Notre libellé.", "doi": DOI, "source": source()})

    page = page_of(client, story)

    assert item(page, 1).startswith("Notre libellé.")
    assert "Effet d’un traitement" not in item(page, 1)


def test_what_registers_say_is_text_and_no_markup(client):
    hostile = source(title="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in page_of(client, cite(ArticleFactory(), {"doi": DOI, "source": hostile}))


def test_a_doi_cannot_lead_out_of_its_address(client):
    doi = '10.5555/a"b%2F..\\<c>#d?e'
    story = cite(ArticleFactory(), {"doi": doi})

    assert 'href="https://doi.org/10.5555/a%22b%252F..%5C%3Cc%3E%23d%3Fe"' in page_of(client, story)


def test_calls_in_the_text_and_references_lead_to_one_another(client):
    story = cite(ArticleFactory(), {"text": "Un."}, {"text": "Deux."}, {"text": "Trois."})
    Article.objects.update(
        body_html='<p><a id="appel-1" href="#ref-1">[1]</a> <a id="appel-3" href="#ref-3">[3]</a> '
        '<a id="appel-1-2" href="#ref-1">[1]</a> <a id="appel-99" href="#ref-99">[99]</a></p>'
    )

    page = page_of(client, story)

    assert 'href="#appel-1"' in item(page, 1)
    assert 'href="#appel-1-2"' in item(page, 1)
    assert "↩" not in item(page, 2)
    assert item(page, 3).count("↩") == 1
    assert "#appel-99" not in page


def test_a_retracted_source_is_marked_with_its_notice(client):
    told = item(page_of(client, cite(ArticleFactory(), {"doi": DOI, "source": retracted()})), 1)

    assert 'class="chip chip--danger" href="https://doi.org/10.5555/avis"' in told
    assert "1er" in told


@pytest.mark.parametrize("on", [None, date(2025, 9, 1)])
def test_a_source_that_its_journal_warns_of_is_marked(client, on):
    warned = source(notice_kind="concern", notice_found_at=timezone.now(), notice_on=on)

    told = item(page_of(client, cite(ArticleFactory(), {"doi": DOI, "source": warned})), 1)

    # Without a notice of its own, the work itself says it.
    assert f'class="chip chip--warn" href="https://doi.org/{DOI}"' in told
    assert ("2025" in told.split("chip--warn")[1]) is (on is not None)


def test_a_corrected_source_is_not_marked(client):
    corrected = source(notice_kind="correction", notice_found_at=timezone.now())

    assert "chip" not in item(page_of(client, cite(ArticleFactory(), {"doi": DOI, "source": corrected})), 1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_whatever_the_number_of_references(client, django_assert_max_num_queries, count):
    story = cite(ArticleFactory(), *({"doi": f"{DOI}.{n}", "source": source(doi=f"{DOI}.{n}")} for n in range(count)))

    # Site, article and thread; what matters is that one and three cost the same.
    with django_assert_max_num_queries(40) as asked:
        page_of(client, story)

    assert sum("articles_source" in query["sql"] for query in asked.captured_queries) == 1


def test_an_article_without_references_has_no_list(client):
    story = ArticleFactory()

    assert 'id="references"' not in page_of(client, story)
    assert client.get(address(story, "ris")).status_code == 404


def test_references_are_taken_away_in_ris(client):
    story = cite(ArticleFactory(slug="essai"), {"doi": DOI, "source": source()}, {"text": "Un rapport."})

    answer = client.get(address(story, "ris"))

    assert answer["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="essai.ris"'
    told = answer.content.decode()
    assert told.count("TY  - ") == 2
    assert f"DO  - {DOI}\r\nUR  - https://doi.org/{DOI}\r\n" in told


def test_references_are_taken_away_in_bibtex(client):
    story = cite(ArticleFactory(), {"doi": DOI, "source": source()}, {"doi": "10.5555/attendu"})

    answer = client.get(address(story, "bib"))

    assert answer["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert answer.content.decode().startswith("@article{dupont2025,\n  author = {Dupont, Jean-Paul},")
    assert "@misc{ref2,\n  doi = {10.5555/attendu},\n" in answer.content.decode()


def test_the_list_leads_to_both_exports(client):
    story = cite(ArticleFactory(), {"text": "Un rapport."})

    page = page_of(client, story)

    assert f'href="{address(story, "ris")}"' in page
    assert f'href="{address(story, "bib")}"' in page


def test_nothing_goes_out_of_what_is_not_public(client, camille, browser_of):
    tomorrow = timezone.now() + timedelta(days=1)
    stories = [
        DraftFactory(),
        ArticleFactory(published_at=tomorrow),
        ArticleFactory(embargo_until=tomorrow),
        ArticleFactory(audience=Article.Audience.PROFESSIONALS),
    ]
    for story in stories:
        cite(story, {"text": "Un rapport."})

    for browser in (client, browser_of(camille)):
        assert [browser.get(address(story, "ris")).status_code for story in stories] == [404] * 4


def test_a_reserved_article_shows_references_to_professionals_without_exports(browser_of, camille, client):
    story = cite(ArticleFactory(audience=Article.Audience.PROFESSIONALS), {"text": "Un rapport confidentiel."})

    shown = browser_of(camille).get(story.get_reserved_url()).content.decode()

    assert "Un rapport confidentiel." in shown
    assert "references.ris" not in shown
    assert "Un rapport confidentiel." not in page_of(client, story)


def test_machines_read_the_works_that_a_free_article_rests_on(client):
    story = cite(ArticleFactory(), {"doi": DOI, "source": source()}, {"text": "Un rapport."})

    page = page_of(client, story)

    assert '"citation": [{"@type": "CreativeWork", "name": "Dupont JP. Effet d’un traitement.' in page
    assert '"url": "https://doi.org/10.5555/essai"' in page
