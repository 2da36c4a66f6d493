import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.citing.exports import Cited, bibtex, ris
from articles.citing.works import Person, Work, WorkKind
from tests.articles.citing.test_vancouver import ESSAY, TEXTS, WORKS

LINK = "https://doi.org/10.5555/essai"


def test_an_article_in_ris():
    assert ris([Cited(ESSAY, url=LINK)]).split("\r\n") == [
        "TY  - JOUR",
        "AU  - Dupont, Jean-Paul",
        "AU  - de La Tour, Anne",
        "TI  - Effet d’un traitement",
        "T2  - Revue inventée de médecine",
        "J2  - Rev Inventee Med",
        "PY  - 2025",
        "VL  - 12",
        "IS  - 3",
        "SP  - 1183",
        "EP  - 1190",
        "PB  - Presses inventées",
        "DO  - 10.5555/essai",
        "AN  - PMID:39000001",
        f"UR  - {LINK}",
        "ER  - ",
        "",
        "",
    ]


def test_an_article_in_bibtex():
    assert bibtex([Cited(ESSAY, url=LINK)]) == (
        "@article{dupont2025,\n"
        "  author = {Dupont, Jean-Paul and de La Tour, Anne},\n"
        "  title = {{Effet d’un traitement}},\n"
        "  journal = {Revue inventée de médecine},\n"
        "  year = {2025},\n"
        "  volume = {12},\n"
        "  number = {3},\n"
        "  pages = {1183--1190},\n"
        "  publisher = {Presses inventées},\n"
        "  doi = {10.5555/essai},\n"
        "  pmid = {39000001},\n"
        f"  url = {{{LINK}}},\n"
        "}\n"
    )


def test_what_no_register_knows_goes_out_with_the_editors_words_and_its_identifiers():
    typed = Cited(Work(doi="10.5555/x"), "Dupont J. Un essai. 2025.", "https://doi.org/10.5555/x")

    assert "TY  - GEN\r\nTI  - Dupont J. Un essai. 2025.\r\nDO  - 10.5555/x\r\n" in ris([typed])
    assert bibtex([typed]).startswith("@misc{ref1,\n  title = {{Dupont J. Un essai. 2025.}},\n  doi = {10.5555/x},\n")


def test_the_editors_words_stand_in_a_note_beside_what_a_register_knows():
    typed = Cited(ESSAY, "Lire surtout la discussion.")

    assert "N1  - Lire surtout la discussion." in ris([typed])
    assert "note = {Lire surtout la discussion.}" in bibtex([typed])


def test_an_address_alone_is_a_record():
    assert (
        ris([Cited(Work(), url="https://example.org/a")])
        == "TY  - GEN\r\nUR  - https://example.org/a\r\nER  - \r\n\r\n"
    )
    assert bibtex([Cited(Work(), url="https://example.org/a")]) == "@misc{ref1,\n  url = {https://example.org/a},\n}\n"


def test_signs_that_tex_takes_for_orders_are_escaped():
    work = replace(ESSAY, title=r"50 % de \alpha & {β}_2 #1 $x^2$ ~")

    entry = bibtex([Cited(work)])

    assert r"{{50 \% de \textbackslash{}alpha \& \textbraceleft{}β\textbraceright{}\_2 " in entry
    assert r" \#1 \$x\textasciicircum{}2\$ \textasciitilde{}}}" in entry


def test_a_group_and_works_that_share_author_and_year_stay_apart():
    group = replace(ESSAY, authors=(Person(literal="Santé and Cie"),))
    entries = bibtex([Cited(ESSAY), Cited(ESSAY), Cited(group)])

    assert re.findall(r"@article\{(.+),", entries) == ["dupont2025", "dupont2025-2", "santeandcie2025"]
    assert "author = {{Santé and Cie}}" in entries
    assert "AU  - Santé and Cie" in ris([Cited(group)])


def test_each_kind_of_work_has_its_type_and_its_house():
    told = {kind: bibtex([Cited(replace(ESSAY, kind=kind))]) for kind in WorkKind}

    assert {kind: entry[1 : entry.index("{")] for kind, entry in told.items()} == {
        WorkKind.ARTICLE: "article",
        WorkKind.BOOK: "book",
        WorkKind.CHAPTER: "incollection",
        WorkKind.REPORT: "techreport",
        WorkKind.PREPRINT: "unpublished",
        WorkKind.THESIS: "phdthesis",
        WorkKind.OTHER: "misc",
    }
    assert "institution = {Presses inventées}" in told[WorkKind.REPORT]
    assert "school = {Presses inventées}" in told[WorkKind.THESIS]


def test_a_page_that_is_no_range_goes_out_as_it_is():
    work = replace(ESSAY, pages="e2034577")

    assert "SP  - e2034577\r\nPB" in ris([Cited(work)])
    assert "pages = {e2034577}" in bibtex([Cited(work)])


CITED = st.builds(Cited, WORKS, TEXTS, TEXTS)
# A list of works is made of many texts; how long that takes says nothing about them.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patiently
@given(st.lists(CITED, max_size=3))
def test_no_text_breaks_out_of_its_line_in_ris(references):
    lines = ris(references).split("\r\n")

    assert all(not line or re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert lines.count("ER  - ") == len(references)


@patiently
@given(st.lists(CITED, max_size=3))
def test_no_text_breaks_out_of_its_braces_in_bibtex(references):
    entries = bibtex(references)

    # BibTeX counts every brace, escaped or not.
    depth = 0
    for sign in entries:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"^@[a-z]+\{[a-z0-9-]+,$", entries, re.MULTILINE)) == len(references)
