"""Pictures of the library: what they show, whose they are, and until when they may be shown."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models.picture_addresses import CARD, THUMB, SourceSet, address_of, fallback, names_at, source_sets
from articles.models.renditions import wanted_of
from newsroom.core.page_cache.sources import PageSource
from newsroom.core.rendering import PictureFacts, addresses_of_pictures, render_article

MIDDLE: Final = 50
# Where a picture is cut, its left, middle or right third is kept in sight.
FIRST_THIRD, LAST_THIRD = 33, 67


class ImageQuerySet(models.QuerySet["Image"]):
    """Which pictures."""

    def in_library(self) -> Self:
        """Return what editors may choose from."""
        return self.filter(removed_at=None)

    def removed(self) -> Self:
        """Return what was taken out of the library, and what revisions may still bring back."""
        return self.filter(removed_at__isnull=False)

    def without_credit(self) -> Self:
        """Return what says not yet whose it is: pictures that were dropped into a text."""
        return self.in_library().filter(credit="")

    def to_describe(self) -> Self:
        """Return what nobody has described yet, nor declared decorative."""
        return self.in_library().filter(needs_words=True)

    def described(self) -> Self:
        """Return what says something by itself, or was declared decorative."""
        return self.exclude(alt="", is_decorative=False)

    def usable_on(self, day: date) -> Self:
        """Return what law lets be shown on that day; the same rule as ``is_usable_on``."""
        lasting = Q(rights_until=None) | Q(rights_until__gte=day)
        return self.filter(lasting, Q(shows_patient=False) | Q(consent=Image.Consent.OBTAINED))

    def lacking_consent(self) -> Self:
        """Return what shows a patient whose consent is not on file."""
        return self.in_library().filter(shows_patient=True).exclude(consent=Image.Consent.OBTAINED)

    def rights_ending(self, before: date, on: date | None = None) -> Self:
        """Return what may still be shown ``on`` that day (today), but no longer after ``before``."""
        return self.in_library().filter(rights_until__gte=on or timezone.localdate(), rights_until__lte=before)

    def rights_over(self, on: date | None = None) -> Self:
        """Return what may not be shown any more ``on`` that day (today)."""
        return self.in_library().filter(rights_until__lt=on or timezone.localdate())

    def with_renditions_due(self, now: datetime | None = None) -> Self:
        """Return what is to be made in its widths and formats, the longest waiting first."""
        return self.filter(renditions_due_at__lte=now or timezone.now()).order_by("renditions_due_at", "pk")

    def shown_by(self, image_id: int | None, addresses: Iterable[str]) -> Self:
        """Return what an article shows: its lead image, and what stands in its text under ``addresses``."""
        return self.filter(Q(pk=image_id) | Q(file__in=names_at(addresses).values()))


class Image(PageSource):
    """A picture with what law and accessibility ask of it: a credit, a term, a consent, a description.

    Taken out of the library, it keeps its row and its file as long as an article or a revision may bring it back.
    """

    class Consent(models.TextChoices):
        """Of the patient shown. The signed form itself is kept elsewhere: health data has no place here."""

        NOT_NEEDED = "not_needed", pgettext_lazy("consent", "Not needed")
        OBTAINED = "obtained", pgettext_lazy("consent", "Obtained")
        MISSING = "missing", pgettext_lazy("consent", "Missing")

    file = models.FileField(_("file"), upload_to="images/%Y/%m/", max_length=255)
    width = models.PositiveIntegerField(_("width"), help_text=_("In pixels."))
    height = models.PositiveIntegerField(_("height"), help_text=_("In pixels."))
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What somebody who does not see the image needs to know. Each article may say it in its own way."),
    )
    is_decorative = models.BooleanField(_("decorative"), default=False, help_text=_("Says nothing the text does not."))
    # Dropped into a text, where it is described: the library has no words of its own yet.
    needs_words = models.BooleanField(_("to be described"), default=False, editable=False)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=140)
    rights_until = models.DateField(
        _("rights until"), null=True, blank=True, help_text=_("The last day on which it may be shown. Empty: no end.")
    )
    # The end of which the newsroom was told that it was near, and that it was over: told once each.
    told_ending = models.DateField(null=True, editable=False)
    told_over = models.DateField(null=True, editable=False)
    shows_patient = models.BooleanField(
        _("shows a patient"), default=False, help_text=_("Anybody who could be recognised as one, from behind as well.")
    )
    consent = models.CharField(_("consent"), max_length=10, choices=Consent, default=Consent.NOT_NEEDED)
    consent_reference = models.CharField(
        _("where the consent is kept"),
        max_length=200,
        blank=True,
        help_text=_("File or folder number. Never the form itself, nor the patient’s name."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, from the left"), default=MIDDLE, validators=[MaxValueValidator(100)], help_text=_("In percent.")
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, from the top"), default=MIDDLE, validators=[MaxValueValidator(100)], help_text=_("In percent.")
    )
    # SHA-256 of the file's bytes: the same picture twice is one row.
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    removed_at = models.DateTimeField(_("taken out of the library"), null=True, editable=False)
    # [format, width, name of the file] of each rendition, written once all are made, so that a page reads the
    # image's row and no other.
    sources = models.JSONField(default=list, editable=False)
    # When to make renditions next; None once they are made, or given up.
    renditions_due_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    renditions_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    renditions_error = models.TextField(blank=True, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        """What is always true of a picture."""

        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="image_has_text_or_is_decorative",
                condition=~Q(alt="") | Q(is_decorative=True) | Q(needs_words=True),
                violation_error_message=_("Describe the image, or declare it decorative."),
            ),
            models.CheckConstraint(
                name="image_of_a_patient_states_his_consent",
                condition=Q(shows_patient=False) | ~Q(consent="not_needed"),
                violation_error_message=_("The image shows a patient: say whether consent was obtained."),
            ),
            models.CheckConstraint(
                name="obtained_consent_says_where_it_is_kept",
                condition=~Q(consent="obtained") | ~Q(consent_reference=""),
                violation_error_message=_("Say where the signed consent is kept."),
            ),
            models.CheckConstraint(
                name="focal_point_lies_in_the_image", condition=Q(focal_x__lte=100, focal_y__lte=100)
            ),
        ]
        indexes = [
            # What stands in a text is known by its address.
            models.Index(name="images_by_file", fields=["file"]),
            models.Index(
                name="images_without_renditions",
                fields=["renditions_due_at"],
                condition=Q(renditions_due_at__isnull=False),
            ),
            models.Index(name="images_with_a_term", fields=["rights_until"], condition=Q(rights_until__isnull=False)),
        ]

    def __str__(self) -> str:
        """Return what it shows."""
        return self.alt or self.caption or self.base_name

    @property
    def base_name(self) -> str:
        """Return the last part of the file's name, by which texts are searched for it."""
        return str(self.file.name).rpartition("/")[2]

    @property
    def url(self) -> str:
        """Return the file's address."""
        return str(self.file.url)

    @property
    def is_removed(self) -> bool:
        """Say whether it was taken out of the library."""
        return self.removed_at is not None

    @property
    def lacks_consent(self) -> bool:
        """Say whether it shows a patient whose consent is not on file."""
        return self.shows_patient and self.consent != self.Consent.OBTAINED

    def is_expired_on(self, day: date) -> bool:
        """Say whether the right to show it is over on that day."""
        return self.rights_until is not None and self.rights_until < day

    @property
    def is_expired(self) -> bool:
        """Say whether the right to show it is over today."""
        return self.is_expired_on(timezone.localdate())

    def is_usable_on(self, day: date) -> bool:
        """Say whether law lets it be shown on that day: the right lasts, and the patient has consented."""
        return not self.is_expired_on(day) and not self.lacks_consent

    def objections_on(self, day: date) -> list[str]:
        """Return a sentence for each reason not to publish it on that day; empty when there is none."""
        name = {"image": str(self)}
        sentences = []
        if self.lacks_consent:
            sentences.append(gettext("“%(image)s” shows a patient and the consent is missing.") % name)
        if self.rights_until is not None and self.is_expired_on(day):
            told = {**name, "date": date_format(self.rights_until)}
            sentences.append(gettext("The right to show “%(image)s” ended on %(date)s.") % told)
        if self.is_removed:
            sentences.append(gettext("“%(image)s” was taken out of the library.") % name)
        return sentences

    def text_for(self, alt: str, *, is_decorative: bool) -> str:
        """Return what the image says in one use: nothing where it decorates, else that use's words or its own."""
        if is_decorative:
            return ""
        return alt or ("" if self.is_decorative else self.alt)

    @property
    def focal_class(self) -> str:
        """Return the classes that keep the focal point in sight where the design cuts; empty in the middle."""
        return f"{_end(self.focal_x, 'fp-l', 'fp-r')} {_end(self.focal_y, 'fp-t', 'fp-b')}".strip()

    @property
    def wide_sources(self) -> list[SourceSet]:
        """Return the sources of a picture as wide as a page's column."""
        return source_sets(self.sources)

    @property
    def card_sources(self) -> list[SourceSet]:
        """Return the sources of a card's picture."""
        return source_sets(self.sources, widest=CARD)

    @property
    def thumb_sources(self) -> list[SourceSet]:
        """Return the sources of the small square beside a title."""
        return source_sets(self.sources, widest=THUMB)

    @property
    def card_url(self) -> str:
        """Return the address for browsers without modern formats, in a card: its JPEG, else the file itself."""
        return fallback(self.sources, widest=CARD) or self.url

    @property
    def thumb_url(self) -> str:
        """Return the same for the small square."""
        return fallback(self.sources, widest=THUMB) or self.url

    @property
    def renditions_total(self) -> int:
        """Return how many renditions it is to have."""
        return len(wanted_of(self.width))

    @property
    def renditions_done(self) -> int:
        """Return how many it has; a query while they are being made, none afterwards."""
        return len(self.sources) or self.renditions.count()


def pictures_of(addresses: Iterable[str]) -> dict[str, PictureFacts]:
    """Return what is known of the library's pictures at ``addresses`` (values of ``src``), by those addresses.

    One query whatever their number, none for none; addresses that are not the library's are left out. A picture
    whose renditions are not all made has none.
    """
    names = names_at(addresses)
    if not names:
        return {}
    images = {image.file.name: image for image in Image.objects.filter(file__in=set(names.values()))}
    return {
        address: PictureFacts(
            image.width,
            image.height,
            tuple((kind, width, address_of(made)) for kind, width, made in image.sources),
        )
        for address, name in names.items()
        if (image := images.get(name))
    }


def illustrated(source: str) -> str:
    """Return the safe HTML of an article's source, its pictures in the widths and formats that they have by now.

    One query where the text has pictures, none without.
    """
    return render_article(source, pictures_of(addresses_of_pictures(source)))


def _end(percent: int, first: str, last: str) -> str:
    """Return ``first`` or ``last`` for a place in that third of a side; empty in the middle one."""
    if percent < FIRST_THIRD:
        return first
    return last if percent > LAST_THIRD else ""
