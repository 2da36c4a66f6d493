"""The sound of an article: chapters as they are typed, the words that are said, the player."""

import pytest
from django.core.exceptions import ValidationError

from articles.chapters import LONGEST_TITLE, MOST_CHAPTERS, chapters_in, check_chapters, moment
from articles.contents import content_of
from articles.forms.articles import ArticleForm
from articles.models import Article
from articles.publishing import publish
from articles.rebuilding import rebuild_articles
from articles.writing import restore, write
from newsroom.core.rendering import render_transcript
from tests.factories.articles import ArticleFactory
from tests.factories.full_article import page_of

LINES = "00:00 Ouverture\n\n 02:30 – Le dépistage : pour qui ?\n[1:02:05] Questions\n"


def test_chapters_are_read_line_by_line():
    assert chapters_in(LINES) == [(0, "Ouverture"), (150, "Le dépistage : pour qui ?"), (3725, "Questions")]
    assert chapters_in("Sans instant\n12 h 30 Non plus\n00:60 Ni cela\n1:75:00 Ni ceci\n00:10") == []
    check_chapters(LINES)
    check_chapters("")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("Ouverture", "Ligne 1\N{NO-BREAK SPACE}: écrivez l’instant puis le titre"),
        ("00:00 Un\n\n00:00 Deux", "Ligne 3\N{NO-BREAK SPACE}: un chapitre commence après"),
        (f"00:00 {'x' * (LONGEST_TITLE + 1)}", "Ligne 1\N{NO-BREAK SPACE}: raccourcissez le titre, 120 signes"),
        ("\n".join(f"{n}:00 Titre" for n in range(MOST_CHAPTERS + 1)), "Gardez 100 chapitres au plus"),
    ],
)
def test_what_is_no_list_of_chapters_is_told_in_words(lines, told):
    with pytest.raises(ValidationError) as refused:
        check_chapters(lines)

    assert told in " ".join(refused.value.messages)


def test_moments_are_written_as_players_do():
    assert [moment(seconds) for seconds in (0, 65, 3725)] == ["0:00", "1:05", "1:02:05"]


def test_a_transcript_is_text_and_says_who_speaks():
    html = render_transcript(
        "Dre Hélène V. : Bonjour <b>à</b> tous.\nOui.\n\nÀ 12:30 on part.\n\n<script>x</script> & fin"
    )

    assert html == (
        "<p><strong>Dre Hélène V. :</strong> Bonjour &lt;b&gt;à&lt;/b&gt; tous.<br>Oui.</p>"
        "<p>À 12:30 on part.</p><p>&lt;script&gt;x&lt;/script&gt; &amp; fin</p>"
    )
    assert render_transcript(" \n ") == ""


@pytest.mark.django_db
def test_the_player_works_without_scripts_and_offers_chapters_and_words(client):
    story = ArticleFactory(
        format=Article.Format.PODCAST,
        audio="audio/essai.mp3",
        audio_seconds=4000,
        chapter_lines=LINES,
        transcript="Dre V. : Bonjour.",
    )

    page = page_of(client, story)

    assert 'controls preload="none" src="/media/audio/essai.mp3"' in page
    assert '<a href="/media/audio/essai.mp3#t=150" data-seek="150"><span class="num">2:30</span>' in page
    assert "<strong>Dre V. :</strong> Bonjour." in page.partition("<details")[2]


@pytest.mark.django_db
def test_an_article_without_sound_has_no_player(client):
    page = page_of(client, ArticleFactory(chapter_lines=LINES))

    assert "<audio" not in page
    assert "player.css" not in page


@pytest.mark.django_db
def test_chapters_and_words_are_part_of_what_is_revised_and_published(chief, client):
    story = ArticleFactory(audio="audio/essai.mp3", transcript="Avant.")
    write(story, {"chapter_lines": "00:00 Début", "transcript": "Après."}, chief)
    assert "Avant." in page_of(client, story)

    publish(story, by=chief)

    page = page_of(client, story)
    assert "Après." in page
    assert "Début" in page
    restore(story, story.revisions.order_by("number").first(), chief)
    publish(story, by=chief)
    assert content_of(story)["transcript"] == "Avant."
    assert story.transcript_html == "<p>Avant.</p>"


@pytest.mark.django_db
def test_a_chapter_does_not_begin_after_the_end(chief):
    story = ArticleFactory(audio_seconds=60)
    form = ArticleForm({"title": "Titre", "audio_seconds": "60", "chapter_lines": "01:00 Trop tard"}, instance=story)

    assert "Un chapitre commence après la fin du son" in " ".join(form.errors["chapter_lines"])


@pytest.mark.django_db
def test_words_are_rendered_anew_with_the_text():
    story = ArticleFactory(transcript="Bonjour.")
    Article.objects.update(transcript_html="ancien", renderer=0)

    assert rebuild_articles() == 1

    story.refresh_from_db()
    assert story.transcript_html == "<p>Bonjour.</p>"
