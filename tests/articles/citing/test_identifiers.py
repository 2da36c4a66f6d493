import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.citing.identifiers import Identified, address_of, doi_of, identified, pmid_of, told_in

DOI = "10.1016/S0140-6736(20)30183-5"


@pytest.mark.parametrize(
    "pasted",
    [
        DOI,
        f"  {DOI}\n",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        f"HTTPS://DOI.ORG/{DOI}",
        f"doi.org/{DOI}",
        f"//doi.org/{DOI}",
        f"doi:{DOI}",
        f"DOI : {DOI}.",
        f"doi\u00a0: {DOI}",
        f"doi: https://doi.org/{DOI}",
        f"info:doi/{DOI}",
        f"({DOI})",
        f"<https://doi.org/{DOI}>",
        f"« https://doi.org/{DOI} »,",
        f"https://doi.org/{DOI}).",
        "https://doi.org/10.1016%2FS0140-6736(20)30183-5",
        "https://doi.org/10.1016%2FS0140-6736%2820%2930183-5",
        f"https://doi.org/{DOI}?utm_source=lettre#abstract",
        f"https://www.example.org/doi/full/{DOI}",
        f"https://www.example.org/doi/{DOI}?af=R",
        f"https://example.org/article/{DOI}/fulltext",
        f"https://example.org/content/{DOI}.full.pdf",
        f"https://example.org/une/article?id={DOI}",
    ],
)
def test_a_doi_is_recognised_however_it_is_pasted(pasted):
    assert identified(pasted) == Identified(doi=DOI)


@pytest.mark.parametrize(
    "doi",
    [
        "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "10.1000.10/a(b)<c>",
        "10.1101/2020.03.01.20012345v2",
    ],
)
def test_a_doi_keeps_every_sign_of_its_own(doi):
    assert doi_of(doi) == doi


def test_the_version_in_the_address_of_a_preprint_is_no_part_of_its_doi():
    assert doi_of("https://example.org/content/10.1101/2020.03.01.20012345v2.full") == "10.1101/2020.03.01.20012345"


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "Dupont J. Un essai. 2025.",
        "10.1038",
        "11.1038/x",
        "10.1038/avec espace",
        "doi:",
        "https://doi.org/",
        "http://[x.y/doi/10.5555/1",
        "10.5555/" + "x" * 200,
        "10.5555/x" * 1000,
        # A folder named after a month is no registrant.
        "https://example.org/envois/10.2020/rapport.pdf",
    ],
)
def test_what_is_no_doi_is_left_alone(pasted):
    assert doi_of(pasted) == ""


@pytest.mark.parametrize(
    "pasted",
    [
        "PMID: 31978945",
        "pmid 31978945.",
        "PMID\u00a0: 031978945",
        "PubMed ID 31978945",
        "https://pubmed.ncbi.nlm.nih.gov/31978945/",
        "pubmed.ncbi.nlm.nih.gov/31978945",
        "https://pubmed.ncbi.nlm.nih.gov/31978945/?from_term=x#affiliation-1",
        "https://www.ncbi.nlm.nih.gov/pubmed/31978945",
        "https://www.ncbi.nlm.nih.gov/pubmed/?term=31978945%5Buid%5D",
        "https://europepmc.org/article/MED/31978945",
    ],
)
def test_a_pmid_is_recognised_however_it_is_pasted(pasted):
    assert identified(pasted) == Identified(pmid="31978945")


@pytest.mark.parametrize("pasted", ["31978945", "PMID: 123456789", "PMID: 0", "PMID: 12 et 13"])
def test_a_bare_number_or_one_too_long_is_no_pmid(pasted):
    assert pmid_of(pasted) == ""


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("PMC7095418", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/"),
        ("PMCID: PMC7095418.", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/"),
        (
            "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/pdf",
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/",
        ),
        ("jorftext000043426697", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000043426697"),
        ("LEGIARTI000031927576", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000031927576"),
        ("p_3356034", "https://www.has-sante.fr/jcms/p_3356034"),
        ("HAS : c_2807145", "https://www.has-sante.fr/jcms/c_2807145"),
        ("www.Example.org/Page.", "https://www.example.org/Page"),
        ("https://example.org/a?utm_source=x&page=2&fbclid=y", "https://example.org/a?page=2"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a#:~:text=mot", "https://example.org/a"),
        ("https://example.org/a#partie-2", "https://example.org/a#partie-2"),
        ("(voir https://example.org/a)", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("http://[x.y", ""),
        ("https://example.org/" + "a" * 500, ""),
    ],
)
def test_an_address_is_told_from_text_and_cleaned(pasted, address):
    assert address_of(pasted) == address


PUBMED_CITATION = "Dupont J. Un essai. Rev Inv. 2025;12(3):1183-90. doi: 10.5555/ab.1. PMID: 39000001; PMCID: PMC12345."


@pytest.mark.parametrize(
    ("citation", "rest", "doi", "pmid"),
    [
        (PUBMED_CITATION, "Dupont J. Un essai. Rev Inv. 2025;12(3):1183-90.", "10.5555/ab.1", "39000001"),
        ("Un essai. 2025. https://doi.org/10.5555/ab(1)", "Un essai. 2025.", "10.5555/ab(1)", ""),
        ("Un essai (doi: 10.5555/ab.1).", "Un essai", "10.5555/ab.1", ""),
        ("Un essai. PMID 39000001", "Un essai.", "", "39000001"),
        ("Selon doi:10.5555/ab.1, un essai.", "Selon doi:10.5555/ab.1, un essai.", "", ""),
        ("Un essai. PMCID: PMC12345", "Un essai. PMCID: PMC12345", "", ""),
        ("Un essai.", "Un essai.", "", ""),
        (f"{'x' * 2000} PMID 12", f"{'x' * 2000} PMID 12", "", ""),
    ],
)
def test_identifiers_at_the_end_of_a_citation_are_taken_out_of_it(citation, rest, doi, pmid):
    assert told_in(citation) == (rest, Identified(doi=doi, pmid=pmid))


PREFIXES = [
    "",
    "doi:",
    "DOI : ",
    "https://doi.org/",
    "PMID: ",
    "https://pubmed.ncbi.nlm.nih.gov/",
    "https://",
    "www.",
    "PMC",
]
PIECES = st.sampled_from(
    [
        *PREFIXES,
        "10.5555/",
        "12345678",
        ")",
        "(",
        ".",
        "%2F",
        "%",
        "?",
        "?utm_source=x",
        "#",
        "/doi/",
        "example.org",
        "\u00a0",
        "v2",
    ]
)
ANYTHING = st.text(max_size=80) | st.lists(PIECES | st.text(max_size=4), max_size=8).map("".join)


@settings(deadline=None)
@given(ANYTHING)
@example("https://a.b/x.?utm_source=1")
@example("https://doi.org/10.5555/a%252Fb")
@example("\ud800")
def test_recognising_never_fails_and_what_was_recognised_is_recognised_as_itself(pasted):
    found = identified(pasted)

    assert sum(map(bool, (found.doi, found.pmid, found.url))) <= 1
    if found.doi:
        assert identified(found.doi) == found
    if found.pmid:
        assert identified(f"PMID: {found.pmid}") == found
    if found.url:
        assert identified(found.url) == found


@settings(deadline=None)
@given(ANYTHING)
def test_taking_identifiers_out_of_a_text_never_fails_and_loses_no_other_word(text):
    rest, told = told_in(text)

    assert text.startswith(rest)
    assert told or rest == text
