from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.citing.vancouver import authors_of, citation, identifiers, name_of, pages_of
from articles.citing.works import Person, Work, WorkKind

ESSAY = Work(
    doi="10.5555/essai",
    pmid="39000001",
    kind=WorkKind.ARTICLE,
    title="Effet d’un traitement",
    authors=(Person("Dupont", "Jean-Paul"), Person("de La Tour", "Anne")),
    container_title="Revue inventée de médecine",
    container_short="Rev Inventee Med",
    year=2025,
    volume="12",
    issue="3",
    pages="1183-1190",
    publisher="Presses inventées",
)


def test_an_article_is_cited_with_authors_title_journal_numbers_and_pages():
    assert citation(ESSAY) == ("Dupont JP, de La Tour A. Effet d’un traitement. Rev Inventee Med. 2025;12(3):1183-90.")
    assert identifiers(ESSAY) == "doi: 10.5555/essai"


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({"container_short": ""}, "Effet d’un traitement. Revue inventée de médecine. 2025;12(3):1183-90."),
        ({"issue": ""}, "Rev Inventee Med. 2025;12:1183-90."),
        ({"pages": ""}, "Rev Inventee Med. 2025;12(3)."),
        ({"volume": "", "issue": "", "pages": ""}, "Rev Inventee Med. 2025."),
        ({"volume": "", "issue": "", "pages": "e12"}, "Rev Inventee Med. 2025:e12."),
        ({"year": None}, "Rev Inventee Med. 12(3):1183-90."),
        ({"title": "Faut-il traiter ?"}, "Faut-il traiter ? Rev Inventee Med. 2025;12(3):1183-90."),
        ({"title": "Un essai."}, "Un essai. Rev Inventee Med. 2025;12(3):1183-90."),
        ({"kind": WorkKind.BOOK}, "Effet d’un traitement. Presses inventées; 2025."),
        ({"kind": WorkKind.REPORT, "publisher": ""}, "Effet d’un traitement. Rev Inventee Med; 2025."),
        ({"kind": WorkKind.PREPRINT, "year": None}, "Effet d’un traitement [preprint]. Presses inventées."),
        ({"kind": WorkKind.THESIS}, "Effet d’un traitement [thesis]. Presses inventées; 2025."),
        (
            {"kind": WorkKind.CHAPTER, "container_short": "", "container_title": "Le Grand Traité"},
            "Effet d’un traitement. In: Le Grand Traité. Presses inventées; 2025. p. 1183-90.",
        ),
        (
            {"kind": WorkKind.CHAPTER, "container_short": "", "container_title": "", "pages": ""},
            "Effet d’un traitement. Presses inventées; 2025.",
        ),
    ],
)
def test_what_a_register_lacks_leaves_no_hole_and_each_kind_has_its_form(changes, ending):
    assert citation(replace(ESSAY, **changes)).endswith(ending)


def test_a_work_without_title_or_identifier_has_no_citation_or_identifier():
    assert citation(replace(ESSAY, title="")) == ""
    assert citation(replace(ESSAY, authors=())).startswith("Effet d’un traitement.")
    assert identifiers(replace(ESSAY, doi="")) == "PubMed PMID: 39000001"
    assert identifiers(Work()) == ""


def test_six_authors_are_named_and_a_seventh_makes_them_et_al():
    six = tuple(Person(f"Nom{letter}", letter) for letter in "ABCDEF")

    assert authors_of(replace(ESSAY, authors=six)) == "NomA A, NomB B, NomC C, NomD D, NomE E, NomF F"
    assert authors_of(replace(ESSAY, authors=(*six, Person("NomG", "G")))).endswith("NomF F, et al")
    assert citation(replace(ESSAY, authors=(*six, Person("NomG", "G")))).split(" Effet")[0].endswith(", et al.")


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Person("Dupont", "Jean-Paul"), "Dupont JP"),
        (Person("Dupont", "Jean Paul"), "Dupont JP"),
        (Person("Dupont", "J.-P."), "Dupont JP"),
        (Person("Dupont", "J. P."), "Dupont JP"),
        (Person("Dupont", "JP"), "Dupont JP"),
        (Person("Smith", "JA Jr"), "Smith JA Jr"),
        (Person("Smith", "John Adam III"), "Smith JA 3rd"),
        (Person("Smith", "Jr"), "Smith J"),
        (Person("Éluard", "Élise"), "Éluard É"),
        (Person("Dupont", ""), "Dupont"),
        (Person("Dupont", " . - "), "Dupont"),
        (Person("", "Cher"), "Cher"),
        (Person(literal="Groupe d’étude Essai"), "Groupe d’étude Essai"),
        (Person(), ""),
    ],
)
def test_given_names_become_initials_and_groups_keep_their_names(person, name):
    assert name_of(person) == name


@pytest.mark.parametrize(
    ("pages", "short"),
    [
        ("1183-1190", "1183-90"),
        ("1183–1190", "1183-90"),
        ("12--15", "12-5"),
        ("199-203", "199-203"),
        ("99-103", "99-103"),
        ("12-12", "12-12"),
        ("15-12", "15-12"),
        ("S12-S15", "S12-S15"),
        ("e2034577", "e2034577"),
        ("1183-90", "1183-90"),
        ("", ""),
    ],
)
def test_the_repeated_figures_of_a_last_page_are_left_out(pages, short):
    assert pages_of(pages) == short


TEXTS = st.text(max_size=12)
WORKS = st.builds(
    Work,
    doi=TEXTS,
    kind=st.sampled_from(WorkKind),
    title=TEXTS,
    authors=st.lists(st.builds(Person, TEXTS, TEXTS, TEXTS), max_size=7).map(tuple),
    container_title=TEXTS,
    container_short=TEXTS,
    year=st.none() | st.integers(0, 3000),
    volume=TEXTS,
    issue=TEXTS,
    pages=TEXTS,
    publisher=TEXTS,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORKS)
def test_no_work_is_beyond_citing(work):
    assert isinstance(citation(work), str)
