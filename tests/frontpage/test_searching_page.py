"""The page of search: filters, kinds, pages, and what it answers to what nobody should send."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from newsroom.core.paging import A_PAGE

LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.fixture
def find(client, db):
    """Return what asks the page: its text, spaces as a reader sees them."""

    def ask(**parameters):
        answer = client.get("/recherche/", parameters)
        assert answer.status_code == 200
        return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    return ask


def test_without_words_the_page_is_a_form_with_the_field_in_focus(find):
    page = find()

    assert '<h1 class="mt4">Rechercher</h1>' in page
    assert "autofocus" in page
    assert 'name="specialite"' not in page


def test_title_and_heading_say_how_much_was_found(find, new_article):
    for _number in range(A_PAGE + 1):
        new_article("Un vaccin")

    page = find(q="vaccin")

    said = f"« vaccin » : {A_PAGE + 1} résultats (page 1 sur 2)"
    assert f"<title>{said} —" in page
    assert f'<h1 class="mt4">{said}</h1>' in page


def test_more_than_is_counted_is_said_so(find, new_article, monkeypatch):
    monkeypatch.setattr("newsroom.frontpage.searching.answering.MOST_COUNTED", 1)
    new_article("Un vaccin")
    new_article("Des vaccins")

    page = find(q="vaccin")

    assert "« vaccin » : plus de 1 résultats (page 1 sur 1)" in page
    assert ": plus de 1</span>" in page


def test_words_are_marked_and_signs_of_html_escaped(find, new_article):
    new_article("Seuils", "<p>Un vaccin &lt; 5 &amp; des &lt;b&gt; vaccinations.</p>")

    page = find(q="vaccins")

    assert "<mark>vaccin</mark> &lt; 5 &amp;" in page
    assert "<mark>vaccinations</mark>" in page
    assert "<b>" not in page
    assert 'value="&lt;b&gt;"' in find(q="<b>")


def test_a_passage_from_within_a_sentence_says_so(find, new_article):
    new_article("Angine", "<p>Le rhume, " + "puis rien de plus, " * 40 + "et la grippe.</p>")

    assert "<p>… " in find(q="grippe")
    assert "<p>Le <mark>rhume</mark>" in find(q="rhume")


@pytest.mark.parametrize(
    "narrowed",
    [{"format": "case"}, {"periode": "1-an"}, {"specialite": "cardio"}, {"auteur": "anne"}],
    ids=lambda narrowed: next(iter(narrowed)),
)
def test_each_filter_narrows_and_can_be_removed(find, new_article, new_author, new_specialty, narrowed):
    specialty = new_specialty("Cardiologie")
    kept = new_article("Angine gardée", format="case", primary_specialty=specialty)
    new_article("Angine passée", published_at=LONG_AGO)
    author = new_author("Anne Martin", signs=kept)
    named = {"cardio": specialty.slug, "anne": author.slug}
    narrowed = {name: named.get(value, value) for name, value in narrowed.items()}

    page = find(q="angine", **narrowed)

    assert "Angine gardée" in page
    assert "Angine passée" not in page
    assert '<a class="tag" href="?q=angine">' in page
    assert "retirer ce filtre" in page


def test_the_author_filter_offers_who_signed_what_was_found(find, new_article, new_author):
    author = new_author("Anne Martin", signs=new_article("Angine"))
    new_author("Paul Durand", signs=new_article("Grippe"))

    page = find(q="angine")

    assert f'<option value="{author.slug}">Anne Martin</option>' in page
    assert "Paul Durand" not in page


def test_an_author_stays_chosen_where_nothing_is_found(find, new_article, new_author):
    author = new_author("Anne Martin", signs=new_article("Angine"))

    page = find(q="grippe", auteur=author.slug)

    assert f'<option value="{author.slug}" selected>Anne Martin</option>' in page


def test_debates_are_found_by_question_introduction_and_summary(find, new_debate):
    debate = new_debate("Faut-il stocker des vaccins ?")
    debate.introduction = "Les pharmacies s’équipent."
    debate.summary = "Le réfrigérateur dédié divise."
    debate.save()

    for words in ("vaccin pharmacie", "refrigerateurs", "stocker -rage"):
        page = find(q=words, type="debats")
        assert "Faut-il stocker des vaccins ?" in page
        assert ": 1 résultat" in page
    assert "<mark>réfrigérateur</mark>" in find(q="refrigerateurs", type="debats")


def test_debates_go_by_relevance_or_date_and_by_their_own_filters(find, new_debate, new_specialty):
    specialty = new_specialty("Cardiologie")
    old = new_debate("Le vaccin, vraiment ?", opens_at=LONG_AGO)
    old.specialty = specialty
    old.save()
    new = new_debate("Autre chose ?")
    new.introduction = "D’un vaccin."
    new.save()

    def order(**asked):
        page = find(q="vaccin", type="debats", **asked)
        return [title for title in sorted(("Le vaccin", "Autre chose"), key=page.find) if title in page]

    assert order() == ["Le vaccin", "Autre chose"]
    assert order(tri="date") == ["Autre chose", "Le vaccin"]
    assert order(periode="1-an") == ["Autre chose"]
    assert order(specialite=specialty.slug) == ["Le vaccin"]


def test_a_debate_that_has_not_opened_is_not_found(find, new_debate):
    new_debate("Un vaccin demain ?", opens_at=timezone.now() + timedelta(days=1))
    new_debate("Un vaccin brouillon ?", opens_at=None)

    assert "aucun résultat" in find(q="vaccin", type="debats")


@pytest.mark.parametrize("words", ["ammouche", "Dre Marielle AMMOUCHE", "amm mari", "cardiologue", "Ammouche -paul"])
def test_authors_are_found_by_the_beginnings_of_name_and_role(find, new_article, new_author, words):
    new_author("Marielle Ammouche", signs=new_article("Angine"), civility="Dre", role="Cardiologue à Rouen")

    page = find(q=words, type="auteurs")

    assert "Dre Marielle Ammouche</a>" in page
    assert ": 1 résultat" in page


@pytest.mark.parametrize("words", ["Dre", "—", "ammouche -marielle", "ouche", "-paul"])
def test_other_words_find_no_author(find, new_article, new_author, words):
    new_author("Marielle Ammouche", signs=new_article("Angine"), civility="Dre")

    assert "aucun résultat" in find(q=words, type="auteurs")


def test_an_author_of_nothing_that_readers_know_of_is_not_found(find, new_article, new_author):
    new_author("Marielle Ammouche", signs=new_article("Angine", embargo_until=timezone.now() + timedelta(days=1)))
    new_author("Paul Ammouche")

    assert "aucun résultat" in find(q="ammouche", type="auteurs")


def test_the_kinds_say_how_much_there_is_of_each(find, new_article, new_author, new_debate):
    new_author("Anne Vaccin", signs=new_article("Un vaccin"))
    new_article("Des vaccins")
    new_debate("Un vaccin ?")

    page = " ".join(find(q="vaccin").split())

    for kind, total in (("Articles", 2), ("Débats", 1), ("Auteurs", 1)):
        assert f'{kind} <span aria-hidden="true">({total})</span>' in page
    assert 'href="?q=vaccin&amp;type=debats"' in page


def test_pages_carry_the_filters_and_nothing_unknown(find, new_article):
    for _number in range(A_PAGE + 1):
        new_article("Angine", format="case")

    page = find(q="angine", format="case", tri="date", utm_source="lettre")

    assert 'href="?q=angine&amp;format=case&amp;tri=date&amp;page=2"' in page
    assert "utm_source" not in page


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "1000000000000", "9" * 5000])
def test_a_page_that_does_not_exist_is_not_found(client, new_article, number):
    new_article("Angine")

    assert client.get("/recherche/", {"q": "angine", "page": number}).status_code == 404
    assert client.get("/recherche/", {"page": number}).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        *("é" * 8_000, "mot " * 2_000, '"' * 8_000, "-" * 8_000, "les plus", "-vaccin", '"un', 'un" deux "trois'),
        *("\ud800".encode("utf-8", "surrogatepass"), "' OR 1=1 --", "%s %(x)s", "\\", ":*&|!<->()", "\ue000"),
        *("a" * 200, "1" * 200, "☃", "&lt;script&gt;", "(((((", "a & b | !c", "http://x.example/?q=1#2"),
    ],
    ids=lambda words: repr(words)[:20],
)
@pytest.mark.parametrize("kind", ["", "debats", "auteurs"])
def test_whatever_is_sent_is_answered(client, db, words, kind):
    answer = client.get("/recherche/", {"q": words, "type": kind})

    assert answer.status_code == 200


def test_a_null_byte_is_refused_in_the_dress_of_the_site(client, db):
    for address in ("/recherche/", "/recherche/suggestions/"):
        answer = client.get(address, {"q": "a\x00b"})
        assert answer.status_code == 400
        assert b"<h1" in answer.content


def test_hundreds_of_filters_are_answered_as_one(client, db):
    query = "q=x&" + "&".join(f"specialite=s{number}&auteur=a{number}" for number in range(300))

    assert client.get(f"/recherche/?{query}").status_code == 200


@pytest.mark.parametrize("audience", ["registered", "professionals"])
def test_a_reserved_text_is_neither_found_nor_quoted(find, new_article, audience):
    new_article("Dosage", "<p>Secretissime dosage.</p>", standfirst="En bref.", audience=audience)

    assert "aucun résultat" in find(q="secretissime")
    by_title = find(q="dosage")
    assert ": 1 résultat" in by_title
    assert "ecretissime" not in by_title


def test_a_podcast_says_so_and_paid_content_too(find, new_article):
    new_article("Une angine", format="podcast", audio_seconds=1440)
    new_article("Une angine", format="partner", kicker="Sponsor")
    new_article("Une angine", format="case", kicker="Cas clinique")

    page = find(q="angine")

    assert "Podcast · 24 min" in page
    assert "Contenu partenaire" in page
    assert "<span>Cas clinique</span>" not in page


def test_who_signed_is_named_in_order(find, new_article, new_author):
    story = new_article("Angine")
    for name in ("Anne Martin", "Paul Durand", "Zoé Petit"):
        new_author(name, signs=story)

    assert "Par Anne Martin, Paul Durand et Zoé Petit" in find(q="angine")


def test_what_is_withdrawn_is_no_longer_found(find, new_article):
    story = new_article("Angine")
    Article.objects.filter(pk=story.pk).update(status="unpublished")

    assert "aucun résultat" in find(q="angine")
