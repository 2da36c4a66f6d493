"""What one listens to: the sound of an article, its chapters and its words."""

from pathlib import Path
from secrets import token_urlsafe

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.chapters import Chapter, chapters_in, check_chapters
from newsroom.core.folding import slugged
from newsroom.core.rendering import stored

LONGEST_STEM = 60


def sound_name(article: models.Model, name: str) -> str:
    """Return where a sound is kept: under a word that nobody can guess, for what is reserved has an address too."""
    del article
    stem, _dot, ending = Path(name).name.rpartition(".")
    return f"audio/{timezone.now():%Y/%m}/{slugged(stem, longest=LONGEST_STEM) or 'son'}-{token_urlsafe(12)}.{ending}"


class Sound(models.Model):
    """The part of an article that one hears; it is read by those only who may read the text."""

    audio = models.FileField(
        _("audio file"),
        upload_to=sound_name,
        blank=True,
        max_length=255,
        validators=[FileExtensionValidator(["mp3", "m4a", "ogg"])],
    )
    audio_seconds = models.PositiveIntegerField(_("duration of the audio"), default=0, help_text=_("In seconds."))
    chapter_lines = models.TextField(
        _("chapters"),
        blank=True,
        default="",
        db_default="",
        validators=[check_chapters],
        help_text=_("One a line, the moment and then the title: “02:30 The title”."),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "What is said, as plain text; an empty line parts paragraphs. “Name: ” at the beginning of one "
            "says who speaks."
        ),
    )
    transcript_html = models.TextField(_("rendered transcript"), blank=True, default="", db_default="", editable=False)

    class Meta:
        """Columns of the article."""

        abstract = True

    @property
    def audio_minutes(self) -> int:
        """Return the duration in whole minutes, at least one where there is any."""
        return max(1, round(self.audio_seconds / 60)) if self.audio_seconds else 0

    @property
    def chapters(self) -> list[Chapter]:
        """Return where its parts begin, in seconds, and what they are called; lines that say neither are left out."""
        return chapters_in(self.chapter_lines)

    @property
    def safe_transcript(self) -> SafeString:
        """Return the rendered transcript for templates."""
        return stored(self.transcript_html)
