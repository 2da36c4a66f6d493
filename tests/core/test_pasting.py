import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.pasting import bearable, cleaned
from newsroom.core.rendering import render_article
from newsroom.core.sanitising import LONGEST_SOURCE

# ruff: noqa: E501 - pasted as it comes
WORD = """<html xmlns:o="urn:x" xmlns:w="urn:y"><head><meta name=Generator content="Word"><title>Sans titre</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal{color:red}</style></head><body lang=FR><!--StartFragment-->
<h1>Titre<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:0cm'><b style='mso-bidi-font-weight:normal'><span style='font-size:14.0pt'>Gras</span></b>
et <i>italique</i><span style='mso-spacerun:yes'>   </span>fin<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>Un</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Un un</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Deux</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Premier</p>
<!--EndFragment--></body></html>"""
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span
style="font-size:20pt;font-weight:400">Titre</span></h1><p dir="ltr" style="line-height:1.38"><span
style="font-weight:700;">Gras</span><span style="font-weight:700;"> suite</span><span
style="font-weight:400;font-style:italic"> penché</span><span style="vertical-align:super">2</span> <a
href="https://www.google.com/url?q=https://has-sante.fr/x?a%3D1&sa=D"><span>HAS</span></a></p><br><ul><li dir="ltr"><p
dir="ltr"><span>a</span></p></li></ul></b><br class="Apple-interchange-newline">"""
LIBRE = """<p style="margin-bottom: 0cm"><font face="Liberation Serif"><font size=3 style="font-size:12pt"><b>Gras</b></font></font>
x</p><p align="justify"><font color="#000">texte</font></p><h4>Petit titre</h4><div>nu <u>souligné</u></div>"""
EDITOR = (
    '<h2>T</h2><p>a <strong>b</strong> <em>c</em> [1] &amp; &lt;</p><figure class="image"><img src="/media/a.jpg" alt="">'
    '<figcaption>x</figcaption></figure><figure class="media"><oembed url="https://youtu.be/dQw4w9WgXcQ"></oembed></figure>'
    '<figure class="table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&nbsp;</td></tr></tbody></table>'
    "<figcaption>l</figcaption></figure><blockquote><p>q</p></blockquote><ol><li>un</li></ol><hr>"
)


def test_a_page_of_word_keeps_its_words_its_emphasis_and_its_lists():
    html = cleaned(WORD)

    assert html == (
        "<h2>Titre</h2><p><strong>Gras</strong>\net <em>italique</em> fin</p>"
        "<ul><li>Un<ul><li>Un un</li></ul></li><li>Deux</li></ul><ol><li>Premier</li></ol>"
    )


def test_a_page_of_google_docs_is_bold_only_where_it_was():
    assert cleaned(DOCS) == (
        "<h2>Titre</h2><p><strong>Gras suite</strong><em> penché</em><sup>2</sup> "
        '<a href="https://has-sante.fr/x?a=1">HAS</a></p><ul><li><p>a</p></li></ul>'
    )


def test_a_page_of_libreoffice_loses_its_fonts():
    assert cleaned(LIBRE) == ("<p><strong>Gras</strong>\nx</p><p>texte</p><h3>Petit titre</h3><p>nu souligné</p>")


def test_what_the_editor_writes_is_left_as_it_is():
    assert cleaned(EDITOR) == EDITOR


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("<p>&nbsp;</p><p>a</p><p><br></p>", "<p>a</p>"),
        ("<p>a <a name='_GoBack'></a>b</p>", "<p>a b</p>"),
        ("<p>a</p><img src='data:image/png;base64,x'><img src='https://b.example/c.png'>", "<p>a</p>"),
        ("<div><div><p>a</p></div>b</div>", "<p>a</p><p>b</p>"),
        ("nu<ul><li>a</li></ul>", "<p>nu</p><ul><li>a</li></ul>"),
        ("<p><span style='font-weight:bold'> </span>a</p>", "<p> a</p>"),
        (
            "<p><a href='https://www.google.com/url?sa=D'>a</a></p>",
            '<p><a href="https://www.google.com/url?sa=D">a</a></p>',
        ),
        ("<p><a href='https://['>a</a></p>", "<p>a</p>"),
        ("<p><a href='//['>a</a></p>", "<p><a>a</a></p>"),
        (
            "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>·</span>b</p>",
            "<ul><li><ul><li>b</li></ul></li></ul>",
        ),
        (
            "<p style='mso-list:l0 level1'><i style='mso-list:Ignore'>1.</i>a</p><p style='mso-list:l0 level1'>b</p>",
            "<ol><li>a</li></ol><ul><li>b</li></ul>",
        ),
        ("<p class=MsoListParagraph><span style='mso-list:Ignore'>·</span>a</p>", "<ul><li>a</li></ul>"),
        ("<p class=MsoListParagraph>a</p>", "<p>a</p>"),
        ("<div><p style='mso-list:l0 level1 lfo1'>a</p></div>", "<ul><li>a</li></ul>"),
    ],
)
def test_pieces_of_pasted_pages(source, clean):
    assert cleaned(source) == clean


@pytest.mark.parametrize("source", [WORD, DOCS, LIBRE])
def test_cleaning_twice_changes_nothing(source):
    once = cleaned(source)

    assert cleaned(once) == once


@given(st.text())
def test_cleaning_any_text_twice_changes_nothing_and_loses_no_sign_that_is_stored(source):
    once = cleaned(source)

    assert cleaned(once) == once
    assert render_article(once) == render_article(render_article(once))


def test_an_ordinary_article_is_bearable():
    bearable(EDITOR * 200)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a" * (LONGEST_SOURCE + 1), "too_long"),
        ("<table><tr><td>" * 50, "too_tangled"),
        ("<b>" * 41, "too_tangled"),
        ("<p>a</p>" * 20_001, "too_tangled"),
        ("&" * 50_001, "too_tangled"),
        ("<UL><li>" * 41, "too_tangled"),
    ],
)
def test_what_nobody_writes_is_refused_in_words(source, code):
    with pytest.raises(ValidationError) as refusal:
        bearable(source)

    assert refusal.value.code == code
    assert "%(" not in refusal.value.messages[0]


@pytest.mark.parametrize(
    "source", ["<p>a" * 1000, "<ul><li>a" * 20, "<b>a</b>" * 1000, "</i>" * 100, "<div><b></div>" * 100]
)
def test_ends_that_were_left_out_are_no_depth(source):
    bearable(source)


def test_what_is_too_tangled_is_given_back_as_it_came():
    assert cleaned("<b>" * 100) == "<b>" * 100
