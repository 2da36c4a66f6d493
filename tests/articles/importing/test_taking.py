"""Taking stories in: idempotent, one transaction an item, nothing of an editor's overwritten."""

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from articles.importing.items import (
    SourceArgument,
    SourceComment,
    SourceDebate,
    SourceItem,
    SourceReference,
    SourceSelection,
)
from articles.importing.taking import Outcome, frame_selection, take
from articles.models import Article, Author, Selection
from articles.showing import shown_of
from debates.importing import take_debate
from debates.models import Debate
from newsroom.discussions.models import LONGEST, Comment, Thread

pytestmark = pytest.mark.django_db

AT = datetime(2025, 5, 12, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"


@pytest.fixture
def item():
    return SourceItem(
        source_id="cellules",
        title="Cellules persistantes : une piste",
        summary="Le chapô.",
        html="<p>Texte</p><script>x</script>",
        published_at=AT,
        authors=("Dre Anne Dupré", "Paul Roy"),
        tags=("Recherche", "essais cliniques"),
        kicker="recherche",
        specialties=("Cancérologie", "Exercice"),
        references=(SourceReference("Nature (7 mai).", "10.5555/s41586"), SourceReference("Sans", "pas-un-doi")),
        selections=("redaction",),
        comments=(
            SourceComment("2", "Zoé", "Une réponse", datetime(2025, 5, 14, tzinfo=UTC), parent="1"),
            SourceComment("1", "Anon", "Un avis", datetime(2025, 5, 13, tzinfo=UTC)),
        ),
        comment_count=20,
    )


def test_a_story_is_taken_with_everything_that_belongs_to_it(item):
    report = take(item)

    article = Article.objects.get(source_id="cellules")
    assert report.outcome == Outcome.TAKEN
    assert article.slug == "cellules-persistantes-une-piste"
    assert article.is_public_at(datetime.now(UTC))
    assert article.published_at == AT
    assert "<script" not in article.body_html
    assert article.byline_text == "Dre\N{NO-BREAK SPACE}Anne Dupré et Paul Roy"
    assert article.primary_specialty.name == "Cancérologie"
    assert article.specialties.count() == 2
    assert sorted(tag.name for tag in article.tags.all()) == ["Recherche", "essais cliniques"]
    assert [reference.doi for reference in article.references.all()] == ["10.5555/s41586", ""]
    assert "pas-un-doi" in article.references.last().text
    assert shown_of(Selection.objects.get(slug="redaction"), Article.objects.all()) == [article]


def test_its_comments_come_with_their_replies_and_those_elsewhere_are_counted_apart(item):
    take(item)

    thread = Article.objects.get().thread
    parent, reply = thread.comments.order_by("path")
    assert (parent.author_name, reply.author_name, reply.parent) == ("Anon", "Zoé", parent)
    assert parent.is_published
    assert (thread.comment_count, thread.elsewhere_count, thread.comment_total) == (2, 18, 20)


def test_a_reply_dated_before_what_it_answers_still_hangs_below_it(item):
    late = SourceComment("1", "Anon", "Un avis", AT + timedelta(days=2))
    early = SourceComment("2", "Zoé", "Une réponse", AT, parent="1")

    take(dataclasses.replace(item, comments=(early, late)))

    assert Comment.objects.get(source_id="2").parent == Comment.objects.get(source_id="1")


def test_comments_that_answer_one_another_in_a_ring_are_all_taken(item):
    ring = tuple(SourceComment(one, "Anon", "Un avis", AT, parent=other) for one, other in ("12", "23", "31", "44"))

    take(dataclasses.replace(item, comments=ring))

    assert Comment.objects.count() == 4


def test_tags_that_are_one_word_to_a_reader_are_one_tag(item):
    take(dataclasses.replace(item, tags=("Été", "ete", "ÉTÉ", "???", "!!!")))

    assert sorted(tag.name for tag in Article.objects.get().tags.all()) == ["!!!", "???", "Été"]


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_story_at_once_take_it_once(item):
    start = Barrier(2)

    def taken():
        start.wait()
        try:
            return take(item).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        outcomes = [done.result() for done in [threads.submit(taken) for _time in range(2)]]

    assert sorted(outcomes) == [Outcome.TAKEN, Outcome.UNCHANGED]
    assert Article.objects.count() == 1


def test_a_second_import_changes_nothing(item):
    take(item)
    before = Article.objects.values().get()

    assert take(item).outcome == Outcome.UNCHANGED

    assert Article.objects.values().get() == before
    assert Comment.objects.count() == 2


def test_what_changed_at_the_source_is_brought_up_to_date_and_keeps_its_address(item):
    take(item)

    report = take(dataclasses.replace(item, title="Un autre titre", html="<p>Mieux</p>", authors=("Paul Roy",)))

    article = Article.objects.get()
    assert report.outcome == Outcome.CHANGED
    assert (article.title, article.slug) == ("Un autre titre", "cellules-persistantes-une-piste")
    assert article.byline_text == "Paul Roy"
    assert article.thread.title == "Un autre titre"


def test_what_an_editor_changed_here_is_never_overwritten(item):
    take(item)
    article = Article.objects.get()
    article.body = "<p>Relu par la rédaction</p>"
    article.save()

    report = take(dataclasses.replace(item, html="<p>Autre</p>"))

    article.refresh_from_db()
    assert report.outcome == Outcome.KEPT
    assert report.remark
    assert article.body == "<p>Relu par la rédaction</p>"


def test_the_thread_of_a_story_is_public_from_its_date_on_or_the_end_of_its_embargo(item):
    take(item)
    taken = Thread.objects.get().opens_at
    Article.objects.update(embargo_until=AT + timedelta(days=1000))
    later = dataclasses.replace(item, title="Autre titre")

    report = take(later)

    assert (taken, report.outcome) == (AT, Outcome.CHANGED)
    assert Thread.objects.get().opens_at == AT + timedelta(days=1000)


def test_a_dry_run_reports_and_leaves_nothing(item):
    assert take(item, dry_run=True).outcome == Outcome.TAKEN

    assert not Article.objects.exists()
    assert not Author.objects.exists()
    assert not Selection.objects.exists()


def test_a_story_without_a_date_is_a_draft(item):
    take(dataclasses.replace(item, published_at=None))

    article = Article.objects.get()
    assert (article.status, article.thread) == (Article.Status.DRAFT, None)


def test_two_stories_of_one_title_have_two_addresses(item):
    take(item)
    take(dataclasses.replace(item, source_id="autre"))

    assert Article.objects.values("slug").distinct().count() == 2


def test_what_the_database_refuses_leaves_no_half_story(item):
    with pytest.raises((DatabaseError, ValueError)):
        take(dataclasses.replace(item, tags=("\0",)))

    assert not Article.objects.exists()
    assert not Author.objects.exists()


def run(path, *arguments):
    """Return the exit status, the report and the complaints of the command."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_articles", path, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def written(tmp_path, *items, **frame):
    path = tmp_path / "feed"
    path.write_text(json.dumps({"items": list(items), "_newsroom": frame}))
    return path


def test_the_command_takes_the_sound_items_and_names_the_others(tmp_path):
    path = written(tmp_path, {"id": "a", "title": "Un"}, {"id": "b"}, {"id": "c", "title": "Trois"})

    status, out, err = run(path)

    assert status == 1
    assert Article.objects.count() == 2
    assert "pris" in out
    assert "élément 2 : il n’a pas de titre" in err


def test_a_comment_that_cannot_be_taken_is_named_and_the_story_comes_without_it(item):
    comments = (
        SourceComment("1", "Zoé", "Un avis", AT),
        SourceComment("2", "Yann", "x" * (LONGEST + 1), AT),
    )

    report = take(dataclasses.replace(item, comments=comments))

    assert report.outcome == Outcome.TAKEN
    assert "Yann" in report.remark
    assert [comment.author_name for comment in Comment.objects.all()] == ["Zoé"]


def test_the_command_shows_remarks_and_goes_on_behind_what_is_refused(tmp_path):
    first, again = {"id": "a", "title": "Un"}, {"id": "a", "title": "Un, corrigé"}
    arguments = [{"author": "Zoé", "position": "Non", "text": "x" * (LONGEST + 1)}]
    debates = [
        {"question": "Trop long ?", "positions": ["Oui", "Non"], "arguments": arguments},
        {"question": "Faut-il ?", "positions": ["Oui", "Non"]},
    ]
    run(written(tmp_path, first))
    Article.objects.update(title="Changé ici")

    status, out, err = run(written(tmp_path, again, debates=debates))

    assert status == 1
    assert "modifié ici depuis son import" in out
    assert "Trop long ?" in err
    assert [debate.question for debate in Debate.objects.all()] == ["Faut-il ?"]


def test_an_unreadable_file_is_reported_with_what_stood_before_the_fault(tmp_path):
    path = tmp_path / "feed"
    path.write_text('{"items": [{"id": "a", "title": "Un"}, {"id"')

    status, _out, err = run(path)

    assert status == 1
    assert Article.objects.count() == 1
    assert "feed :" in err


def test_a_selection_without_an_address_or_in_a_dry_run_is_left(db):
    Selection.objects.create(slug="revue", title="revue")

    frame_selection(SourceSelection("!", "Sans adresse"))
    frame_selection(SourceSelection("revue", "La Revue"), dry_run=True)

    assert Selection.objects.get().title == "revue"


def test_two_debates_of_one_address_are_numbered_and_one_argument_is_featured(db):
    arguments = tuple(SourceArgument("Zoé", "Oui", text) for text in ("Un.", "Deux."))
    take_debate(SourceDebate("Faut-il ?", ("Oui", "Non"), arguments))
    Debate.objects.update(source_id="une-autre-source")

    take_debate(SourceDebate("Faut-il ?", ("Oui", "Non"), arguments))

    assert sorted(Debate.objects.values_list("slug", flat=True)) == ["faut-il", "faut-il-2"]
    assert [debate.arguments.featured().get().opening for debate in Debate.objects.all()] == ["Un.", "Un."]


def test_the_command_frames_selections_and_takes_debates(tmp_path):
    debate = {
        "question": "Faut-il afficher ses délais ?",
        "positions": ["Oui", "Non"],
        "arguments": [{"author": "Fabien Roy", "position": "Non", "text": "Je tiens à rappeler…"}],
        "cites": ["a"],
    }
    path = written(
        tmp_path,
        {"id": "a", "title": "Un", "date_published": "2025-05-12", "_newsroom": {"selections": ["revue"]}},
        selections=[{"slug": "revue", "title": "La Revue", "partner": True}],
        debates=[debate],
    )

    first, second = run(path), run(path)

    assert (first[0], second[0]) == (0, 0)
    selection, taken = Selection.objects.get(), Debate.objects.get()
    assert (selection.title, selection.is_partner) == ("La Revue", True)
    assert taken.question == "Faut-il afficher ses délais ?"
    assert taken.featured.position.label == "Non"
    assert taken.featured.comment.author_name == "Fabien Roy"
    assert [article.source_id for article in taken.articles.all()] == ["a"]
    assert taken.arguments.count() == 1


def test_a_debate_without_two_positions_is_named(tmp_path):
    path = written(tmp_path, debates=[{"question": "Quoi ?", "positions": ["Oui"]}])

    status, _out, err = run(path)

    assert status == 1
    assert "Quoi ?" in err
    assert not Debate.objects.exists()


def test_a_dry_run_of_the_command_changes_nothing(tmp_path):
    path = written(
        tmp_path,
        {"id": "a", "title": "Un"},
        debates=[{"question": "Faut-il ?", "positions": ["Oui", "Non"]}],
    )

    status, out, _err = run(path, "--dry-run")

    assert status == 0
    assert "rien n’a été modifié" in out
    assert not Article.objects.exists()
    assert not Debate.objects.exists()


def test_a_file_that_is_not_there_is_a_wrong_argument(tmp_path):
    assert run(tmp_path / "absent")[0] == 2


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the project")
def test_the_real_page_is_taken_whole():
    status, _out, err = run(SAMPLES / "page.json")

    article = Article.objects.get(source_id="cancers-metastatiques")
    assert (status, err) == (0, "")
    assert Article.objects.count() == 7
    assert article.byline_text == "Dre\N{NO-BREAK SPACE}Marielle Ammouche"
    assert article.references.get().link == "https://doi.org/10.1038/s41586-025-08974-4"
    assert Selection.objects.get(slug="redaction").editions.get().items.count() == 5
    assert Selection.objects.get(slug="la-revue-du-praticien").is_partner
    assert Debate.objects.get().featured.comment.author_name == "Fabien BRAY"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside the project")
def test_the_real_wordpress_export_is_taken_with_its_comments():
    first = run(SAMPLES / "wordpress-preview.xml")
    counts = (Article.objects.count(), Comment.objects.count())
    second = run(SAMPLES / "wordpress-preview.xml")

    assert (first[0], second[0]) == (0, 0)
    assert counts[0] == 7
    assert counts[1] > 0
    assert (Article.objects.count(), Comment.objects.count()) == counts


def test_a_question_in_another_script_makes_a_debate_of_its_own(tmp_path):
    frame = {"debates": [{"question": question, "positions": ["Oui", "Non"]} for question in ("؟", "؟؟")]}

    status, _out, err = run(written(tmp_path, **frame))

    assert (status, err) == (0, "")
    assert Debate.objects.count() == 2
