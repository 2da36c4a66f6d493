import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.citing import crossref, pubmed
from articles.citing.asking import UnknownWorkError, UnreachableError
from articles.citing.works import Notice, NoticeKind, Person, Work, WorkKind
from tests.factories.registers import (
    DOI,
    NOTICE,
    PMID,
    crossref_answer,
    crossref_message,
    pubmed_answer,
    pubmed_summary,
    say,
    update,
)


def test_crossref_tells_what_a_doi_is(register):
    register.answers[DOI] = crossref_answer()

    assert crossref.look_up(DOI) == Work(
        doi=DOI,
        kind=WorkKind.ARTICLE,
        title="Effet d’un traitement inventé sur l’hypertension & le sommeil",
        authors=(Person("Dupont", "Jean-Paul"), Person("de La Tour", "Anne")),
        container_title="Revue inventée de médecine",
        container_short="Rev Inventee Med",
        year=2025,
        volume="12",
        issue="3",
        pages="1183-1190",
        publisher="Presses inventées",
    )


def test_pubmed_tells_what_a_pmid_is(register):
    register.answers[PMID] = pubmed_answer()

    assert pubmed.look_up(PMID) == Work(
        doi=DOI,
        pmid=PMID,
        kind=WorkKind.ARTICLE,
        title="Effect of an invented treatment on hypertension",
        authors=(Person("Dupont", "JP"), Person("de La Tour", "A")),
        container_title="Revue inventée de médecine",
        container_short="Rev Inv Med",
        year=2025,
        volume="12",
        issue="3",
        pages="1183-90",
    )


def test_a_doi_with_signs_of_addresses_reaches_crossref_whole(register):
    doi = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"
    register.answers[doi] = crossref_answer(DOI=doi)

    assert crossref.look_up(doi).doi == doi


@pytest.mark.parametrize(
    ("updates", "notice"),
    [
        ([], None),
        ([update("retraction")], Notice(NoticeKind.RETRACTION, date(2025, 9, 1), NOTICE)),
        ([update("Retraction", doi=NOTICE.upper())], Notice(NoticeKind.RETRACTION, date(2025, 9, 1), NOTICE)),
        ([update("withdrawal", parts=(2025, 9))], Notice(NoticeKind.RETRACTION, date(2025, 9, 1), NOTICE)),
        ([update("removal", parts=(2025,))], Notice(NoticeKind.RETRACTION, date(2025, 1, 1), NOTICE)),
        ([update("partial_retraction", parts=())], Notice(NoticeKind.RETRACTION, None, NOTICE)),
        ([update("expression_of_concern")], Notice(NoticeKind.CONCERN, date(2025, 9, 1), NOTICE)),
        ([update("erratum")], Notice(NoticeKind.CORRECTION, date(2025, 9, 1), NOTICE)),
        ([update("addendum"), update("new_version"), update("inventé")], None),
        # The gravest counts, whatever the order; of two, the later.
        (
            [update("retraction", "10.5555/r"), update("correction", "10.5555/c", (2026, 1, 1))],
            Notice(NoticeKind.RETRACTION, date(2025, 9, 1), "10.5555/r"),
        ),
        (
            [update("retraction", "10.5555/r2", (2025, 10, 1)), update("retraction", "10.5555/r1")],
            Notice(NoticeKind.RETRACTION, date(2025, 10, 1), "10.5555/r2"),
        ),
        ([update("retraction", parts=(2025, 2, 31))], Notice(NoticeKind.RETRACTION, None, NOTICE)),
    ],
)
def test_crossref_tells_what_a_journal_made_known(updates, notice):
    assert crossref.work_of(crossref_message(**{"updated-by": updates})).notice == notice


def test_what_a_notice_itself_updates_says_nothing_about_the_notice():
    assert crossref.work_of(crossref_message(**{"update-to": [update("retraction")]})).notice is None


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"pubtype": ["Journal Article"]}, None),
        ({"pubtype": ["Journal Article", "Retracted Publication"]}, NoticeKind.RETRACTION),
        ({"references": [{"reftype": "Retraction in", "refsource": "Rev Inv. 2025"}]}, NoticeKind.RETRACTION),
        ({"references": [{"reftype": "Expression of concern in"}]}, NoticeKind.CONCERN),
        ({"references": [{"reftype": "Erratum in"}, {"reftype": "Comment in"}]}, NoticeKind.CORRECTION),
        ({"pubtype": ["Retracted Publication"], "references": [{"reftype": "Erratum in"}]}, NoticeKind.RETRACTION),
        # The notices themselves.
        ({"pubtype": ["Retraction Notice"], "references": [{"reftype": "Retraction of"}]}, None),
        ({"pubtype": ["Expression of Concern"]}, None),
    ],
)
def test_pubmed_tells_what_a_journal_made_known(changes, kind):
    notice = pubmed.work_of(PMID, pubmed_summary(**changes)).notice

    assert (notice and notice.kind) == kind


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"title": ["Un essai"], "subtitle": ["étude pilote"]}, "title", "Un essai: étude pilote"),
        ({"title": ["Un essai : étude pilote"], "subtitle": ["Étude pilote"]}, "title", "Un essai : étude pilote"),
        ({"title": ["&lt;i&gt;E. coli&lt;/i&gt; et H<sub>2</sub>O"]}, "title", "E. coli et H2O"),
        ({"title": ["Un\n   essai\x00"]}, "title", "Un essai"),
        ({"title": ["Si p < 0,05 et n > 3"]}, "title", "Si p < 0,05 et n > 3"),
        ({"author": [{"name": "Groupe Essai"}]}, "authors", (Person(literal="Groupe Essai"),)),
        ({"author": [{"given": "Cher"}, {}]}, "authors", (Person(literal="Cher"),)),
        ({"author": [{"family": "Smith", "given": "John", "suffix": "Jr"}]}, "authors", (Person("Smith", "John Jr"),)),
        ({"author": [], "editor": [{"family": "Édith", "given": "A"}]}, "authors", (Person("Édith", "A"),)),
        ({"page": None, "article-number": "e77"}, "pages", "e77"),
        ({"volume": 12}, "volume", "12"),
        ({"volume": True}, "volume", ""),
        ({"type": "posted-content"}, "kind", WorkKind.PREPRINT),
        ({"type": "inventé"}, "kind", WorkKind.OTHER),
        ({"published-print": {"date-parts": [[None]]}}, "year", 2024),
        ({"published-print": {"date-parts": [[20255]]}}, "year", None),
    ],
)
def test_what_crossref_writes_in_many_ways_is_read_in_one(changes, name, value):
    assert getattr(crossref.work_of(crossref_message(**changes)), name) == value


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"authors": [{"name": "Smith JA Jr", "authtype": "Author"}]}, "authors", (Person("Smith", "JA Jr"),)),
        ({"authors": [{"name": "Jr", "authtype": "Author"}]}, "authors", (Person(literal="Jr"),)),
        ({"authors": [{"name": "Un Groupe", "authtype": "CollectiveName"}]}, "authors", (Person(literal="Un Groupe"),)),
        ({"authors": [{"name": ""}, "texte"]}, "authors", ()),
        ({"pages": "", "elocationid": f"pii: e77. doi: {DOI}"}, "pages", "e77"),
        ({"pages": ""}, "pages", ""),
        ({"pubdate": "", "sortpubdate": "2024/05/01 00:00"}, "year", 2024),
        ({"pubdate": "Spring", "sortpubdate": ""}, "year", None),
        ({"pubtype": ["Preprint"]}, "kind", WorkKind.PREPRINT),
        ({"fulljournalname": "", "booktitle": "Un livre"}, "kind", WorkKind.CHAPTER),
        ({"fulljournalname": "", "booktitle": "Un livre"}, "container_title", "Un livre"),
        ({"pubtype": None}, "notice", None),
        ({"articleids": []}, "doi", ""),
    ],
)
def test_what_pubmed_writes_in_many_ways_is_read_in_one(changes, name, value):
    assert getattr(pubmed.work_of(PMID, pubmed_summary(**changes)), name) == value


def test_what_neither_register_knows_is_unknown(register):
    register.answers[PMID] = {"result": {"uids": [PMID], PMID: {"uid": PMID, "error": "cannot get document summary"}}}

    with pytest.raises(UnknownWorkError):
        pubmed.look_up(PMID)
    with pytest.raises(UnknownWorkError):
        pubmed.look_up("1")
    with pytest.raises(UnknownWorkError):
        crossref.look_up("10.5555/rien")


def test_a_doi_of_something_without_a_title_is_nothing_to_cite(register):
    register.answers[DOI] = crossref_answer(title=[], type="component")

    with pytest.raises(UnknownWorkError):
        crossref.look_up(DOI)


@pytest.mark.parametrize("answer", [[], {}, {"message": []}, {"message": {}}, "texte", None, {"result": []}])
def test_an_answer_of_another_shape_is_no_answer(register, answer):
    register.answers[DOI] = register.answers[PMID] = lambda handler: say(handler, 200, json.dumps(answer).encode())

    with pytest.raises(UnreachableError, match="an answer without"):
        crossref.look_up(DOI)
    with pytest.raises(UnreachableError, match="an answer without"):
        pubmed.look_up(PMID)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "date-parts", "DOI"]), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*crossref_message(), "updated-by", "subtitle", "editor"]), JSON))
def test_no_shape_of_a_message_breaks_the_reading_of_crossref(message):
    crossref.work_of(message)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*pubmed_summary()]), JSON))
def test_no_shape_of_a_summary_breaks_the_reading_of_pubmed(summary):
    pubmed.work_of(PMID, summary)
