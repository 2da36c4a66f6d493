import pytest
from django.forms import inlineformset_factory
from django.urls import reverse

from articles.forms.references import ReferenceForm, ReferenceFormSet
from articles.models import Article, Reference
from tests.factories.desk import rows, typed

pytestmark = pytest.mark.django_db

DOI = "10.5555/Essai(1)"


def form_of(**typed):
    return ReferenceForm({"position": "1", **typed})


def formset_of(*contents):
    kind = inlineformset_factory(Article, Reference, form=ReferenceForm, formset=ReferenceFormSet)
    placed = [{"position": str(place), **content} for place, content in enumerate(contents, start=1)]
    return kind(rows("references", *placed), instance=Article())


@pytest.mark.parametrize("column", ["text", "doi", "pmid", "url"])
def test_a_doi_pasted_into_any_column_is_a_doi(column):
    form = form_of(**{column: f"https://doi.org/{DOI}."})

    assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in ("text", "doi", "pmid", "url")} == {
        "text": "",
        "doi": DOI,
        "pmid": "",
        "url": "",
    }


@pytest.mark.parametrize(
    "typed", ["39000001", "039000001", "PMID: 39000001", "https://pubmed.ncbi.nlm.nih.gov/39000001/"]
)
def test_a_pmid_is_taken_in_any_shape(typed):
    form = form_of(pmid=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["pmid"] == "39000001"


def test_a_row_that_is_only_shown_is_shown_as_it_is_stored():
    assert ReferenceForm(initial={"text": f"doi: {DOI}"})["text"].value() == f"doi: {DOI}"


def test_a_citation_from_pubmed_is_parted():
    form = form_of(text=f"Dupont J. Un essai. 2025. doi: {DOI}. PMID: 39000001.")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "Dupont J. Un essai. 2025."
    assert (form.cleaned_data["doi"], form.cleaned_data["pmid"]) == (DOI, "39000001")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"doi": "pas un doi"}, "doi"),
        ({"pmid": "douze"}, "pmid"),
        ({"pmid": "123456789"}, "pmid"),
        ({"url": "pas une adresse"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"text": "x" * 501}, "text"),
        ({"text": "nul\x00"}, "text"),
        ({"doi": "10.5555/" + "x" * 200}, "doi"),
        ({}, "__all__"),
        ({"text": "  "}, "__all__"),
    ],
)
def test_what_identifies_nothing_is_refused_in_words_and_stays_as_it_was_typed(typed, field):
    form = form_of(**typed)

    assert list(form.errors) == [field]
    assert all(form[name].value() == value.strip() for name, value in typed.items())


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ({"doi": DOI}, {"text": f"doi:{DOI.upper()}"}, "doi"),
        ({"doi": DOI, "text": "Un essai."}, {"doi": DOI, "text": "Le même."}, "doi"),
        ({"pmid": "12"}, {"url": "https://pubmed.ncbi.nlm.nih.gov/12/"}, "pmid"),
        ({"url": "https://example.org/a"}, {"url": "https://example.org/a/?utm_source=x"}, "url"),
    ],
)
def test_a_work_that_is_there_twice_is_flagged_where_and_what_to_do(first, second, field):
    formset = formset_of({"text": "Autre chose."}, first, second)

    assert not formset.is_valid()
    assert formset.errors[:2] == [{}, {}]
    assert list(formset.errors[2]) == [field]
    assert "2" in formset.errors[2][field][0]


def test_a_row_that_is_to_be_deleted_is_no_double():
    formset = formset_of({"doi": DOI}, {"doi": DOI, "DELETE": "on"})

    assert formset.is_valid(), formset.errors
    assert [row["doi"] for row in formset.rows()] == [DOI]


def test_two_texts_without_identifiers_are_no_doubles():
    formset = formset_of({"text": "Communication personnelle."}, {"text": "Communication personnelle."}, {})

    assert formset.is_valid(), formset.errors
    assert len(formset.rows()) == 2


def test_a_row_that_is_wrong_in_itself_is_not_compared():
    formset = formset_of({"doi": "pas un doi"}, {"doi": "pas un doi"})

    assert [list(errors) for errors in formset.errors] == [["doi"], ["doi"]]


def test_what_an_editor_pastes_into_an_articles_form_is_saved_and_has_a_source(browser_of, editor):
    pasted = [{"position": "1", "text": "PMID: 39000001"}, {"position": "2", "text": f"Un essai. doi: {DOI}."}]

    browser_of(editor).post(reverse("admin:articles_article_add"), typed(**rows("references", *pasted)))

    first, second = Article.objects.get().references.all()
    assert (first.text, first.pmid, first.source.pmid) == ("", "39000001", "39000001")
    assert (second.text, second.doi, second.source.doi) == ("Un essai.", DOI, DOI.lower())
