import pytest

from newsroom.core.rendering import PictureFacts, Rendition, addresses_of_pictures, render_article

PICTURE = PictureFacts(
    1200,
    800,
    (
        Rendition("webp", 960, "/media/a-960.webp"),
        Rendition("webp", 480, "/media/a-480.webp"),
        Rendition("avif", 480, "/media/a-480.avif"),
        Rendition("jpeg", 480, "/media/a-480.jpg"),
    ),
)
SIZES = 'sizes="(min-width: 45rem) 42rem, 100vw"'


def test_a_known_picture_is_written_with_its_size_and_its_copies_lightest_first():
    source = '<figure class="image"><img alt="Une salle" src="/media/a.jpg"><figcaption>Rouen</figcaption></figure>'

    html = render_article(source, {"/media/a.jpg": PICTURE})

    assert html == (
        '<figure class="fig"><picture>'
        f'<source type="image/avif" srcset="/media/a-480.avif 480w" {SIZES}>'
        f'<source type="image/webp" srcset="/media/a-480.webp 480w, /media/a-960.webp 960w" {SIZES}>'
        '<img src="/media/a.jpg" alt="Une salle" width="1200" height="800" loading="lazy"'
        f' srcset="/media/a-480.jpg 480w" {SIZES}></picture><figcaption>Rouen</figcaption></figure>'
    )
    assert render_article(html, {"/media/a.jpg": PICTURE}) == html


def test_an_unknown_picture_is_shown_as_it_is():
    assert render_article('<p><img src="/media/b.jpg"></p>') == '<p><img src="/media/b.jpg" alt="" loading="lazy"></p>'


def test_pictures_of_the_media_host_are_ours(settings):
    settings.MEDIA_URL = "https://media.example/"

    html = render_article('<img src="https://media.example/a.jpg" alt=""><img src="https://media.example.evil/a.jpg">')

    assert html.count("<img") == 1


@pytest.mark.parametrize(
    "url", ["//evil.example/a.webp", "https://evil.example/a.webp", "/a.webp 1x, //evil.example/b"]
)
def test_copies_elsewhere_are_never_offered(url):
    html = render_article('<img src="/media/a.jpg">', {"/media/a.jpg": PictureFacts(1, 1, (("webp", 480, url),))})

    assert "evil" not in html


@pytest.mark.parametrize(
    "source",
    [
        "<picture><source srcset='//evil.example/a 1w' type='image/avif'><img src='/media/a.jpg'></picture>",
        "<img src='/media/a.jpg' srcset='//evil.example/a 1w'>",
        "<picture><source src=x onerror=alert(1)></picture>",
    ],
)
def test_copies_that_somebody_typed_are_taken_away(source):
    html = render_article(source)

    assert "evil" not in html
    assert "source" not in html


def test_a_figure_goes_with_its_refused_picture_and_another_figure_stays():
    source = (
        '<figure class="image"><img src="https://evil.example/x.gif"><figcaption>Rien</figcaption></figure>'
        "<figure><blockquote><p>Citation</p></blockquote></figure><figure></figure>"
    )

    assert render_article(source) == "<figure><blockquote><p>Citation</p></blockquote></figure>"


def test_a_table_scrolls_in_a_figure_that_the_keyboard_reaches_and_names_its_headings():
    html = render_article(
        "<table><thead><tr><th>Dose</th><th>Effet</th></tr></thead>"
        "<tbody><tr><th>10 mg</th><td>x</td><th>y</th></tr></tbody></table>"
    )

    assert html.startswith('<figure class="table" tabindex="0"><table>')
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">10 mg</th><td>x</td><th>y</th>' in html


def test_a_table_of_the_editor_keeps_its_caption_and_one_in_a_cell_is_not_wrapped():
    html = render_article(
        '<figure class="table"><table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>'
        "<figcaption>Légende</figcaption></figure>"
    )

    assert html.count("<figure") == 1
    assert html.count("<table") == 2
    assert html.endswith("<figcaption>Légende</figcaption></figure>")


def test_the_addresses_of_pictures_are_those_that_are_written():
    assert addresses_of_pictures("<IMG src='/media/a.jpg'><img src='//b'><p>x</p>") == {"/media/a.jpg"}
    assert addresses_of_pictures("<p>x</p>") == addresses_of_pictures("<b>" * 100 + "<img src='/a'>") == set()
