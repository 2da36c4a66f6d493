"""What an article said at a moment: everything editorial, kept."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RevisionQuerySet(models.QuerySet["ArticleRevision"]):
    """Which revisions."""

    def kept(self) -> Self:
        """Return what was saved on purpose: everything but what the form kept by itself."""
        return self.exclude(kind=ArticleRevision.Kind.AUTOSAVE)

    def latest_first(self) -> Self:
        """Order from the latest back. An article's numbers rise, and the index holds them."""
        return self.order_by("-number")

    def autosaves_of(self, editor: Any) -> Self:
        """Return what forms have kept by themselves for the person."""
        return self.filter(kind=ArticleRevision.Kind.AUTOSAVE, by=editor)

    def unsaved_by(self, editor: Any) -> Self:
        """Return what forms have kept for the person and he has not saved.

        What a form sent while it was being saved may arrive after the save: it is left out, not taken for new words.
        """
        saved = ArticleRevision.objects.saved_from(OuterRef("form_key"), editor)
        return self.autosaves_of(editor).exclude(Exists(saved))

    def saved_from(self, form_key: Any, editor: Any) -> Self:
        """Return what the person has saved from a form; nothing for a form without a key."""
        return self.kept().filter(form_key=form_key, by=editor).exclude(form_key="")

    def light(self) -> Self:
        """Fetch what a list of the history shows: not the texts."""
        return self.select_related("by").defer("content")


class ArticleRevision(models.Model):
    """A snapshot of everything editorial: texts, signatures, specialties, tags, references, images.

    ``content`` is what ``articles.contents.content_of`` returns. ``number`` counts an article's revisions from 1 up;
    it is the token by which a form says what it was typed on. An autosave has none: it is one row an editor and
    article, written over at each keystroke's pause, and gone when he saves.
    """

    class Kind(models.TextChoices):
        """What made it."""

        AUTOSAVE = "autosave", _("Kept by itself")
        SAVE = "save", _("Saved")
        SUBMIT = "submit", _("Submitted")
        PUBLISH = "publish", _("Published")
        CORRECT = "correct", _("Corrected")

    article = models.ForeignKey(
        "articles.Article",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("article"),
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    content = models.JSONField(_("content"))
    # Of the content: equal digests, nothing changed.
    digest = models.CharField(_("digest"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("made"), default=timezone.now)
    # The number that it was typed on; None for a new article.
    base = models.PositiveIntegerField(_("typed on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # The form that it was typed in: tells a person's forms apart, and what a form sends after it was saved.
    form_key = models.CharField(_("form"), max_length=36, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        """An article's revisions are numbered; an editor has one autosave an article."""

        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(name="one_revision_a_number", fields=["article", "number"]),
            models.UniqueConstraint(
                name="one_autosave_an_editor_and_article",
                fields=["article", "by"],
                condition=Q(kind="autosave", article__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_autosave_an_editor_and_new_form",
                fields=["by", "form_key"],
                condition=Q(kind="autosave", article=None),
            ),
            models.CheckConstraint(
                name="every_revision_but_an_autosave_is_numbered",
                condition=Q(kind="autosave", number=None)
                | (~Q(kind="autosave") & Q(number__isnull=False, article__isnull=False)),
            ),
        ]
        indexes = [
            # What thinning looks through.
            models.Index(name="revisions_saved", fields=["at"], condition=Q(kind="save")),
            models.Index(name="revisions_autosaved", fields=["by", "-at"], condition=Q(kind="autosave")),
            # Whether a form was saved.
            models.Index(name="revisions_of_forms", fields=["form_key"], condition=~Q(form_key="")),
        ]

    def __str__(self) -> str:
        """Return its number and what made it."""
        return f"{self.number or '…'} · {self.get_kind_display()}"

    @property
    def is_autosave(self) -> bool:
        """Say whether the form kept it by itself."""
        return self.kind == self.Kind.AUTOSAVE

    def is_later_than(self, moment: datetime) -> bool:
        """Say whether it was made after ``moment``."""
        return self.at > moment
