"""What is said about an article while it is written: between editors, and by readers from outside who were asked."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How long a share link leads to the article.
LINK_LASTS = timedelta(days=7)


def end_of_link() -> datetime:
    """Return when a link made now expires."""
    return timezone.now() + LINK_LASTS


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Which links."""

    def valid(self) -> Self:
        """Return the links that still lead somewhere."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ShareLink(models.Model):
    """A signed address by which somebody without an account reads an article, comments on it and signs it off."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="links", verbose_name=_("article"))
    made_for = models.CharField(_("for"), max_length=140, help_text=_("Whom it is sent to: a name, a committee."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"), default=end_of_link)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        """Latest first."""

        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """Return whom it is for."""
        return self.made_for

    @property
    def is_valid(self) -> bool:
        """Say whether it still leads somewhere."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class ShareVisit(models.Model):
    """That somebody came by a link, and what he did: no address, no device, only when."""

    class Act(models.TextChoices):
        """What he did."""

        READ = "read", _("Read")
        REMARKED = "remarked", _("Commented")
        SIGNED = "signed", _("Signed off")

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="visits", verbose_name=_("link"))
    act = models.CharField(_("act"), max_length=8, choices=Act)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        """Latest first."""

        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        """Return what was done."""
        return self.get_act_display()


class SignOff(models.Model):
    """That somebody from outside stands by the text as it was when he read it."""

    link = models.ForeignKey(ShareLink, models.PROTECT, related_name="sign_offs", verbose_name=_("link"))
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="sign_offs", verbose_name=_("article"))
    name = models.CharField(_("name"), max_length=140)
    version = models.PositiveIntegerField(_("text that was read"))
    note = models.TextField(_("note"), max_length=1000, blank=True)
    at = models.DateTimeField(_("signed"), default=timezone.now)

    class Meta:
        """Latest first; the same person signs the same text once."""

        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="one_sign_off_a_person_and_text", fields=["link", "name", "version"]),
        ]

    def __str__(self) -> str:
        """Return who signed."""
        return self.name


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Which remarks."""

    def open(self) -> Self:
        """Return what nobody has settled yet: first remarks, whose answers go with them."""
        return self.filter(reply_to=None, resolved_at=None)

    def threads(self) -> Self:
        """Return first remarks with their answers, open ones first, each oldest first; three queries at most."""
        answers = models.Prefetch("replies", queryset=Remark.objects.select_related("author").order_by("at", "pk"))
        first = self.filter(reply_to=None).select_related("author", "link", "resolved_by").prefetch_related(answers)
        return first.order_by(models.F("resolved_at").asc(nulls_first=True), "at", "pk")


class Remark(models.Model):
    """A comment on an article at the desk, on a passage or on the whole; never seen by readers."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="remarks", verbose_name=_("article"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    # Somebody from outside, by the link that he was sent.
    link = models.ForeignKey(
        ShareLink, models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name=_("link")
    )
    guest_name = models.CharField(_("name"), max_length=140, blank=True)
    passage = models.CharField(_("passage"), max_length=500, blank=True)
    text = models.TextField(_("remark"), max_length=2000)
    version = models.PositiveIntegerField(_("text that was read"))
    at = models.DateTimeField(_("written"), default=timezone.now)
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("answer to")
    )
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("people mentioned")
    )
    resolved_at = models.DateTimeField(_("settled"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        """A guest came by a link and gave a name; answers are not settled on their own."""

        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = [
            models.CheckConstraint(
                name="a_guests_remark_has_a_name_and_a_link",
                condition=Q(link=None, guest_name="") | (Q(link__isnull=False) & ~Q(guest_name="")),
            ),
            models.CheckConstraint(
                name="only_a_first_remark_is_settled",
                condition=Q(reply_to=None) | Q(resolved_at=None),
            ),
        ]
        indexes = [
            models.Index(name="remarks_open", fields=["article"], condition=Q(reply_to=None, resolved_at=None)),
        ]

    def __str__(self) -> str:
        """Return its beginning."""
        return self.text[:60]

    @property
    def author_name(self) -> str:
        """Return who wrote it: an editor by his full name, a guest by the one he gave."""
        if self.link_id is not None:
            return self.guest_name
        return self.author.get_full_name() if self.author else "—"

    @property
    def is_resolved(self) -> bool:
        """Say whether somebody has settled it."""
        return self.resolved_at is not None
