"""Looking sources up in Crossref and PubMed: when they are first cited, and nightly for what became of them since.

The row is the truth, Celery only the alarm clock. An attempt is claimed by compare-and-swap, which moves the next one
into the future; the registers are asked outside of any transaction; what they answered is written in one. A register
that is away costs an attempt and nothing else: saving an article never waits for it.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from articles.citing import crossref, pubmed
from articles.citing.asking import UnknownWorkError, UnreachableError
from articles.citing.works import GRAVITY, Work
from articles.events import SourceDoubted, SourceRetracted
from articles.models import Source
from newsroom.events.recording import record

log = structlog.get_logger(__name__)

# A run ends well before its task would be killed (CELERY_TASK_TIME_LIMIT, 120 s): its last source may take a minute.
LONGEST_RUN = 50.0
# Seconds between two sources: NCBI asks for three requests a second at most, and Crossref for no more than is needed.
PAUSE = 0.4
# A source is not asked about twice in a night.
UNCHECKED_FOR = timedelta(hours=20)
LONGEST_ERROR = 300


def look_up_all(source_ids: Iterable[int]) -> int:
    """Look up sources one after the other, for a minute at most; return how many the registers answered about.

    What is left is due for the next sweep. A register that does not answer ends the run: the others would only use
    up their attempts.
    """
    ends = time.monotonic() + LONGEST_RUN
    answered = 0
    for source_id in source_ids:
        if time.monotonic() > ends:
            break
        try:
            answered += look_up(source_id)
        except UnreachableError as error:
            if error.is_of_the_register:
                break
        time.sleep(PAUSE)
    return answered


def look_up_due(*, most: int = 200) -> int:
    """Look up what is due, the longest waiting first; return how many sources were answered about."""
    due = Source.objects.due(timezone.now()).values_list("pk", flat=True)
    return look_up_all(list(due[:most]))


def check_cited(*, most: int = 200) -> int:
    """Ask again about sources that readers see, the longest unchecked first; return how many were answered about.

    That is how a retraction becomes known: registers do not call.
    """
    stale = Source.objects.to_check(timezone.now(), unchecked_for=UNCHECKED_FOR).values_list("pk", flat=True)
    return look_up_all(list(stale[:most]))


def look_up(source_id: int) -> bool:
    """Ask the registers about a source; return whether they answered, be it that they do not know it.

    False too when somebody else is asking, or when it is not yet time to ask again. Raises UnreachableError when a
    register gave no answer; the fault is then written down and the next attempt set.
    """
    now = timezone.now()
    source = _claim(source_id, now)
    if source is None:
        return False
    try:
        work = _asked(source)
        _write_down(source, work, now)
    except UnreachableError as error:
        _put_off(source, error)
        raise
    return True


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when to ask again after ``attempts`` in vain: a minute, tripled each time, a day at most."""
    return now + min(timedelta(minutes=3 ** min(attempts - 1, 10)), timedelta(days=1))


def _claim(source_id: int, now: datetime) -> Source | None:
    """Count the attempt and move the next one into the future, in one statement: of two who try, one succeeds."""
    mine = Source.objects.filter(pk=source_id, next_attempt_at__lte=now)
    # Before it is known how this one ends; a worker that is killed meanwhile has been counted.
    if not mine.update(attempts=F("attempts") + 1, next_attempt_at=now + timedelta(minutes=5)):
        return None
    return Source.objects.get(pk=source_id)


def _asked(source: Source) -> Work | None:
    """Return what the registers know, together; None where none knows it.

    PubMed first: it tells the DOI of what is known by its PMID, and Crossref more about that. Of two notices the
    graver counts, of two equal ones Crossref's, which says when and where.
    """
    found = _answer(pubmed.look_up, source.pmid)
    other = _answer(crossref.look_up, source.doi or (found.doi if found else ""))
    if found is None or other is None:
        return found or other
    graver = found if found.gravity > other.gravity else other
    # PubMed's abbreviations of journals are those of the National Library of Medicine, which Vancouver style wants.
    return replace(
        other,
        pmid=found.pmid,
        container_short=found.container_short or other.container_short,
        pages=other.pages or found.pages,
        notice=graver.notice,
    )


def _answer(register: Callable[[str], Work], identifier: str) -> Work | None:
    """Return what one register knows; None without an identifier to ask about, or where it knows nothing."""
    try:
        return register(identifier) if identifier else None
    except UnknownWorkError:
        return None


def _write_down(source: Source, work: Work | None, now: datetime) -> None:
    """Write what the registers answered; raises UnreachableError where its DOI was cited for the first time meanwhile.

    The next attempt then finds the other's row.
    """
    try:
        with transaction.atomic():
            if row := _whole(source, work):
                _learn(row, work, now)
    except IntegrityError as error:
        message = "its DOI was cited for the first time meanwhile"
        raise UnreachableError(message, is_of_the_register=False) from error


def _whole(source: Source, work: Work | None) -> Source | None:
    """Return the row to write into, under a lock: the source's own, or that of the DOI which it turns out to have.

    Somebody cited the PMID, somebody else the DOI of the same work: the row of the DOI stays, and takes over PMID and
    references of the other. None where somebody else has joined the two meanwhile.
    """
    same = Q(pk=source.pk)
    if work and not source.doi and work.doi:
        same |= Q(doi=work.doi)
    rows = list(Source.objects.select_for_update().filter(same).order_by("pk"))
    kept = max(rows, key=lambda row: row.doi, default=None)
    for row in rows:
        if row != kept:
            row.references.update(source=kept)
            row.delete()
    return kept


def _learn(source: Source, work: Work | None, now: datetime) -> None:
    """Write the answer into the locked row; record what editors must know."""
    source.looked_up_at = source.next_attempt_at = now
    source.attempts, source.error = 0, ""
    if work is None:
        # What was found once stays: a register that has lost it says nothing about it.
        source.state = source.state if source.is_known else Source.State.UNKNOWN
        source.save()
        return
    source.state = Source.State.FOUND
    source.doi, source.pmid = source.doi or work.doi, source.pmid or work.pmid
    source.learn(work)
    before = GRAVITY[source.notice_kind]
    source.note(work.notice, now)
    source.save()
    if GRAVITY[source.notice_kind] > before:
        _tell(source)


def _tell(source: Source) -> None:
    """Record what the journal has made known; corrections tell nobody, journals publish thousands."""
    if source.is_retracted:
        record(SourceRetracted(source.pk))
    elif source.is_alarming:
        record(SourceDoubted(source.pk))


def _put_off(source: Source, error: UnreachableError) -> None:
    """Write the fault down and set the next attempt: after the wait that the register asked for, if it is longer."""
    now = timezone.now()
    due = next_attempt(source.attempts, now)
    if error.wait is not None:
        due = max(due, now + timedelta(seconds=error.wait))
    Source.objects.filter(pk=source.pk).update(error=error.reason[:LONGEST_ERROR], next_attempt_at=due)
    log.warning("source_not_looked_up", source_id=source.pk, attempts=source.attempts, error=error.reason)
