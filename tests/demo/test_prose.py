"""The light marks of the content files."""

from newsroom.demo.prose import to_html


def test_blocks_become_paragraphs_intertitles_and_lists():
    html = to_html("Un.\n\n## Deux\n\n- trois\n- quatre\n\n<hr>")

    assert html == "<p>Un.</p>\n<h2>Deux</h2>\n<ul><li>trois</li><li>quatre</li></ul>\n<hr>"


def test_a_quotation_names_who_speaks():
    html = to_html("> On écoute.\n> — Une infirmière")

    assert html == ("<blockquote><p>«\u202fOn écoute.\u202f»</p><p><cite>Une infirmière</cite></p></blockquote>")


def test_a_call_points_at_its_reference():
    assert to_html("Selon l’essai [2].") == '<p>Selon l’essai<sup><a href="#ref-2">2</a></sup>.</p>'


def test_words_are_escaped_before_they_are_marked_up():
    assert to_html("a < b, **fort**") == "<p>a &lt; b, <strong>fort</strong></p>"
