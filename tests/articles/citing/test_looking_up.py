import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import looking_up
from articles.citing.asking import UnreachableError
from articles.looking_up import check_cited, look_up, look_up_all, look_up_due, next_attempt
from articles.models import Reference, Source
from articles.tasks import check_sources, look_up_due_sources, look_up_sources
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.registers import DOI, NOTICE, PMID, crossref_answer, pubmed_answer, say, update

pytestmark = pytest.mark.django_db

YESTERDAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch):
    monkeypatch.setattr(looking_up, "PAUSE", 0)


def found(**fields):
    """Return a source about which a register answered yesterday."""
    told = {"state": "found", "title": "Un essai", "looked_up_at": timezone.now() - YESTERDAY}
    return Source.objects.create(**{"next_attempt_at": timezone.now() - YESTERDAY, **told, **fields})


def facts():
    return list(Event.objects.values_list("kind", "payload"))


def test_a_new_source_learns_what_the_register_says(register):
    source = Source.objects.create(doi=DOI)
    register.answers[DOI] = crossref_answer()

    assert look_up(source.pk)

    source.refresh_from_db()
    assert source.is_known
    assert source.citation == (
        "Dupont JP, de La Tour A. Effet d’un traitement inventé sur l’hypertension & le sommeil. "
        "Rev Inventee Med. 2025;12(3):1183-90."
    )
    assert (source.attempts, source.error, source.notice_kind) == (0, "", "")
    assert source.looked_up_at is not None
    assert facts() == []


def test_a_pmid_leads_to_its_doi_and_both_registers_tell_what_they_know_best(register):
    source = Source.objects.create(pmid=PMID)
    register.answers = {PMID: pubmed_answer(), DOI: crossref_answer()}

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.doi, source.pmid) == (DOI, PMID)
    assert source.title.startswith("Effet d’un traitement")
    assert source.container_short == "Rev Inv Med"
    assert [key for key, _agent in register.asked] == [PMID, DOI]


def test_what_one_register_alone_knows_is_enough(register):
    register.answers[PMID] = pubmed_answer(articleids=[])
    source = Source.objects.create(pmid=PMID)

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.doi, source.title) == ("", "Effect of an invented treatment on hypertension")


def test_a_source_in_no_register_says_so_and_is_not_asked_about_at_every_sweep(register):
    source = Source.objects.create(doi=DOI)

    assert look_up(source.pk)

    source.refresh_from_db()
    assert source.state == Source.State.UNKNOWN
    assert not Source.objects.due(timezone.now() + timedelta(days=1)).exists()


def test_a_register_that_has_lost_a_work_takes_nothing_back(register):
    source = found(doi=DOI)

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.state, source.title) == ("found", "Un essai")
    assert source.looked_up_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("status", [500, 429])
def test_a_register_that_is_away_costs_an_attempt_and_is_tried_again_later(register, status):
    source = Source.objects.create(doi=DOI)
    register.answers[DOI] = status

    with pytest.raises(UnreachableError):
        look_up(source.pk)

    source.refresh_from_db()
    assert (source.state, source.attempts, source.error) == ("wanted", 1, f"HTTP {status}")
    assert timedelta(seconds=50) < source.next_attempt_at - timezone.now() <= timedelta(seconds=60)
    assert not look_up(source.pk)
    assert len(register.asked) == 1


def test_the_wait_that_a_register_asks_for_is_kept(register):
    source = Source.objects.create(doi=DOI)
    register.answers[DOI] = lambda handler: say(handler, 429, Retry_After="600")

    with pytest.raises(UnreachableError):
        look_up(source.pk)

    source.refresh_from_db()
    assert source.next_attempt_at - timezone.now() > timedelta(seconds=590)


def test_attempts_grow_apart_up_to_a_day():
    now = timezone.now()
    waits = [next_attempt(attempts, now) - now for attempts in (1, 2, 3, 7, 8, 30_000)]

    assert waits == [timedelta(minutes=minutes) for minutes in (1, 3, 9, 729, 1440, 1440)]


def test_a_retraction_becomes_known_and_is_told_once(register):
    source = found(doi=DOI)
    register.answers[DOI] = crossref_answer(**{"updated-by": [update("retraction")]})

    look_up(source.pk)
    Source.objects.update(next_attempt_at=timezone.now())
    look_up(source.pk)

    source.refresh_from_db()
    assert (source.notice_kind, source.notice_on, source.notice_doi) == ("retraction", date(2025, 9, 1), NOTICE)
    assert source.notice_link == f"https://doi.org/{NOTICE}"
    assert facts() == [("articles.SourceRetracted", {"source_id": source.pk})]


def test_a_warning_that_becomes_a_retraction_is_a_task_anew(register, editor):
    source = found(doi=DOI)
    register.answers[DOI] = crossref_answer(**{"updated-by": [update("expression_of_concern")]})
    look_up(source.pk)
    Source.objects.update(next_attempt_at=timezone.now(), notice_settled_at=timezone.now(), notice_settled_by=editor)
    register.answers[DOI] = crossref_answer(**{"updated-by": [update("retraction")]})

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.notice_settled_at, source.notice_settled_by) == (None, None)
    assert [kind for kind, _payload in facts()] == ["articles.SourceDoubted", "articles.SourceRetracted"]


def test_a_correction_is_kept_and_told_to_nobody(register):
    source = found(doi=DOI)
    register.answers[DOI] = crossref_answer(**{"updated-by": [update("erratum")]})

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.notice_kind, source.is_alarming) == ("correction", False)
    assert facts() == []


def test_a_retraction_that_a_register_takes_back_is_gone(register):
    now = timezone.now()
    source = found(doi=DOI, notice_kind="retraction", notice_on=date(2025, 9, 1), notice_found_at=now)
    register.answers[DOI] = crossref_answer()

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.notice_kind, source.notice_on, source.notice_found_at) == ("", None, None)


@pytest.mark.parametrize(
    ("of_pubmed", "of_crossref", "kind", "doi"),
    [
        (["Retracted Publication"], [], "retraction", ""),
        (["Retracted Publication"], [update("erratum")], "retraction", ""),
        (["Retracted Publication"], [update("retraction")], "retraction", NOTICE),
        (["Journal Article"], [update("expression_of_concern")], "concern", NOTICE),
    ],
)
def test_of_what_two_registers_say_the_graver_counts(register, of_pubmed, of_crossref, kind, doi):
    source = found(doi=DOI, pmid=PMID)
    register.answers = {
        PMID: pubmed_answer(pubtype=of_pubmed),
        DOI: crossref_answer(**{"updated-by": of_crossref}),
    }

    look_up(source.pk)

    source.refresh_from_db()
    assert (source.notice_kind, source.notice_doi) == (kind, doi)


def test_texts_longer_than_their_columns_are_cut(register):
    source = Source.objects.create(doi=DOI)
    register.answers[DOI] = crossref_answer(title=["T" * 5000], volume="V" * 500)

    look_up(source.pk)

    source.refresh_from_db()
    assert (len(source.title), len(source.volume)) == (1000, 60)


def test_two_sources_that_turn_out_to_be_one_work_become_one(register):
    by_doi, by_pmid = found(doi=DOI), Source.objects.create(pmid=PMID)
    references = [
        Reference.objects.create(article=DraftFactory(), doi=DOI, source=by_doi),
        Reference.objects.create(article=DraftFactory(), pmid=PMID, source=by_pmid),
    ]
    register.answers = {PMID: pubmed_answer(), DOI: crossref_answer()}

    look_up(by_pmid.pk)

    kept = Source.objects.get()
    assert (kept.pk, kept.doi, kept.pmid) == (by_doi.pk, DOI, PMID)
    for reference in references:
        reference.refresh_from_db()
        assert reference.source == kept


def test_a_source_that_was_joined_to_another_meanwhile_is_left_alone():
    source = Source.objects.create(pmid=PMID)
    claimed = looking_up._claim(source.pk, timezone.now())
    source.delete()

    looking_up._write_down(claimed, None, timezone.now())

    assert not Source.objects.exists()


def test_a_source_that_nobody_has_is_no_error(register):
    assert not look_up(12345)


@pytest.mark.django_db(transaction=True)
def test_a_doi_that_is_first_cited_while_it_is_learnt_is_learnt_at_the_next_attempt(register):
    source = Source.objects.create(pmid=PMID)
    register.answers = {PMID: pubmed_answer(), DOI: crossref_answer()}
    faults = []

    def learn():
        try:
            look_up(source.pk)
        except UnreachableError as error:
            faults.append(error.reason)
        finally:
            connection.close()

    learner = threading.Thread(target=learn)
    with transaction.atomic():
        Source.objects.create(doi=DOI)
        learner.start()
        # The other has not seen our row, and waits for our commit to give its own that DOI.
        learner.join(1.5)
        assert learner.is_alive()
    learner.join(10)
    Source.objects.filter(pk=source.pk).update(next_attempt_at=timezone.now())

    assert faults == ["its DOI was cited for the first time meanwhile"]
    assert look_up(source.pk)
    assert Source.objects.get().pmid == PMID


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_asks(register):
    source = Source.objects.create(doi=DOI)
    both, outcomes = threading.Barrier(2), []
    # The register takes its time, so that the second worker comes while the first is waiting.
    register.answers[DOI] = lambda handler: (threading.Event().wait(0.5), say(handler, 404))

    def ask():
        both.wait(5)
        try:
            outcomes.append(look_up(source.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=ask) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(10)

    assert sorted(outcomes) == [False, True]
    assert len(register.asked) == 1


def test_a_sweep_takes_what_is_due_and_nothing_else(register):
    now = timezone.now()
    second = Source.objects.create(doi="10.5555/2", next_attempt_at=now - timedelta(minutes=1))
    first = Source.objects.create(doi="10.5555/1", next_attempt_at=now - timedelta(hours=1))
    Source.objects.create(doi="10.5555/3", next_attempt_at=now + timedelta(hours=1))
    found(doi="10.5555/4")

    assert look_up_due() == 2

    assert [key for key, _agent in register.asked] == [first.doi, second.doi]


def test_a_sweep_goes_on_after_one_bad_answer(register):
    bad, good = Source.objects.create(doi="10.5555/1"), Source.objects.create(doi="10.5555/2")
    register.answers[bad.doi] = lambda handler: say(handler, 200, b"{")

    assert look_up_all([bad.pk, good.pk]) == 1
    assert len(register.asked) == 2


def test_a_sweep_stops_where_the_register_does_not_answer(register):
    sources = [Source.objects.create(doi=f"10.5555/{number}") for number in range(3)]
    register.answers = {source.doi: 503 for source in sources}

    assert look_up_all([source.pk for source in sources]) == 0

    assert len(register.asked) == 1
    assert list(Source.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]


def test_a_run_has_an_end(register, monkeypatch):
    monkeypatch.setattr(looking_up, "LONGEST_RUN", -1)
    source = Source.objects.create(doi=DOI)

    assert look_up_all([source.pk]) == 0
    assert register.asked == []


def test_at_night_what_readers_see_is_checked_the_longest_unchecked_first(register):
    now = timezone.now()
    recent = found(doi="10.5555/1", looked_up_at=now - timedelta(hours=21))
    old = found(doi="10.5555/2", looked_up_at=now - timedelta(days=9))
    unknown = found(doi="10.5555/3", looked_up_at=now - timedelta(days=2), state="unknown", title="")
    checked = found(doi="10.5555/4", looked_up_at=now - timedelta(hours=1))
    put_off = found(doi="10.5555/5", next_attempt_at=now + timedelta(hours=1))
    draft_only = found(doi="10.5555/6")
    story = ArticleFactory()
    for source in (recent, old, unknown, checked, put_off):
        Reference.objects.create(article=story, doi=source.doi, source=source)
    Reference.objects.create(article=DraftFactory(), doi=draft_only.doi, source=draft_only)

    assert check_cited(most=2) == 2
    assert [key for key, _agent in register.asked] == [old.doi, unknown.doi]
    assert check_cited() == 1
    assert check_cited() == 0


def test_the_workers_tasks_do_the_same(register):
    new, due = Source.objects.create(doi="10.5555/1"), Source.objects.create(doi="10.5555/2")
    cited = found(doi="10.5555/3")
    Reference.objects.create(article=ArticleFactory(), doi=cited.doi, source=cited)

    look_up_sources([new.pk])
    look_up_due_sources()
    check_sources()

    assert [key for key, _agent in register.asked] == [new.doi, due.doi, cited.doi]
