import threading
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import sourcing
from articles.models import Reference, Source
from articles.sourcing import attach_sources, look_again, settle_notice
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.registers import DOI, PMID

pytestmark = pytest.mark.django_db


def refer(article, *rows):
    """Write the article's references anew, as its verb does."""
    article.references.all().delete()
    for position, row in enumerate(rows, start=1):
        Reference.objects.create(article=article, position=position, **row)
    attach_sources(article)
    return list(Reference.objects.filter(article=article))


@pytest.fixture
def rung(monkeypatch):
    """Collect what workers are asked for."""
    calls = []
    monkeypatch.setattr(sourcing, "ring", lambda task, *args: calls.append((task, *args)))
    return calls


def test_each_reference_with_an_identifier_finds_or_makes_its_source():
    known = Source.objects.create(doi=DOI)

    by_doi, by_pmid, bare = refer(DraftFactory(), {"doi": DOI.upper()}, {"pmid": PMID}, {"text": "Un essai."})

    assert by_doi.source == known
    assert (by_pmid.source.doi, by_pmid.source.pmid, by_pmid.source.state) == ("", PMID, Source.State.WANTED)
    assert bare.source is None


def test_a_source_that_has_learnt_its_doi_answers_to_both_identifiers():
    known = Source.objects.create(doi=DOI, pmid=PMID)

    first, second = refer(DraftFactory(), {"doi": DOI}, {"pmid": PMID})

    assert first.source == second.source == known


def test_an_editors_pairing_of_doi_and_pmid_is_not_believed():
    (reference,) = refer(DraftFactory(), {"doi": DOI, "pmid": PMID})

    assert (reference.source.doi, reference.source.pmid) == (DOI, "")


def test_a_reference_that_lost_its_identifier_loses_its_source():
    story = DraftFactory()
    (reference,) = refer(story, {"doi": DOI, "text": "Un essai."})
    reference.doi = ""
    reference.save()

    attach_sources(story)

    reference.refresh_from_db()
    assert reference.source is None


@pytest.mark.parametrize("count", [1, 3])
def test_attaching_costs_the_same_whatever_the_number_of_references(django_assert_num_queries, count):
    story = DraftFactory()
    for number in range(count):
        Reference.objects.create(article=story, doi=f"{DOI}{number}")

    # In a savepoint: the references, the sources known; insert those missing, fetch them, point at them.
    with django_assert_num_queries(7):
        attach_sources(story)
    with django_assert_num_queries(4):
        attach_sources(story)


def test_a_worker_is_asked_once_about_all_that_is_new_and_only_after_commit(rung, django_capture_on_commit_callbacks):
    story = DraftFactory()
    Source.objects.create(doi=DOI)

    with django_capture_on_commit_callbacks(execute=True):
        refer(story, {"doi": DOI}, {"doi": f"{DOI}.a"}, {"doi": f"{DOI}.b"})
        assert rung == []

    new = Source.objects.exclude(doi=DOI).order_by("pk").values_list("pk", flat=True)
    assert rung == [("articles.look_up_sources", list(new))]


def test_nobody_is_asked_where_nothing_is_new(rung, django_capture_on_commit_callbacks):
    Source.objects.create(doi=DOI)

    with django_capture_on_commit_callbacks(execute=True):
        refer(DraftFactory(), {"doi": DOI}, {"text": "Un essai."})

    assert rung == []


@pytest.mark.django_db(transaction=True)
def test_two_articles_that_first_cite_a_work_at_once_share_one_source():
    first, second = DraftFactory(), DraftFactory()
    for story in (first, second):
        for doi in (f"{DOI}.a", f"{DOI}.b"):
            Reference.objects.create(article=story, doi=doi)
    is_attached = threading.Event()

    def attach_second():
        is_attached.wait(10)
        try:
            attach_sources(second)
        finally:
            connection.close()

    other = threading.Thread(target=attach_second)
    other.start()
    with transaction.atomic():
        attach_sources(first)
        is_attached.set()
        # The other has missed our rows and waits for our commit.
        other.join(0.3)
        assert other.is_alive()
    other.join(10)

    assert Source.objects.count() == 2
    assert {reference.source.doi for reference in Reference.objects.all()} == {f"{DOI}.a", f"{DOI}.b"}


def test_a_source_is_deleted_from_under_a_reference_without_taking_it_along():
    (reference,) = refer(DraftFactory(), {"doi": DOI})

    reference.source.delete()

    reference.refresh_from_db()
    assert reference.source is None


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({}, "a_source_has_an_identifier"),
        ({"doi": "10.5555/x"}, "one_source_a_doi"),
        ({"pmid": "12"}, "one_source_a_pmid"),
        ({"doi": DOI, "state": "found"}, "an_answered_source_says_when"),
        ({"doi": DOI, "looked_up_at": timezone.now()}, "an_answered_source_says_when"),
        ({"doi": DOI, "notice_doi": "10.5555/r"}, "only_a_notice_has_dates_and_a_doi"),
        ({"doi": DOI, "notice_kind": "retraction"}, "only_a_notice_has_dates_and_a_doi"),
    ],
)
def test_what_is_always_true_of_a_source(fields, rule):
    Source.objects.create(doi="10.5555/x")
    Source.objects.create(pmid="12")

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Source.objects.create(**fields)


def test_a_reference_to_nothing_is_refused():
    with pytest.raises(IntegrityError, match="a_reference_says_what_it_refers_to"), transaction.atomic():
        Reference.objects.create(article=DraftFactory())


def test_an_unknown_source_is_looked_up_again_from_the_start(editor, rung, django_capture_on_commit_callbacks):
    source = Source.objects.create(doi=DOI, state="unknown", looked_up_at=timezone.now(), attempts=3, error="HTTP 500")

    with django_capture_on_commit_callbacks(execute=True):
        look_again(source, editor)

    source.refresh_from_db()
    assert (source.state, source.looked_up_at, source.attempts, source.error) == ("wanted", None, 0, "")
    assert rung == [("articles.look_up_sources", [source.pk])]


def test_a_source_that_was_found_stays_found_while_it_is_checked_again(editor):
    source = Source.objects.create(doi=DOI, title="Un essai", state="found", looked_up_at=timezone.now())

    assert look_again(source, editor).is_known


def test_a_notice_is_dealt_with_once(editor, chief):
    now = timezone.now()
    source = Source.objects.create(doi=DOI, notice_kind="retraction", notice_found_at=now)

    settle_notice(source, editor)
    settled = settle_notice(source, chief)

    assert settled.notice_settled_by == editor
    assert settled.notice_settled_at >= now


@pytest.mark.parametrize("kind", ["", "correction"])
def test_where_there_is_no_alarm_there_is_nothing_to_deal_with(editor, kind):
    source = Source.objects.create(doi=DOI, notice_kind=kind, notice_found_at=timezone.now() if kind else None)

    with pytest.raises(Refusal):
        settle_notice(source, editor)


def test_readers_and_moderators_neither_check_nor_settle(lea, moderator):
    source = Source.objects.create(doi=DOI, notice_kind="retraction", notice_found_at=timezone.now())

    for person in (lea, moderator):
        for verb in (look_again, settle_notice):
            with pytest.raises(PermissionDenied):
                verb(source, person)


def test_the_task_lists_alarming_sources_that_readers_see_until_they_are_dealt_with(editor):
    now = timezone.now()
    told = {"notice_found_at": now}
    retracted = Source.objects.create(doi="10.5555/1", notice_kind="retraction", **told)
    doubted = Source.objects.create(doi="10.5555/2", notice_kind="concern", **told)
    corrected = Source.objects.create(doi="10.5555/3", notice_kind="correction", **told)
    unseen = Source.objects.create(doi="10.5555/4", notice_kind="retraction", **told)
    settled = Source.objects.create(doi="10.5555/5", notice_kind="retraction", **told)
    story = ArticleFactory()
    refer(story, *({"doi": source.doi} for source in (retracted, doubted, corrected, settled)))
    refer(DraftFactory(), {"doi": unseen.doi})
    settle_notice(settled, editor)

    assert list(Source.objects.to_settle()) == [doubted, retracted]
    assert set(Source.objects.retracted()) == {retracted, unseen, settled}
    assert set(Source.objects.cited_by_published()) == {retracted, doubted, corrected, settled}


def test_references_of_before_find_their_sources_when_the_table_comes():
    story = DraftFactory()
    references = [
        Reference.objects.create(article=story, doi=DOI.upper()),
        Reference.objects.create(article=DraftFactory(), doi=DOI),
        Reference.objects.create(article=story, text="Un essai."),
    ]
    migration = import_module("articles.migrations.0015_sources_of_references")

    migration.find_sources(apps, SimpleNamespace(connection=connection))

    source = Source.objects.get()
    assert (source.doi, source.state) == (DOI, Source.State.WANTED)
    for reference in references:
        reference.refresh_from_db()
    assert [reference.source for reference in references] == [source, source, None]
