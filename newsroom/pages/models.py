"""Pages of text about the house, and what each of them said before."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsroom.core.page_cache.sources import PageSource
from newsroom.core.rendering import stored
from newsroom.pages.marks import to_complete

# Their addresses, in the order of the footer. Each has a first text under ``texts/``.
SLUGS: Final = (
    "qui-sommes-nous",
    "contact",
    "charte",
    "politique-de-correction",
    "accessibilite",
    "donnees-personnelles",
    "mentions-legales",
)


class Words(models.Model):
    """What a page says."""

    title = models.CharField(_("title"), max_length=120)
    description = models.CharField(
        _("description"), max_length=200, help_text=_("One sentence, for search engines and shared links.")
    )
    lead = models.CharField(_("standfirst"), max_length=300, blank=True)
    body = models.TextField(_("text"))

    class Meta:
        """Never a table of its own."""

        abstract = True


class Page(PageSource, Words):
    """A page about the house as it is now. Its address is the code's: links lead there from every page."""

    slug = models.SlugField(_("address"), max_length=60, unique=True, editable=False)
    # ``marks.rendered(body)``, made when it is saved; ``renderer`` says by which renderer.
    body_html = models.TextField(editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    # The number of the latest revision: a save over an older one is refused.
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    # The plan of the site names it.
    lists = ("pages",)

    class Meta:
        """By address."""

        verbose_name = _("page about the house")
        verbose_name_plural = _("pages about the house")
        ordering = ["slug"]
        constraints = [models.CheckConstraint(name="page_versions_count_from_one", condition=Q(version__gte=1))]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return its address."""
        return reverse("frontpage:page", args=[self.slug])

    @property
    def safe_body(self) -> SafeString:
        """Return the HTML that was rendered when it was saved."""
        return stored(self.body_html)

    @property
    def to_complete(self) -> list[str]:
        """Return what the marks in its text ask for; see ``marks``."""
        return to_complete(self.body)

    @property
    def was_edited(self) -> bool:
        """Say whether somebody has changed the text that the house came with."""
        return self.version > 1


class PageRevision(Words):
    """What a page said from one save to the next. Never changed."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="revisions", verbose_name=_("page"))
    number = models.PositiveIntegerField(_("number"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        """The latest first; a page has one of each number."""

        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = [F("number").desc()]
        constraints = [models.UniqueConstraint(name="one_revision_a_number_of_a_page", fields=["page", "number"])]

    def __str__(self) -> str:
        """Return its number."""
        return f"{self._meta.verbose_name} {self.number}"
