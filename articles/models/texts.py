"""What an editor writes: the words of an article and what is said about them."""

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models.kinds import Audience, EvidenceLevel, Format
from newsroom.core.page_cache.sources import PageSource
from newsroom.core.rendering import RENDERER, plain_text, stored

# Words a minute of silent reading in French (Brysbaert, "How many words do we read per minute?", 2019).
READING_SPEED = 214
# News is what readers expect; sound and partners' content bear labels of their own.
SELF_EVIDENT = (Format.NEWS, Format.PODCAST, Format.PARTNER)


class Text(PageSource):
    """The part of an article that revisions keep and a working version changes."""

    Format = Format
    Audience = Audience
    EvidenceLevel = EvidenceLevel

    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(
        _("short title"), max_length=70, blank=True, help_text=_("For narrow lists and letters; the title without it.")
    )
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_html = models.TextField(_("rendered text"), blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(_("renderer"), default=RENDERER, editable=False)
    key_points = models.TextField(_("key points"), blank=True, help_text=_("One a line, four at most."))
    evidence_level = models.CharField(_("level of evidence"), max_length=2, choices=EvidenceLevel, blank=True)
    evidence_note = models.TextField(
        _("evidence"),
        max_length=1200,
        blank=True,
        help_text=_("What is known and how well: type of study, population, limits."),
    )
    format = models.CharField(_("format"), max_length=15, choices=Format, default=Format.NEWS)
    audience = models.CharField(_("who may read it"), max_length=15, choices=Audience, default=Audience.PUBLIC)
    sponsor = models.CharField(
        _("sponsor"),
        max_length=140,
        blank=True,
        help_text=_("Whoever paid for it: the page then says that it is partner content."),
    )

    canonical_url = models.URLField(
        _("canonical address"),
        max_length=500,
        blank=True,
        help_text=_("Where the story was published first, when that is not here."),
    )
    is_clinical = models.BooleanField(
        _("clinical content"),
        default=False,
        help_text=_("Read and approved by somebody other than its author before it is published."),
    )
    review_by = models.DateField(
        _("to be reviewed by"), null=True, blank=True, help_text=_("When its content must be checked again.")
    )

    class Meta:
        """Columns of the article."""

        abstract = True

    @property
    def is_podcast(self) -> bool:
        """Say whether it is listened to."""
        return self.format == Format.PODCAST

    @property
    def is_brief(self) -> bool:
        """Say whether it is a few lines, which lists do not announce at length."""
        return self.format == Format.BRIEF

    @property
    def format_label(self) -> str:
        """Return the word that tells readers what kind of story it is; empty where they see it without."""
        return "" if self.format in SELF_EVIDENT else str(self.get_format_display())

    @property
    def is_sponsored(self) -> bool:
        """Say whether somebody paid for it."""
        return bool(self.sponsor) or self.format == Format.PARTNER

    @property
    def is_restricted(self) -> bool:
        """Say whether its text is for some readers only: it then stands in nothing that everybody gets."""
        return self.audience != Audience.PUBLIC

    @property
    def is_for_professionals(self) -> bool:
        """Say whether its readers are those whose title the site has verified."""
        return self.audience == Audience.PROFESSIONALS

    @property
    def reading_minutes(self) -> int:
        """Return the time that reading the text takes, in whole minutes, at least one."""
        return max(1, round(len(plain_text(self.body_html).split()) / READING_SPEED))

    @property
    def key_point_list(self) -> list[str]:
        """Return the key points, one an item."""
        return [line.strip() for line in self.key_points.splitlines() if line.strip()]

    @property
    def safe_body(self) -> SafeString:
        """Return the rendered text for templates."""
        return stored(self.body_html)
