"""The words for what an article is and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where the story stands on its way through the newsroom; ``articles.workflow`` says who moves it where."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("To review")
    FIX = "fix", _("To be reworked")
    APPROVED = "approved", pgettext_lazy("article", "Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    MODIFIED = "modified", _("Modified, not published")
    UNPUBLISHED = "unpublished", _("Unpublished")
    TRASH = "trash", _("In the bin")


# What readers know of, or will by the clock alone.
RELEASED = (Status.SCHEDULED, Status.PUBLISHED, Status.MODIFIED)


class Format(models.TextChoices):
    """What kind of story."""

    NEWS = "news", pgettext_lazy("format", "News")
    INTERVIEW = "interview", _("Interview")
    INVESTIGATION = "investigation", _("Investigation")
    REPORT = "report", pgettext_lazy("format", "Report")
    EXPLAINER = "explainer", _("Explainer")
    CASE = "case", _("Clinical case")
    PODCAST = "podcast", _("Podcast")
    VIDEO = "video", _("Video")
    OPINION = "opinion", _("Opinion piece")
    BRIEF = "brief", pgettext_lazy("format", "Brief")
    DOSSIER = "dossier", _("Dossier")
    PARTNER = "partner", _("Partner content")


class Audience(models.TextChoices):
    """Who may read the text; each may also read what is open to those named before."""

    PUBLIC = "public", _("Everybody")
    REGISTERED = "registered", _("Signed-in readers")
    PROFESSIONALS = "professionals", _("Verified health professionals")


def includes(reader: str, audience: str) -> bool:
    """Say whether somebody of the audience ``reader`` may read what is meant for ``audience``; unknown ones may not."""
    widening = Audience.values
    return reader in widening and audience in widening and widening.index(audience) <= widening.index(reader)


class EvidenceLevel(models.TextChoices):
    """How strong the proof behind a recommendation is.

    Source: Haute Autorité de santé, « Niveau de preuve et gradation des recommandations », 2013.
    """

    A = "A", _("Grade A: established scientific proof")
    B = "B", _("Grade B: scientific presumption")
    C = "C", _("Grade C: low level of proof")
    EXPERTS = "AE", _("Experts’ agreement")
