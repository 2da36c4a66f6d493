"""The works that articles rest on, as the registers of science know them; shared by all who cite them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.citing import vancouver
from articles.citing.identifiers import LONGEST_DOI
from articles.citing.works import GRAVITY, Notice, NoticeKind, Person, Work, WorkKind

# A PMID has one to eight digits and no leading zero (NLM, "MEDLINE/PubMed Data Element Descriptions", PMID).
is_pmid = RegexValidator(r"\A[1-9][0-9]{0,7}\Z", _("A PMID is a number of at most eight digits, such as 12345678."))
LONGEST_TITLE = 1000
LONGEST_NAME = 500
LONGEST_NUMBER = 60
# Columns that a plain work has under the same name.
OWN = (
    *("doi", "pmid", "title", "container_title", "container_short", "year", "volume", "issue", "pages", "publisher"),
)
# Signs of a DOI that an address may hold as they are (DOI Handbook, section 2.5.2.4: %, ", #, space, <, > and others
# must be escaped).
UNQUOTED = "/:;()[]!$&'*+,=@~-._"


class SourceQuerySet(models.QuerySet["Source"]):
    """Which sources."""

    def due(self, now: datetime) -> Self:
        """Return those that no register has answered about yet and that may be asked about at ``now``, oldest first."""
        return self.filter(state=Source.State.WANTED, next_attempt_at__lte=now).order_by("next_attempt_at", "pk")

    def to_check(self, now: datetime, *, unchecked_for: timedelta) -> Self:
        """Return those that readers see and that no register was asked about for that long, longest ago first."""
        stale = self.filter(looked_up_at__lt=now - unchecked_for, next_attempt_at__lte=now)
        return stale.cited_by_published(now).order_by("looked_up_at", "pk")

    def cited_by_published(self, now: datetime | None = None) -> Self:
        """Return those that an article cites which readers may know of at ``now``."""
        # Asked of the registry: the article's module stands beside this one, and its own relations lead back here.
        articles: Any = apps.get_model("articles", "Article").objects
        references: Any = apps.get_model("articles", "Reference").objects
        citing = references.filter(article__in=articles.published(now).values("pk"))
        return self.filter(pk__in=citing.exclude(source=None).values("source"))

    def retracted(self) -> Self:
        """Return those that their journal has taken back."""
        return self.filter(notice_kind=NoticeKind.RETRACTION)

    def alarming(self) -> Self:
        """Return those that their journal has taken back or warns of."""
        return self.filter(notice_kind__in=[NoticeKind.RETRACTION, NoticeKind.CONCERN])

    def to_settle(self) -> Self:
        """Return the editors' task: alarming sources that readers see and nobody has decided about, latest first."""
        return self.alarming().filter(notice_settled_at=None).cited_by_published().order_by("-notice_found_at", "-pk")


class Source(models.Model):
    """A work known by its DOI or its PMID.

    What identifies it is what an editor gave; everything else is what Crossref and PubMed answered, never typed. One
    identifier may lead to the other: the register says so, an editor's pairing is not believed.
    """

    class State(models.TextChoices):
        """What the registers said."""

        WANTED = "wanted", pgettext_lazy("source", "To be looked up")
        FOUND = "found", pgettext_lazy("source", "Found")
        UNKNOWN = "unknown", pgettext_lazy("source", "In no register")

    # DOIs are compared without case (DOI Handbook, section 2.4): kept in lower case.
    doi = models.CharField(_("DOI"), max_length=LONGEST_DOI, blank=True)
    pmid = models.CharField(_("PMID"), max_length=8, blank=True, validators=[is_pmid])
    kind = models.CharField(_("kind"), max_length=8, choices=WorkKind, default=WorkKind.OTHER)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    # As CSL has it: {"family": ..., "given": ...}, or {"literal": ...} for a group.
    authors = models.JSONField(_("authors"), default=list, blank=True)
    container_title = models.CharField(_("journal or book"), max_length=LONGEST_NAME, blank=True)
    container_short = models.CharField(_("abbreviated"), max_length=LONGEST_NAME, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    volume = models.CharField(_("volume"), max_length=LONGEST_NUMBER, blank=True)
    issue = models.CharField(_("issue"), max_length=LONGEST_NUMBER, blank=True)
    pages = models.CharField(_("pages"), max_length=LONGEST_NUMBER, blank=True)
    publisher = models.CharField(_("publisher"), max_length=LONGEST_NAME, blank=True)

    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WANTED)
    # When a register last answered, be it that it knows nothing.
    looked_up_at = models.DateTimeField(_("looked up"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts without an answer"), default=0)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    notice_kind = models.CharField(_("notice"), max_length=10, choices=NoticeKind, blank=True)
    notice_on = models.DateField(_("date of the notice"), null=True, blank=True)
    notice_doi = models.CharField(_("DOI of the notice"), max_length=LONGEST_DOI, blank=True)
    notice_found_at = models.DateTimeField(_("notice found"), null=True, blank=True)
    notice_settled_at = models.DateTimeField(_("notice dealt with"), null=True, blank=True)
    notice_settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dealt with by"),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        """One row a work."""

        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(name="one_source_a_doi", fields=["doi"], condition=~Q(doi="")),
            models.UniqueConstraint(name="one_source_a_pmid", fields=["pmid"], condition=~Q(pmid="")),
            models.CheckConstraint(name="a_source_has_an_identifier", condition=~Q(doi="", pmid="")),
            models.CheckConstraint(
                name="an_answered_source_says_when",
                condition=Q(state="wanted", looked_up_at=None) | (~Q(state="wanted") & Q(looked_up_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="only_a_notice_has_dates_and_a_doi",
                condition=Q(notice_kind="", notice_on=None, notice_doi="", notice_found_at=None, notice_settled_at=None)
                | (~Q(notice_kind="") & Q(notice_found_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="sources_due", fields=["next_attempt_at"], condition=Q(state="wanted")),
            models.Index(name="sources_checked", fields=["looked_up_at"]),
            models.Index(name="sources_with_notice", fields=["-notice_found_at"], condition=~Q(notice_kind="")),
        ]

    def __str__(self) -> str:
        """Return its title, or what identifies it while that is all we know."""
        return self.title or self.identifier

    @property
    def identifier(self) -> str:
        """Return what identifies it, named: "doi:10.5555/12345678" or "PMID 12345678"."""
        return f"doi:{self.doi}" if self.doi else f"PMID\N{NO-BREAK SPACE}{self.pmid}"

    @property
    def link(self) -> str:
        """Return where it can be read: its DOI's resolver first, else PubMed."""
        return link_of(self.doi, self.pmid)

    @property
    def notice_link(self) -> str:
        """Return where the journal's notice can be read; where it has no DOI, the work itself says it."""
        return link_of(self.notice_doi or self.doi, self.pmid)

    @property
    def is_known(self) -> bool:
        """Say whether a register has told what it is."""
        return self.state == self.State.FOUND

    @property
    def is_retracted(self) -> bool:
        """Say whether its journal has taken it back."""
        return self.notice_kind == NoticeKind.RETRACTION

    @property
    def is_alarming(self) -> bool:
        """Say whether its journal has taken it back or warns of it."""
        return self.notice_kind in {NoticeKind.RETRACTION, NoticeKind.CONCERN}

    @property
    def work(self) -> Work:
        """Return it as a plain value, for citations and exports."""
        return Work(
            **{name: getattr(self, name) for name in OWN},
            kind=WorkKind(self.kind),
            authors=tuple(Person(**author) for author in self.authors),
            notice=self._notice(),
        )

    @property
    def citation(self) -> str:
        """Return its citation in Vancouver style; empty while no register has told what it is."""
        return vancouver.citation(self.work) if self.is_known else ""

    def learn(self, work: Work) -> None:
        """Take over in memory what registers say of it, cut to what columns hold; its identifiers stay its own."""
        for name in set(OWN) - {"doi", "pmid", "year"}:
            column: models.CharField[str, str] = getattr(type(self), name).field
            setattr(self, name, getattr(work, name)[: column.max_length])
        self.kind, self.year = work.kind, work.year
        self.authors = [{name: said for name, said in asdict(person).items() if said} for person in work.authors]

    def note(self, notice: Notice | None, now: datetime) -> None:
        """Take over in memory what the journal has made known; a graver notice than before is a task anew."""
        if notice is None:
            self.notice_kind, self.notice_on, self.notice_doi, self.notice_found_at = "", None, "", None
            self.notice_settled_at = self.notice_settled_by = None
            return
        if GRAVITY[notice.kind] > GRAVITY[self.notice_kind]:
            self.notice_found_at, self.notice_settled_at, self.notice_settled_by = now, None, None
        self.notice_kind, self.notice_on, self.notice_doi = notice.kind, notice.on, notice.doi[:LONGEST_DOI]

    def _notice(self) -> Notice | None:
        return Notice(NoticeKind(self.notice_kind), self.notice_on, self.notice_doi) if self.notice_kind else None


def link_of(doi: str, pmid: str) -> str:
    """Return where a work can be read: its DOI's resolver first, else PubMed; empty without either."""
    if doi:
        return f"https://doi.org/{quote(doi, safe=UNQUOTED)}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else ""
