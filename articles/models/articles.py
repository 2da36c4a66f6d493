"""The article."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.authors import Author
from articles.models.images import Image, illustrated
from articles.models.kinds import RELEASED, Audience, Format, Status
from articles.models.parts import ArticleTag, Byline
from articles.models.revisions import ArticleRevision
from articles.models.sounds import Sound
from articles.models.texts import Text
from newsroom.accounts.permissions import can_read_professional, can_read_registered
from newsroom.core.folding import slugged
from newsroom.core.rendering import RENDERER, normalised, render_transcript
from newsroom.core.slugging import free_slug
from newsroom.discussions.models import Thread
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Poll

LONGEST_SLUG = 120
# "Most commented" looks back this far, so that it names what is discussed now.
TALKED_ABOUT = timedelta(days=30)
# What is long and shown on the article's own page alone.
LONG = ("body", "body_html", "transcript", "transcript_html", "chapter_lines")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Which articles. Everything public starts from ``published``, which looks at the clock."""

    def published(self, now: datetime | None = None) -> Self:
        """Return what readers may know of at ``now``: released, its hour come, its embargo and its end observed.

        The clock alone decides: an article appears, and goes, on the second, with every worker stopped.
        """
        now = now or timezone.now()
        return self.released().filter(
            Q(embargo_until=None) | Q(embargo_until__lte=now),
            Q(unpublish_at=None) | Q(unpublish_at__gt=now),
            published_at__lte=now,
        )

    def released(self) -> Self:
        """Return what the newsroom has released, whether its hour has come or not."""
        return self.filter(status__in=RELEASED)

    def newest_first(self) -> Self:
        """Order by date of publication, latest first, without ties."""
        return self.order_by("-published_at", "-id")

    def in_specialty(self, specialty: Specialty) -> Self:
        """Return what is filed under the specialty, whether first or also."""
        also = Article.specialties.through.objects.filter(specialty=specialty).values("article_id")
        return self.filter(Q(primary_specialty=specialty) | Q(pk__in=also))

    def tagged(self, tag: Tag) -> Self:
        """Return what carries the tag."""
        return self.filter(pk__in=ArticleTag.objects.filter(tag=tag).values("content_object_id"))

    def signed_by(self, author: Author) -> Self:
        """Return what the author signed, alone or with others."""
        return self.filter(pk__in=Byline.objects.filter(author=author).values("article_id"))

    def podcasts(self) -> Self:
        """Return what is listened to."""
        return self.filter(format=Format.PODCAST)

    def to_read(self) -> Self:
        """Return what is not listened to."""
        return self.exclude(format=Format.PODCAST)

    def withdrawn(self) -> Self:
        """Return what was published once and no longer is, by decision or by the end that it was given.

        What an embargo held back beyond its end was never published: nobody is told that there was anything.
        """
        was_shown = Q(embargo_until=None) | Q(embargo_until__lt=F("unpublish_at")) | Q(has_been_public=True)
        over = Q(was_shown, status__in=RELEASED, unpublish_at__lte=timezone.now())
        return self.filter(over | Q(status=Status.UNPUBLISHED))

    def sponsored(self) -> Self:
        """Return what somebody paid for."""
        return self.filter(~Q(sponsor="") | Q(format=Format.PARTNER))

    def own(self) -> Self:
        """Return the newsroom's own stories: nobody paid for them."""
        return self.filter(sponsor="").exclude(format=Format.PARTNER)

    def most_commented(self, now: datetime | None = None) -> Self:
        """Return the newsroom's own commented articles of the last 30 days, the most discussed first."""
        since = (now or timezone.now()) - TALKED_ABOUT
        talked_about = self.published(now).own().filter(published_at__gte=since, thread__comment_count__gt=0)
        return talked_about.order_by("-thread__comment_count", "-published_at", "-id")

    def for_row(self) -> Self:
        """Fetch what a title with its line of facts shows, without the signature and without the text."""
        return self.select_related("thread", "primary_specialty").defer(*LONG)

    def for_listing(self) -> Self:
        """Fetch what a list shows, in a number of queries that does not depend on how many there are."""
        return self.for_row().select_related("image").prefetch_related(_signatures())

    def for_page(self) -> Self:
        """Fetch what the article's page shows. Corrections are left out: few articles have any."""
        related = self.select_related("image", "thread", "primary_specialty", "poll")
        return related.with_dossiers().prefetch_related(_signatures(), "tags", "references__source")

    def with_dossiers(self) -> Self:
        """Fetch as ``dossier_facts`` what links to the dossiers of an article need, in the same query."""
        items: Any = Article._meta.get_field("dossier_items").related_model  # noqa: SLF001 - Django's public API
        public = items.objects.filter(article=OuterRef("pk"), dossier__published_at__lte=timezone.now())
        facts = JSONObject(pk="dossier_id", title="dossier__title", slug="dossier__slug")
        found = public.order_by("-dossier__published_at", "-dossier_id").values(facts=facts)
        return self.annotate(dossier_facts=ArraySubquery(found))


class Article(Text, Sound):  # type: ignore[django-manager-missing] # taggit has no types
    """A story of any format. Its HTML is rendered when it is saved; its thread hangs under it for ever."""

    Status = Status

    slug = models.SlugField(_("address"), max_length=LONGEST_SLUG, unique=True, blank=True)
    needs_medical_review = models.BooleanField(_("medical review"), default=False)
    needs_legal_review = models.BooleanField(_("legal review"), default=False)
    status = models.CharField(_("state"), max_length=11, choices=Status, default=Status.DRAFT)
    # The number of the latest revision: what a form was typed on.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    # What the newsroom has changed since readers were shown the row.
    working = models.ForeignKey(
        ArticleRevision,
        models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("working version"),
    )
    trashed_at = models.DateTimeField(_("put in the bin"), null=True, blank=True, editable=False)
    withdrawal_notice = models.TextField(
        _("notice of withdrawal"),
        max_length=600,
        blank=True,
        help_text=_("What readers are told at its address once it is unpublished."),
    )
    published_at = models.DateTimeField(_("publication"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("under embargo until"), null=True, blank=True)
    unpublish_at = models.DateTimeField(_("end of publication"), null=True, blank=True)
    # That readers knew of it before dates were set that hide it: by the dates alone nobody could tell.
    has_been_public = models.BooleanField(_("was public"), default=False, editable=False)
    corrected_at = models.DateTimeField(_("updated on substance"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    authors = models.ManyToManyField(
        Author, through="articles.Byline", related_name="articles", verbose_name=_("authors")
    )
    primary_specialty = models.ForeignKey(
        Specialty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        # ``articles_filed`` serves it.
        db_index=False,
        verbose_name=_("main specialty"),
    )
    specialties = models.ManyToManyField(Specialty, blank=True, related_name="articles", verbose_name=_("specialties"))
    tags = TaggableManager(_("tags"), through="articles.ArticleTag", blank=True)
    image = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("image"),
    )
    image_alt = models.CharField(
        _("alternative text of the image"),
        max_length=300,
        blank=True,
        help_text=_("What the image says in this article; without it, the library’s own description."),
    )
    image_is_decorative = models.BooleanField(
        _("decorative image"), default=False, help_text=_("Says nothing here that the text does not.")
    )
    poll = models.ForeignKey(
        Poll,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("reader poll"),
    )
    thread = models.OneToOneField(
        Thread,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="article",
        verbose_name=_("thread"),
    )
    # Set by imports: where the story came from, so that a second import finds it.
    source_id = models.CharField(_("id at the source"), max_length=255, blank=True, editable=False)
    source_digest = models.CharField(_("digest of the source"), max_length=64, blank=True, editable=False)
    # Of our own text right after the import: what differs from it was changed by an editor and is kept.
    taken_digest = models.CharField(_("digest of the text as taken"), max_length=64, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    # What the desk's form shows of it, when that is not what its rows say: a working version, an autosave.
    on_desk: dict[str, Any] | None = None
    dossier_facts: Sequence[dict[str, Any]] = ()  # As ``with_dossiers`` fetches them.

    class Meta:
        """What is always true of a story."""

        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("publish_article", "Can publish articles"),
            ("validate_article", "Can approve articles"),
            ("review_article_medical", "Can review articles as a physician"),
            ("review_article_legal", "Can review articles as a lawyer"),
        ]
        constraints = [
            models.CheckConstraint(
                name="published_article_has_date_and_thread",
                condition=~Q(status__in=["scheduled", "published", "modified"])
                | Q(published_at__isnull=False, thread__isnull=False),
            ),
            models.CheckConstraint(
                name="unpublished_article_was_published",
                condition=~Q(status="unpublished") | Q(thread__isnull=False),
            ),
            models.CheckConstraint(
                name="modified_article_has_a_working_version",
                condition=Q(status="modified", working__isnull=False) | (~Q(status="modified") & Q(working=None)),
            ),
            models.CheckConstraint(
                name="article_in_the_bin_says_since_when",
                condition=Q(status="trash", trashed_at__isnull=False) | (~Q(status="trash") & Q(trashed_at=None)),
            ),
            models.CheckConstraint(
                name="publication_ends_after_it_begins",
                condition=Q(unpublish_at=None) | Q(published_at=None) | Q(unpublish_at__gt=models.F("published_at")),
                violation_error_message=_("Publication ends after it begins."),
            ),
            models.CheckConstraint(
                name="article_says_who_may_read_it",
                condition=Q(audience__in=["public", "registered", "professionals"]),
            ),
            models.UniqueConstraint(name="one_article_a_source_id", fields=["source_id"], condition=~Q(source_id="")),
        ]
        indexes = [
            # Public lists are cut and counted from it alone: what else decides stands beside the order.
            models.Index(
                name="articles_listed",
                fields=["-published_at", "-id"],
                include=["embargo_until", "unpublish_at", "format", "primary_specialty"],
                condition=Q(status__in=["scheduled", "published", "modified"]),
            ),
            # The desk's list, changed last, first: all of it, in one state, within a specialty.
            models.Index(name="articles_changed", fields=["-changed_at", "-id"]),
            models.Index(name="articles_by_state", fields=["status", "-changed_at", "-id"]),
            models.Index(name="articles_filed", fields=["primary_specialty", "-changed_at", "-id"]),
            # What the desk's filters count, read without the rows.
            models.Index(name="articles_counted", fields=["status", "audience", "format", "primary_specialty"]),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render the text, and make an address of the title where there is none; then save.

        What is rendered is stored beside its source and never changed afterwards. A save that names its
        fields renders only when the text is among them.
        """
        fields = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            self.body = normalised(self.body)
            self.body_html = illustrated(self.body)
            self.renderer = RENDERER
            kwargs["update_fields"] = fields if fields is None else {*fields, "body_html", "renderer"}
        if fields is None or "transcript" in fields:
            self.transcript = normalised(self.transcript)
            self.transcript_html = render_transcript(self.transcript)
            kwargs["update_fields"] = fields if fields is None else {*kwargs["update_fields"], "transcript_html"}
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def hold(self) -> None:
        """Read the row anew and hold it until the transaction ends; what was set and not saved is dropped."""
        self.refresh_from_db(from_queryset=Article.objects.select_for_update(of=["self"]))

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:article", args=[self.slug])

    def get_reserved_url(self) -> str:
        """Return the address where those who may read a restricted text read it."""
        return reverse("articles:reserved", args=[self.slug])

    def get_preview_url(self) -> str:
        """Return the address where the newsroom sees it before readers do."""
        return reverse("articles:preview", args=[self.slug])

    @property
    def public_from(self) -> datetime | None:
        """Return when readers may know of it: its hour come and its embargo over; None for a draft, never."""
        if not self.is_released or self.published_at is None:
            return None
        return max(self.published_at, self.embargo_until or self.published_at)

    def is_public_at(self, now: datetime) -> bool:
        """Say whether readers may know of it at ``now``; the same rule as ``published``."""
        is_over = self.unpublish_at is not None and self.unpublish_at <= now
        return self.public_from is not None and self.public_from <= now and not is_over

    def was_public_at(self, now: datetime) -> bool:
        """Say whether readers know of it at ``now``, or knew of it before it was taken back or held back."""
        start = self.public_from
        is_out = start is not None and start <= now and (self.unpublish_at is None or start < self.unpublish_at)
        return is_out or self.has_been_public or self.status == Status.UNPUBLISHED

    def state_at(self, now: datetime) -> str | Promise:
        """Return the word for where it stands at ``now``: what is scheduled is published from its second on."""
        if not self.is_released or self.is_modified:
            return Status(self.status).label
        if self.unpublish_at is not None and self.unpublish_at <= now:
            return Status.UNPUBLISHED.label
        if self.published_at is not None and self.published_at > now:
            return Status.SCHEDULED.label
        return Status.PUBLISHED.label if self.is_public_at(now) else _("Under embargo")

    @property
    def is_released(self) -> bool:
        """Say whether the newsroom has released it (its hour may still be to come)."""
        return self.status in RELEASED

    @property
    def was_released(self) -> bool:
        """Say whether it is or was released: its address is then known outside, and it is kept for ever."""
        return self.is_released or self.status == Status.UNPUBLISHED

    @property
    def is_modified(self) -> bool:
        """Say whether the newsroom works on a version that readers do not see yet."""
        return self.working_id is not None

    def is_readable_by(self, user: Any) -> bool:
        """Say whether the person may read the text of a public article; one query at most."""
        if not self.is_restricted:
            return True
        return can_read_registered(user) if self.audience == Audience.REGISTERED else can_read_professional(user)

    @property
    def lead_alt(self) -> str:
        """Return what the lead image says here: empty where it is decorative or there is none."""
        if self.image is None or self.image_is_decorative:
            return ""
        return self.image_alt or ("" if self.image.is_decorative else self.image.alt)

    @property
    def comment_total(self) -> int:
        """Return the number of comments that lists show."""
        return self.thread.comment_total if self.thread else 0

    @property
    def byline_text(self) -> str:
        """Return the authors as French joins them: "A, B et C"; empty without author."""
        names = [str(byline.author) for byline in self.bylines.all()]
        if len(names) < 2:  # noqa: PLR2004 - two names need an "and"
            return "".join(names)
        return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}

    def _free_slug(self) -> str:
        """Return an address made of the title that no other article has."""
        wanted = slugged(self.title, longest=LONGEST_SLUG - 10) or "article"
        others = Article.objects.exclude(pk=self.pk).filter(slug__startswith=wanted)
        return free_slug(wanted, set(others.values_list("slug", flat=True)))


def _signatures() -> Prefetch[Any]:
    return Prefetch("bylines", queryset=Byline.objects.select_related("author"))
