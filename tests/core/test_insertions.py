import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from newsroom.core.players import PROVIDERS, recognised
from newsroom.core.rendering import has_players, render_article

SCRIPT = Path(settings.ROOT) / "newsroom/static/js/embeds.js"
PAGES = {
    "YouTube": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "Vimeo": "https://vimeo.com/76979871",
    "Dailymotion": "https://www.dailymotion.com/video/x8abcd1",
    "Acast": "https://shows.acast.com/le-serment/episodes/garde-de-nuit",
}


@pytest.mark.parametrize(
    ("address", "page"),
    [
        *((page, page) for page in PAGES.values()),
        ("http://youtu.be/dQw4w9WgXcQ?t=3", PAGES["YouTube"]),
        ("https://m.youtube.com/watch?t=1&v=dQw4w9WgXcQ", PAGES["YouTube"]),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", PAGES["YouTube"]),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", PAGES["YouTube"]),
        ("https://player.vimeo.com/video/76979871", PAGES["Vimeo"]),
        ("https://dai.ly/x8abcd1", PAGES["Dailymotion"]),
    ],
)
def test_a_piece_has_one_address_however_it_was_pasted(address, page):
    assert recognised(address).address == page


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://www.youtube.com/watch?v=short",
            "https://www.youtube.com/",
            "https://evil.example/youtu.be/dQw4w9WgXcQ",
        ),
        *("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "javascript:alert(1)//youtu.be/dQw4w9WgXcQ"),
        *(
            "https://youtu.be@evil.example/dQw4w9WgXcQ",
            "https://x@youtu.be/dQw4w9WgXcQ",
            "https://[",
            "",
            "ftp://vimeo.com/76979871",
        ),
        'https://www.youtube.com/watch?v="onload=x"',
    ],
)
def test_everybody_else_plays_nothing_here(address):
    assert recognised(address) is None


@pytest.mark.parametrize("page", PAGES.values())
def test_an_embed_becomes_a_link_that_says_whose_the_player_is_and_loads_nothing(page):
    html = render_article(f'<figure class="media"><oembed url="{page}"></oembed></figure>')

    assert html.startswith('<figure class="box embed"><a href="')
    assert html.count("<a ") == 1
    assert f'href="{page}"' in html
    assert html.count(recognised(page).provider.name) == 2
    assert "iframe" not in html
    assert has_players(html)


def test_an_embed_of_somebody_else_is_a_plain_link_and_a_refused_one_is_nothing():
    other = render_article('<figure class="media"><oembed url="https://a.example/v"></oembed></figure>')
    refused = render_article('<figure class="media"><oembed url="javascript:alert(1)"></oembed></figure>')

    assert other == '<p><a href="https://a.example/v">https://a.example/v</a></p>'
    assert refused == ""
    assert not has_players(other)


def test_renderer_script_policy_and_editor_know_the_same_players():
    script = SCRIPT.read_text()
    hosts = {f"https://{urlsplit(address).netloc}" for address in re.findall(r'"(https://[^"]+)', script)}
    patterns = re.findall(r"\[/\^(.+?)\$/, ", script)

    assert hosts == set(settings.PLAYER_HOSTS)
    assert set(PAGES) == {provider.name for provider in PROVIDERS} == set(settings.CKEDITOR_5_PLAYERS)
    assert len(patterns) == len(PROVIDERS)
    for page in PAGES.values():
        assert sum(bool(re.fullmatch(pattern, page)) for pattern in patterns) == 1
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"][1:] == settings.PLAYER_HOSTS


@pytest.mark.parametrize("name", PAGES)
def test_the_editor_takes_the_addresses_that_the_renderer_plays(name):
    pattern = settings.CKEDITOR_5_PLAYERS[name].removeprefix("/").removesuffix("/")

    assert re.match(pattern, PAGES[name].removeprefix("https://").removeprefix("www."))


@pytest.mark.parametrize("address", ["/debats/Faut-il_2026/", "/consultations/faut-il/"])
def test_a_line_with_the_address_of_one_of_ours_alone_becomes_a_box(address):
    assert '<p class="box insert">' in render_article(f'<p><a href="{address}">Faut-il ?</a></p>')


@pytest.mark.parametrize("address", ["/debats/faut-il/", "http://testserver/debats/faut-il/"])
def test_a_paragraph_with_a_link_to_a_debate_alone_becomes_a_card(address):
    html = render_article(f'<p>avant</p><p> <a href="{address}"><b>Faut-il</b> ?</a>&nbsp;</p>')

    assert html.startswith('<p>avant</p><p class="box insert"><b>')
    assert html.endswith('<br><a href="/debats/faut-il/">Faut-il ?</a></p>')


@pytest.mark.parametrize(
    "source",
    [
        '<p>Voir <a href="/debats/faut-il/">le débat</a></p>',
        '<ul><li><p><a href="/debats/faut-il/">x</a></p></li></ul>',
        '<blockquote><p><a href="/consultations/c/">x</a></p></blockquote>',
        '<p><a href="/debats/">Débats</a></p>',
        '<p><a href="/debats/faut-il/voter/">x</a></p>',
        '<p><a href="https://evil.example/debats/faut-il/">x</a></p>',
        '<p><a href="/debats/a/">x</a> <a href="/debats/b/">y</a></p>',
        '<p class="box insert">rien</p>',
    ],
)
def test_everything_else_is_no_card(source):
    assert "insert" not in render_article(source)
