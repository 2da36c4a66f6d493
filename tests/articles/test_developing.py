"""Renditions: made from what was sent, stored one by one, read from the picture's own row."""

from datetime import timedelta
from io import BytesIO, StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles import developing
from articles.developing import LEASE, MOST_ATTEMPTS, ask_again, develop, develop_due, refresh_texts_with
from articles.models import Article, Image, Rendition
from articles.models.images import pictures_of
from articles.models.renditions import widths_for
from articles.renditions import make_renditions
from articles.tasks import develop as develop_task
from articles.tasks import develop_due as sweep_task
from articles.uploading import add_to_library
from tests.factories.articles import ArticleFactory, ImageFactory
from tests.factories.pictures import photograph_with_a_place, picture, scene, swapped_colours

TRACES = ("exif", "icc_profile", "xmp", "comment", "photoshop")


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def image(editor):
    """A picture of 640 x 360 that was just sent."""
    return add_to_library(scene(), by=editor, alt="Des bandes", credit="AFP")


def opened(rendition):
    with rendition.file.open() as file:
        return Pillow.open(BytesIO(file.read()))


def killed(*_args):
    raise SystemExit


@pytest.mark.parametrize(
    ("width", "made"),
    [
        (2_000, (320, 640, 1080, 1920)),
        (1_920, (320, 640, 1080, 1920)),
        (1_200, (320, 640, 1080, 1200)),
        (1_100, (320, 640, 1100)),
        (500, (320, 500)),
        (320, (320,)),
        (1, (1,)),
    ],
)
def test_a_picture_is_never_enlarged_and_its_own_width_takes_the_last_place(width, made):
    assert widths_for(width) == made


def test_every_width_in_every_format(image):
    assert develop(image.pk)

    made = {(one.format, one.width): opened(one) for one in Rendition.objects.filter(image=image)}
    assert set(made) == {(kind, width) for kind in ("avif", "webp", "jpeg") for width in (320, 640)}
    assert {(kind, one.size) for (kind, _width), one in made.items()} == {
        (kind, size) for kind in ("avif", "webp", "jpeg") for size in ((320, 180), (640, 360))
    }
    assert {one.format for one in made.values()} == {"AVIF", "WEBP", "JPEG"}
    assert made["jpeg", 640].info["progressive"]
    weights = {one.bytes: one.file.size for one in Rendition.objects.all()}
    assert list(weights) == list(weights.values())


def test_nothing_of_the_place_and_the_device_is_in_any_rendition(editor):
    image = add_to_library(photograph_with_a_place(), by=editor)
    develop(image.pk)

    for rendition in image.renditions.all():
        shown = opened(rendition)
        assert not shown.getexif()
        assert not {trace for trace in TRACES if shown.info.get(trace)}
        with rendition.file.open() as file:
            content = file.read()
        assert b"Dupont" not in content
        assert b"Durand" not in content


def test_colours_stay_what_a_profile_said_they_were(editor):
    image = add_to_library(picture(colour=(255, 0, 0), icc_profile=swapped_colours()), by=editor)
    develop(image.pk)

    for rendition in image.renditions.all():
        red, green, blue = opened(rendition).convert("RGB").getpixel((10, 10))
        assert green > 240
        assert max(red, blue) < 30


def test_what_shows_through_is_paper_where_a_format_knows_no_transparency(editor):
    image = add_to_library(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), by=editor)
    develop(image.pk)

    corners = {one.format: opened(one).getpixel((0, 0)) for one in image.renditions.all()}
    assert corners["jpeg"] == (255, 255, 255)
    assert corners["webp"][3] == corners["avif"][3] == 0


def test_a_strip_of_one_pixel_keeps_its_pixel(editor):
    image = add_to_library(picture(size=(1_500, 1)), by=editor)
    develop(image.pk)

    assert {opened(one).height for one in image.renditions.all()} == {1}


def test_renditions_are_made_one_at_a_time_and_one_resizing_serves_three_formats(image):
    with image.file.open() as file:
        made = make_renditions(file, [(320, "avif"), (320, "jpeg")])

        first = next(made)
        assert (first.width, first.format) == (320, "avif")
        assert next(made).format == "jpeg"
        assert list(made) == []


def test_a_page_reads_renditions_from_the_pictures_own_row(image, django_assert_num_queries):
    develop(image.pk)
    image.refresh_from_db()

    with django_assert_num_queries(0):
        avif, webp = image.wide_sources
        fallback = image.card_url

    assert (avif.kind, webp.kind) == ("image/avif", "image/webp")
    assert [part.split()[1] for part in avif.srcset.split(", ")] == ["320w", "640w"]
    assert [part.split()[1] for part in image.thumb_sources[0].srcset.split(", ")] == ["320w"]
    assert fallback.endswith("-640.jpg")
    assert image.thumb_url.endswith("-320.jpg")


def test_without_renditions_there_is_the_file_itself(image):
    assert image.wide_sources == []
    assert image.card_url == image.thumb_url == image.url


def test_progress_can_be_seen_while_they_are_made(image, monkeypatch):
    keep, seen = developing._keep, []

    def keep_and_look(image, made):
        keep(image, made)
        seen.append((image.renditions_done, image.renditions_total))

    monkeypatch.setattr(developing, "_keep", keep_and_look)
    develop(image.pk)

    assert seen == [(number, 6) for number in range(1, 7)]


def test_what_a_killed_worker_made_stays_made_and_the_rest_follows_later(image, monkeypatch, time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
    keep = developing._keep
    monkeypatch.setattr(developing, "_keep", lambda *args: keep(*args) if Rendition.objects.count() < 2 else killed())
    with pytest.raises(SystemExit):
        develop(image.pk)
    assert Rendition.objects.count() == 2
    monkeypatch.setattr(developing, "_keep", keep)

    assert develop_due() == 0
    time_machine.shift(LEASE)
    first_two = set(Rendition.objects.values_list("pk", flat=True))
    assert develop_due() == 1

    image.refresh_from_db()
    assert image.renditions_done == image.renditions_total
    assert first_two < set(Rendition.objects.values_list("pk", flat=True))


def test_a_worker_that_dies_at_the_very_end_leaves_nothing_to_make_twice(image, monkeypatch, time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
    settle = developing._settle
    monkeypatch.setattr(developing, "_settle", killed)
    with pytest.raises(SystemExit):
        develop(image.pk)
    monkeypatch.setattr(developing, "_settle", settle)
    made = set(Rendition.objects.values_list("pk", flat=True))

    time_machine.shift(LEASE)
    assert develop(image.pk)

    assert set(Rendition.objects.values_list("pk", flat=True)) == made


def test_a_text_saved_later_has_the_renditions_too(image):
    develop(image.pk)

    story = ArticleFactory(body=f'<p><img src="{image.url}" alt="Des bandes"></p>')

    assert "-640.avif 640w" in story.body_html


def test_a_file_that_is_gone_is_tried_five_times_and_then_given_up_in_words(image, time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
    image.file.storage.delete(image.file.name)
    for _attempt in range(MOST_ATTEMPTS):
        assert develop_due() == 0
        time_machine.shift(LEASE)

    image.refresh_from_db()
    assert image.renditions_due_at is None
    assert image.renditions_error.startswith("FileNotFoundError")
    assert not Image.objects.with_renditions_due().exists()


def test_a_picture_that_kills_its_worker_each_time_is_given_up(image, monkeypatch, time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
    monkeypatch.setattr(developing, "make_renditions", killed)
    for _attempt in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            develop(image.pk)
        time_machine.shift(LEASE)

    assert not develop(image.pk)

    image.refresh_from_db()
    assert image.renditions_due_at is None
    assert "lost" in image.renditions_error


def test_what_is_made_is_not_made_again(image):
    assert develop(image.pk)

    assert not develop(image.pk)
    assert not develop(0)


def test_a_sweep_ends_before_it_is_killed(image, monkeypatch):
    monkeypatch.setattr(developing, "LONGEST_SWEEP", -1.0)

    assert develop_due() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_makes_them(editor):
    image = add_to_library(scene(), by=editor)
    together, done = Barrier(2), []

    def work():
        together.wait()
        done.append(develop(image.pk))
        connections.close_all()

    workers = [Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(done) == [False, True]
    assert Rendition.objects.count() == 6


def test_texts_that_show_the_picture_are_rendered_anew(image):
    shown = ArticleFactory(body=f'<p>Voici.</p><p><img src="{image.url}" alt="Des bandes"></p>')
    other = ArticleFactory(body="<p>Rien.</p>")
    changed_at = shown.changed_at

    develop(image.pk)

    shown.refresh_from_db()
    other.refresh_from_db()
    assert '<source type="image/avif"' in shown.body_html
    assert "-640.webp 640w" in shown.body_html
    assert shown.changed_at == changed_at
    assert "source" not in other.body_html
    assert refresh_texts_with(image) == 1


def test_facts_of_pictures_come_in_one_query(image, django_assert_num_queries):
    develop(image.pk)
    whole = f"http://testserver{image.url}"
    asked = [image.url, whole, f"{image.url}?v=1", "/media/images/absent.webp", "https://ailleurs.example/a.webp", ""]

    with django_assert_num_queries(1):
        facts = pictures_of(asked)

    assert set(facts) == {image.url, whole, f"{image.url}?v=1"}
    assert (facts[whole].width, facts[whole].height, len(facts[whole].renditions)) == (640, 360, 6)
    with django_assert_num_queries(0):
        assert pictures_of([]) == pictures_of(["https://ailleurs.example/a.webp"]) == {}


def test_media_of_another_host_are_ours_too(image, settings):
    settings.MEDIA_URL = "https://cdn.example/media/"

    assert set(pictures_of([f"https://cdn.example/media/{image.file.name}", f"/media/{image.file.name}"])) == {
        f"https://cdn.example/media/{image.file.name}"
    }


def test_the_tasks_do_their_line_of_work(editor):
    first, second = (add_to_library(picture(colour=colour), by=editor) for colour in ("red", "blue"))

    develop_task(first.pk)
    sweep_task()

    assert Image.objects.get(pk=first.pk).sources
    assert Image.objects.get(pk=second.pk).sources


def test_the_command_makes_what_is_missing_and_says_how_many(image):
    lost = ImageFactory()
    Image.objects.update(renditions_due_at=None)
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("make_renditions", stdout=out)

    assert out.getvalue().split() == ["complètes", "1", "incomplètes", "1"]
    lost.refresh_from_db()
    assert lost.renditions_error


def test_the_command_shows_a_bar_on_a_terminal(image):
    out = StringIO()
    out.isatty = lambda: True

    call_command("make_renditions", "--all", stdout=out)

    assert "1/1" in out.getvalue()
    assert ask_again() == []


def test_the_articles_page_offers_formats_widths_and_its_own_words(client, editor):
    image = add_to_library(scene((1_300, 700)), by=editor, alt="De la médiathèque", credit="AFP")
    develop(image.pk)
    story = ArticleFactory(image=image, image_alt="De l’article")

    page = client.get(story.get_absolute_url()).content.decode()

    assert '<source type="image/avif" srcset="' in page
    assert "-1300.avif 1300w" in page
    assert 'alt="De l’article"' in page
    assert "-1080.jpg" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_reads_renditions_without_a_query_more(client, editor, count, django_assert_num_queries):
    image = add_to_library(scene(), by=editor, alt="Des bandes", credit="AFP")
    develop(image.pk)
    Image.objects.update(focal_x=10)
    ArticleFactory.create_batch(count, image=image)

    listing = list(Article.objects.for_listing())
    with django_assert_num_queries(0):
        made = [story.image.card_sources[0].srcset for story in listing]

    page = client.get(reverse("articles:list")).content.decode()
    assert len(made) == count
    assert page.count('class="fp-l"') == count
    assert page.count("-320.avif 320w") == count
