"""Specialties, which structure the site, and tags, which cross it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from newsroom.core.folding import folded, slugged
from newsroom.core.page_cache.sources import PageSource


class Accent(models.TextChoices):
    """The eight colours of the design; nobody ever types a colour."""

    PRUNE = "prune", "Prune"
    GARANCE = "garance", "Garance"
    INDIGO = "indigo", "Indigo"
    OCRE = "ocre", "Ocre"
    BLOC = "bloc", _("Green")
    OLIVE = "olive", "Olive"
    BRIQUE = "brique", _("Brick")
    ARDOISE = "ardoise", _("Slate")


class Specialty(PageSource):
    """A medical specialty, or a field of professional life, under which stories are filed."""

    lists = ("articles",)

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    accent = models.CharField(_("colour"), max_length=10, choices=Accent, default=Accent.BLOC)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        """In the editors' order."""

        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:specialty", args=[self.slug])


class TagQuerySet(models.QuerySet["Tag"]):
    """Which tags."""

    def main(self) -> Self:
        """Return the tags that are not synonyms of another."""
        return self.filter(synonym_of=None)


class Tag(PageSource, TagBase):  # type: ignore[misc, django-manager-missing] # taggit has no types
    """A subject that crosses specialties: "déserts médicaux". Its address is made of its folded name.

    So "Santé", "sante" and "SANTÉ" are one tag, and "Œdème" has the address ``oedeme``. A synonym points at the
    tag that replaces it.
    """

    lists = ("articles",)

    name: str
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    synonym_of = models.ForeignKey(
        "self",
        models.CASCADE,
        verbose_name=_("synonym of"),
        null=True,
        blank=True,
        related_name="synonyms",
    )

    objects: ClassVar[models.Manager["Tag"]] = TagQuerySet.as_manager()

    class Meta:
        """One name, whatever its case and accents: the folded slug is unique."""

        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="tag_is_no_synonym_of_itself", condition=~Q(synonym_of=F("id"))),
        ]

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Return the folded address of a name (taggit asks with a number when it is taken)."""
        slug = slugged(tag) or "theme"
        return slug if i is None else f"{slug}-{i}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fill the address from the name where it is missing.

        Taggit would number an address that is taken. Here a taken one is the same tag, and the constraint says so;
        only names without letter or digit, which have no address of their own, are left to its numbers.
        """
        self.name = " ".join(self.name.split())
        if not self.slug:
            self.slug = slugged(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse chains of synonyms."""
        super().clean()
        if self.synonym_of is not None and self.synonym_of.synonym_of_id is not None:
            raise ValidationError({"synonym_of": _("Choose the main tag itself, not one of its synonyms.")})

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:tag", args=[self.slug])

    @property
    def main(self) -> "Tag":
        """Return the tag that stands for this one: itself, unless it is a synonym."""
        return self.synonym_of or self

    @property
    def folded_name(self) -> str:
        """Return the name as it is compared and sorted."""
        return folded(self.name)


class FollowingQuerySet(models.QuerySet["Following"]):
    """Which followings."""

    def for_listing(self) -> Self:
        """Fetch what a reader's list shows, in one query, what was followed last first."""
        return self.select_related("specialty", "tag").order_by("-since", "-id")


class Following(models.Model):
    """That a reader follows a specialty or a tag. Personal data: goes with the account."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="followed_subjects",
        # The two constraints serve it.
        db_index=False,
        verbose_name=_("reader"),
    )
    specialty = models.ForeignKey(
        Specialty, models.CASCADE, null=True, blank=True, related_name="followings", verbose_name=_("specialty")
    )
    tag = models.ForeignKey(
        Tag, models.CASCADE, null=True, blank=True, related_name="followings", verbose_name=_("tag")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        """Once each."""

        verbose_name = _("followed specialty or tag")
        verbose_name_plural = _("followed specialties and tags")
        constraints = [
            models.UniqueConstraint(name="a_specialty_is_followed_once", fields=["reader", "specialty"]),
            models.UniqueConstraint(name="a_tag_is_followed_once", fields=["reader", "tag"]),
            models.CheckConstraint(
                name="one_follows_a_specialty_or_a_tag",
                condition=Q(specialty__isnull=False, tag=None) | Q(specialty=None, tag__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return what is followed."""
        return str(self.thing)

    @property
    def thing(self) -> "Specialty | Tag":
        """Return what is followed; fetched ``for_listing``, without a query."""
        thing: Specialty | Tag = self.specialty or self.tag  # type: ignore[assignment] # one of the two, by constraint
        return thing

    @property
    def kind(self) -> str:
        """Return the word for its kind in addresses."""
        return "specialites" if self.specialty_id else "themes"

    @property
    def url(self) -> str:
        """Return the address of the page where one stops following it."""
        return reverse("articles:follow", args=[self.kind, self.thing.slug])
