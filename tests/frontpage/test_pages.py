"""Home, search, texts and what machines read, as they are answered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

TEXTS = (
    *("charte", "mentions-legales", "accessibilite", "donnees-personnelles", "contact"),
    *("qui-sommes-nous", "politique-de-correction"),
)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
def test_a_new_installation_says_what_to_create_first(client):
    html = text_of(client.get("/"))

    assert 'id="debut-t"' in html
    assert "/admin/" in html


def test_the_home_page_shows_its_blocks_and_no_empty_one(client, new_article, new_image, select):
    chosen = [new_article(f"Choisi {number}", image=new_image()) for number in range(2)]
    select("redaction", chosen)
    select("revue", [new_article("Au partenaire")], is_partner=True)

    html = text_of(client.get("/"))

    assert html.count("<h1") == 1
    assert html.count(chosen[0].get_absolute_url() + '"') == 1
    assert 'id="selection"' in html
    assert "box--partner" in html
    assert not any(
        block in html for block in ('id="specialites-t"', 'id="podcasts-t"', 'id="commentes-t"', 'class="wrap hot"')
    )


def test_the_home_page_takes_at_most_fifteen_queries_cold_however_much_it_shows(client, full_house):
    counts = []
    for more in (1, 2):
        for _item in range(more):
            full_house()
        with CaptureQueriesContext(connection) as queries:
            html = text_of(client.get("/"))
        counts.append(len(queries))
        assert "box--ink" in html
        assert "data-poll" in html

    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_the_home_page_is_the_same_bytes_for_everybody(client, browser_of, camille, chief, new_article):
    new_article("Angine")

    answers = {text_of(browser.get("/")) for browser in (client, browser_of(camille), browser_of(chief))}

    assert len(answers) == 1


def test_the_text_reserved_for_professionals_is_nowhere_public(client, new_article):
    new_article("Dosage", "<p>Secretissime.</p>", audience="professionals", standfirst="Public.", slug="dosage")

    addresses = ("/", "/recherche/?q=dosage", "/sitemap.xml", "/sitemap-news.xml", "/flux/articles.rss")
    answers = [text_of(client.get(address)) for address in addresses]

    assert all("Secretissime" not in answer for answer in answers)
    assert "/articles/dosage/" in answers[3]


def test_title_and_heading_of_a_search_tell_how_much_was_found(client, new_article):
    for _number in range(21):
        new_article("Les vaccins", standfirst="Sur les vaccins.")

    html = text_of(client.get("/recherche/?q=vaccin"))

    expected = "«\u202fvaccin\u202f»\u00a0: 21 résultats (page 1 sur 2)"
    # The title, the heading, and the title of a link to it.
    assert html.count(expected) == 3
    assert "<mark>vaccins</mark>" in html


def test_a_search_without_result_gives_hints_and_the_subjects_of_the_moment(client, new_article, new_tag):
    new_article("Angine", tags=[new_tag("gorge")])

    html = text_of(client.get("/recherche/?q=xyzzy"))

    assert 'id="pistes-t"' in html
    assert "/themes/gorge/" in html


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%22",
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=" + "a" * 10_000,
        "q=%E2%80%AE%EE%80%80",
        "q=x&tri=-id",
    ],
)
def test_odd_queries_are_answered_and_escaped(client, new_article, query):
    new_article("Angine")

    html = text_of(client.get(f"/recherche/?{query}"))

    assert "<script>alert" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["0", "-1", "x", "2", "9" * 30, "٣"])
def test_a_page_of_results_that_does_not_exist_is_not_found(client, page):
    assert client.get("/recherche/", {"q": "angine", "page": page}).status_code == 404


@pytest.mark.django_db
def test_a_nul_in_a_query_is_a_bad_request(client):
    assert client.get("/recherche/?q=a%00b").status_code == 400


@pytest.mark.parametrize("articles", [1, 3])
def test_a_search_takes_at_most_eight_queries(client, new_article, articles):
    for _number in range(articles):
        new_article("Angine")

    with CaptureQueriesContext(connection) as queries:
        text_of(client.get("/recherche/?q=angine"))

    assert len(queries) == 8


@pytest.mark.django_db
@pytest.mark.parametrize("name", TEXTS)
def test_the_texts_about_the_house_are_there_and_led_to_from_every_page(client, name):
    html = text_of(client.get(f"/{name}/"))

    assert html.count("<h1>") == 1
    assert f'href="/{name}/"' in text_of(client.get("/recherche/"))


@pytest.mark.django_db
def test_a_text_about_the_house_takes_at_most_three_queries_those_about_the_clock_included(client):
    with CaptureQueriesContext(connection) as queries:
        text_of(client.get("/charte/"))

    assert len(queries) <= 3


def test_the_plan_of_the_site_names_what_there_is_and_no_empty_part(client, new_article, new_debate, new_specialty):
    new_article("Angine", primary_specialty=new_specialty("Cardiologie"))
    new_specialty("Vide")
    new_debate("Faut-il ?")

    html = text_of(client.get("/plan-du-site/"))

    assert "Cardiologie" in html
    assert "Vide" not in html
    assert "Faut-il" in html
    assert "/qui-sommes-nous/" in html
    assert "Consultations</h2>" not in html.partition("<main")[2].partition("</main>")[0]


def test_the_plan_of_the_site_takes_as_many_queries_with_three_items_as_with_one(client, full_house):
    counts = []
    for more in (1, 2):
        for _item in range(more):
            full_house()
        with CaptureQueriesContext(connection) as queries:
            text_of(client.get("/plan-du-site/"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 9


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/robots.txt", "Sitemap: http://testserver/sitemap.xml"),
        ("/.well-known/security.txt", "Contact: http://testserver/contact/"),
        ("/opensearch.xml", "http://testserver/recherche/?q={searchTerms}"),
    ],
)
def test_machines_find_what_they_ask_for(client, address, words):
    assert words in text_of(client.get(address))
