"""Reading files: every fault has its sentence, and what stands before the fault is still read."""

import json

import pytest

from articles.importing.items import Flaw, Frame, UnreadableSourceError
from articles.importing.recognising import open_source

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="https://wordpress.org/export/1.2/"><channel>{items}</channel></rss>"""
POST = """<item><title>Un titre</title><guid>id-{n}</guid><dc:creator>Anne</dc:creator>
<category>Santé</category><category>Uncategorized</category><content:encoded><![CDATA[<p>Texte</p>]]></content:encoded>
<wp:post_date>2020-02-01 10:00:00</wp:post_date><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>{more}</item>"""


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "source"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def read(path):
    """Return items, flaws and the sentence that ended the reading (empty when the file is sound)."""
    items, flaws = [], []
    try:
        for item in open_source(path).items:
            (flaws if isinstance(item, Flaw) else items).append(item)
    except UnreadableSourceError as error:
        return items, flaws, str(error)
    return items, flaws, ""


def feed(*items):
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": list(items)})


def test_a_json_feed_item_is_read_with_its_extension(file):
    item = {
        "id": "a",
        "title": " Un  titre ",
        "summary": "Le chapô",
        "content_html": "<p>Texte</p>",
        "date_published": "2025-05-12T00:00:00+02:00",
        "authors": [{"name": "Dre Anne Dupré"}],
        "tags": ["recherche", "recherche"],
        "_newsroom": {
            "kicker": "Recherche",
            "format": "podcast",
            "specialties": ["Cancérologie"],
            "references": [{"text": "Nature", "doi": "https://doi.org/10.5555/1234"}],
            "selections": ["redaction"],
            "comment_count": 20,
        },
    }

    [read_item], flaws, error = read(file(feed(item)))

    assert (flaws, error) == ([], "")
    assert read_item.title == "Un titre"
    assert read_item.tags == ("recherche",)
    assert read_item.references[0].doi == "10.5555/1234"
    assert (read_item.format, read_item.comment_count) == ("podcast", 20)
    assert read_item.published_at.isoformat() == "2025-05-11T22:00:00+00:00"


def test_a_wordpress_post_is_read_and_pages_are_passed_over(file):
    comment = """<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Zoé</wp:comment_author>
    <wp:comment_date_gmt>2020-02-02 08:00:00</wp:comment_date_gmt><wp:comment_content>Merci</wp:comment_content>
    <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{type}</wp:comment_type>
    <wp:comment_parent>0</wp:comment_parent></wp:comment>"""
    comments = (
        comment.format(id=1, approved=1, type="")
        + comment.format(id=2, approved="spam", type="")
        + comment.format(id=3, approved=1, type="pingback")
    )
    page = POST.format(n=9, more="").replace("<wp:post_type>post", "<wp:post_type>page")

    items, flaws, error = read(file(WXR.format(items=POST.format(n=1, more=comments) + page)))

    assert (flaws, error) == ([], "")
    assert [item.source_id for item in items] == ["id-1"]
    assert items[0].tags == ("Santé",)
    assert [c.source_id for c in items[0].comments] == ["1"]


def test_a_wordpress_draft_has_no_date_of_publication(file):
    draft = POST.format(n=1, more="").replace("<wp:status>publish", "<wp:status>draft")

    [item], _flaws, _error = read(file(WXR.format(items=draft)))

    assert item.published_at is None


def test_atom_and_rss_are_read_too(file):
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title>Un</title>
    <published>2020-01-01T00:00:00Z</published><author><name>Anne</name></author><category term="x"/>
    <content type="html">&lt;p&gt;Texte&lt;/p&gt;</content></entry></feed>"""
    rss = """<rss version="2.0"><channel><item><title>Deux</title><link>https://x.example/2</link>
    <pubDate>Fri, 05 Sep 2008 19:39:12 +0000</pubDate><description>Texte</description>
    <enclosure url="https://x.example/2.mp3" type="audio/mpeg" length="1"/></item></channel></rss>"""

    [entry], *_rest = read(file(atom))
    [item], *_rest = read(file(rss))

    assert (entry.source_id, entry.html, entry.authors) == ("urn:1", "<p>Texte</p>", ("Anne",))
    assert (item.source_id, item.format) == ("https://x.example/2", "podcast")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "ni un JSON Feed"),
        (b"PK\x03\x04 not text", "ni un JSON Feed"),
        (b"<rss><channel><item></channel></rss>", "XML valable"),
        (b'<?xml version="1.0" encoding="martian-8"?><rss/>', "encodage"),
        (b"{", "JSON valable"),
        (b'{"items": [{"id": "a", "title": "x"}, nonsense', "JSON valable"),
        (b'{"items": [{"id": "a", "title": "\xff\xfe"}]}', "JSON valable"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_gets_a_sentence(file, content, sentence):
    _items, _flaws, error = read(file(content))

    assert sentence in error


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(UnreadableSourceError, match="ne peut pas être lu"):
        open_source(tmp_path / "absent")


def test_a_billion_laughs_are_refused_at_once(file):
    bomb = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">
    <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
    <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>
    <rss><channel><item><title>&lol2;</title></item></channel></rss>"""

    items, _flaws, error = read(file(bomb))

    assert items == []
    assert "entités" in error


def test_what_stands_before_the_fault_is_read(file):
    truncated = WXR.format(items=POST.format(n=1, more="") + POST.format(n=2, more=""))[:-90]

    items, _flaws, error = read(file(truncated))

    assert [item.source_id for item in items] == ["id-1"]
    assert error


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"id": "a"}, "il n’a pas de titre"),
        ({"id": "a", "title": "  "}, "il n’a pas de titre"),
        ({"title": "x"}, "il n’a pas d’identifiant"),
        ({"id": "a", "title": "x", "date_published": "demain"}, "n’est pas comprise"),
        ({"id": "a", "title": "x", "date_published": "2025-13-45T00:00:00Z"}, "hors limites"),
        ({"id": "a", "title": "x", "date_published": "0001-01-01T00:00:00Z"}, "hors limites"),
        ({"id": "a", "title": "x", "date_published": "9999-12-31T23:59:59Z"}, "hors limites"),
        ("just text", "il n’a pas de titre"),
        (None, "il n’a pas de titre"),
    ],
)
def test_an_unsound_item_is_a_flaw_and_the_others_are_read(file, item, reason):
    sound = {"id": "b", "title": "Le bon"}

    items, [flaw], error = read(file(feed(item, sound)))

    assert reason in flaw.reason
    assert flaw.label.startswith("élément 1")
    assert [item.source_id for item in items] == ["b"]
    assert error == ""


@pytest.mark.parametrize("value", [3, True, None, [], {}, [None], [[]], {"name": {}}])
def test_values_of_a_wrong_type_never_crash_the_reading(file, value):
    item = {"id": "a", "title": "x", "summary": value, "authors": value, "tags": value, "_newsroom": value}
    nested = {"id": "b", "title": "x", "_newsroom": {"kicker": value, "references": value, "selections": value}}

    items, _flaws, error = read(file(feed(item, nested)))

    assert len(items) == 2
    assert error == ""


def test_an_item_longer_than_any_story_ends_the_reading(file):
    _items, _flaws, error = read(file(feed({"id": "a", "title": "x", "content_html": "y" * 18_000_000})))

    assert "16 Mo" in error


def test_a_json_feed_that_begins_with_a_byte_order_mark_is_read(file):
    source = open_source(file(b"\xef\xbb\xbf" + feed({"id": "a", "title": "Un"}).encode()))

    assert [item.source_id for item in source.items] == ["a"]
    assert source.frame() == Frame()


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://pubmed.example.org/1", "https://pubmed.example.org/1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("pubmed.example.org", ""),
        (f"https://x.example/{'a' * 200}", ""),
    ],
)
def test_the_address_of_a_reference_is_one_that_the_desk_would_take(file, url, taken):
    item = {"id": "a", "title": "x", "_newsroom": {"references": [{"text": "Nature.", "url": url}]}}

    [read_item], _flaws, _error = read(file(feed(item)))

    assert read_item.references[0].url == taken
