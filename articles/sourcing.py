"""Finding the sources of an article's references, and what editors decide about sources."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Reference, Source
from articles.permissions import can_check_sources
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.events.alarms import ring

LOOK_UP = "articles.look_up_sources"

# What a reference's source is found by: the DOI, or, where there is none, the PMID.
Key = tuple[str, str]


@transaction.atomic
def attach_sources(article: Article) -> None:
    """Give each of the article's references its source, made where nobody has cited it yet.

    To be called when the rows of the references have been written, in the same transaction. At most four queries, two
    where every source is known. After commit a worker is asked to look up those that are new; nothing here waits for
    a register. Two articles that first cite a work at once share one source: who comes second waits for the other's
    commit and takes the row that he made.
    """
    references = list(Reference.objects.filter(article=article))
    keys = {key for reference in references if (key := _key_of(reference))}
    found = _known(keys)
    if missing := sorted(keys - found.keys()):
        # In order, so that two who miss the same rows never wait for each other.
        Source.objects.bulk_create((Source(doi=doi, pmid=pmid) for doi, pmid in missing), ignore_conflicts=True)
        found |= _known(set(missing))
        wanted = sorted(found[key] for key in missing if key in found)
        transaction.on_commit(partial(ring, LOOK_UP, wanted), robust=True)
    changed = [reference for reference in references if _is_moved(reference, found.get(_key_of(reference)))]
    Reference.objects.bulk_update(changed, ["source"])


@transaction.atomic
def look_again(source: Source, by: User) -> Source:
    """Have the registers asked about the source anew, as soon as a worker is free; return it.

    Raises PermissionDenied for a person who may not check sources.
    """
    if not can_check_sources(by):
        raise PermissionDenied
    source = Source.objects.select_for_update().get(pk=source.pk)
    source.attempts, source.error, source.next_attempt_at = 0, "", timezone.now()
    if source.state == Source.State.UNKNOWN:
        source.state, source.looked_up_at = Source.State.WANTED, None
    source.save(update_fields=["attempts", "error", "next_attempt_at", "state", "looked_up_at"])
    transaction.on_commit(partial(ring, LOOK_UP, [source.pk]), robust=True)
    return source


@transaction.atomic
def settle_notice(source: Source, by: User) -> Source:
    """Write down that the newsroom has dealt with what the journal made known; return the source.

    The badge beside the reference stays: it tells readers a fact. The task goes, until a graver notice brings it back.
    Raises PermissionDenied for a person who may not check sources, Refusal where there is nothing to deal with.
    """
    if not can_check_sources(by):
        raise PermissionDenied
    source = Source.objects.select_for_update().get(pk=source.pk)
    if not source.is_alarming:
        raise Refusal(_("The journal has made nothing known about this source."))
    if source.notice_settled_at is None:
        source.notice_settled_at, source.notice_settled_by = timezone.now(), by
        source.save(update_fields=["notice_settled_at", "notice_settled_by"])
    return source


def _key_of(reference: Reference) -> Key | None:
    """Return what the reference's source is found by; None for one without DOI and PMID."""
    if reference.doi:
        return reference.doi.lower(), ""
    return ("", reference.pmid) if reference.pmid else None


def _known(keys: set[Key]) -> dict[Key | None, int]:
    """Return the ids of the sources that are there, by the keys asked for; no query for none.

    A source found by its PMID may have learnt its DOI since, and the other way round: it answers to both.
    """
    if not keys:
        return {}
    dois, pmids = [doi for doi, _pmid in keys if doi], [pmid for _doi, pmid in keys if pmid]
    rows = Source.objects.filter(Q(doi__in=dois) | Q(pmid__in=pmids)).values_list("pk", "doi", "pmid")
    found: dict[Key | None, int] = {}
    for pk, doi, pmid in rows:
        found |= {key: pk for key in ((doi, ""), ("", pmid)) if key in keys}
    return found


def _is_moved(reference: Reference, source_id: int | None) -> bool:
    """Point the reference at its source in memory; say whether that is a change."""
    is_moved = reference.source_id != source_id
    reference.source_id = source_id
    return is_moved
