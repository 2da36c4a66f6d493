import pytest
from hypothesis import given, settings

from articles.citing.sorting import Columns, sorted_columns
from tests.articles.citing.test_identifiers import ANYTHING

DOI = "10.5555/essai"


@pytest.mark.parametrize(
    ("typed", "columns"),
    [
        (Columns(text=f"https://doi.org/{DOI}"), Columns(doi=DOI)),
        (Columns(url=f"https://doi.org/{DOI}"), Columns(doi=DOI)),
        (Columns(pmid=DOI), Columns(doi=DOI)),
        (Columns(doi="https://pubmed.ncbi.nlm.nih.gov/39000001/"), Columns(pmid="39000001")),
        (Columns(text="PMC123"), Columns(url="https://pmc.ncbi.nlm.nih.gov/articles/PMC123/")),
        (Columns(doi=f"doi:{DOI}", url=f"https://doi.org/{DOI.upper()}"), Columns(doi=DOI)),
        (Columns(text="Un essai.", url="www.example.org/a"), Columns("Un essai.", url="https://www.example.org/a")),
        (Columns(text=f"Un essai. doi: {DOI}. PMID: 12"), Columns("Un essai.", DOI, "12")),
        (Columns(text=f"Un essai. doi: {DOI}", doi=DOI.upper()), Columns("Un essai.", DOI.upper())),
        # Numbers without a word before them are the column's own affair.
        (Columns(pmid="39000001"), Columns(pmid="39000001")),
        (Columns(text=" Un essai. "), Columns("Un essai.")),
    ],
)
def test_what_was_pasted_finds_its_column(typed, columns):
    assert sorted_columns(typed) == columns


def test_a_second_doi_stays_where_it_was_typed():
    typed = Columns(text="Un essai. doi: 10.5555/autre", doi=DOI, url="https://doi.org/10.5555/tiers")

    assert sorted_columns(typed) == typed


@settings(deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
def test_sorting_never_fails_and_sorting_twice_changes_nothing(text, doi, pmid, url):
    once = sorted_columns(Columns(text, doi, pmid, url))

    assert sorted_columns(once) == once
