"""The article."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.models.authors import Author
from articles.models.images import Image
from articles.models.parts import ArticleTag, Byline
from newsroom.accounts.permissions import can_read_professional
from newsroom.core.folding import slugged
from newsroom.core.rendering import RENDERER, normalised, plain_text, render_article, stored
from newsroom.core.slugging import free_slug
from newsroom.discussions.models import Thread
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Poll

LONGEST_SLUG = 120
# Words a minute of silent reading in French (Brysbaert, "How many words do we read per minute?", 2019).
READING_SPEED = 214
# "Most commented" looks back this far, so that it names what is discussed now.
TALKED_ABOUT = timedelta(days=30)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Which articles. Everything public starts from ``published``, which looks at the clock."""

    def published(self, now: datetime | None = None) -> Self:
        """Return what readers may know of at ``now``: published, its hour come, its embargo over."""
        now = now or timezone.now()
        return self.filter(
            Q(embargo_until=None) | Q(embargo_until__lte=now),
            status=Article.Status.PUBLISHED,
            published_at__lte=now,
        )

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
        return self.filter(format=Article.Format.PODCAST)

    def to_read(self) -> Self:
        """Return what is not listened to."""
        return self.exclude(format=Article.Format.PODCAST)

    def withdrawn(self) -> Self:
        """Return what was published once and is a draft again."""
        return self.filter(status=Article.Status.DRAFT, thread__isnull=False)

    def most_commented(self, now: datetime | None = None) -> Self:
        """Return the commented articles of the last 30 days, the most discussed first."""
        since = (now or timezone.now()) - TALKED_ABOUT
        talked_about = self.published(now).filter(published_at__gte=since, thread__comment_count__gt=0)
        return talked_about.order_by("-thread__comment_count", "-published_at", "-id")

    def for_row(self) -> Self:
        """Fetch what a title with its line of facts shows, without the signature and without the text."""
        return self.select_related("thread", "primary_specialty").defer("body", "body_html")

    def for_listing(self) -> Self:
        """Fetch what a list shows, in a number of queries that does not depend on how many there are."""
        return self.for_row().select_related("image").prefetch_related(_signatures())

    def for_page(self) -> Self:
        """Fetch what the article's page shows. Corrections are left out: few articles have any."""
        related = self.select_related("image", "thread", "primary_specialty", "poll")
        return related.prefetch_related(_signatures(), "tags", "references")


class Article(models.Model):  # type: ignore[django-manager-missing] # taggit has no types
    """A story of any format. Its HTML is rendered when it is saved; its thread hangs under it for ever."""

    class Status(models.TextChoices):
        """Where the story stands."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", pgettext_lazy("article", "Published")

    class Format(models.TextChoices):
        """What kind of story."""

        ARTICLE = "article", _("Article")
        INTERVIEW = "interview", _("Interview")
        REPORT = "report", pgettext_lazy("format", "Report")
        CASE = "case", _("Clinical case")
        PODCAST = "podcast", _("Podcast")
        VIDEO = "video", _("Video")

    class Audience(models.TextChoices):
        """Who may read the text."""

        PUBLIC = "public", _("Everybody")
        PROFESSIONALS = "professionals", _("Verified health professionals")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=LONGEST_SLUG, unique=True, blank=True)
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_html = models.TextField(_("rendered text"), blank=True, editable=False)
    renderer = models.PositiveSmallIntegerField(_("renderer"), default=RENDERER, editable=False)
    key_points = models.TextField(_("key points"), blank=True, help_text=_("One a line, four at most."))
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.ARTICLE)
    audience = models.CharField(_("who may read it"), max_length=15, choices=Audience, default=Audience.PUBLIC)
    sponsor = models.CharField(
        _("sponsor"),
        max_length=140,
        blank=True,
        help_text=_("Whoever paid for it: the page then says that it is partner content."),
    )

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("publication"), null=True, blank=True)
    embargo_until = models.DateTimeField(_("under embargo until"), null=True, blank=True)
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
    audio = models.FileField(
        _("audio file"),
        upload_to="audio/%Y/%m/",
        blank=True,
        max_length=255,
        validators=[FileExtensionValidator(["mp3", "m4a", "ogg"])],
    )
    audio_seconds = models.PositiveIntegerField(_("duration of the audio"), default=0, help_text=_("In seconds."))
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

    class Meta:
        """What is always true of a story."""

        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("publish_article", "Can publish articles")]
        constraints = [
            models.CheckConstraint(
                name="published_article_has_date_and_thread",
                condition=~Q(status="published") | Q(published_at__isnull=False, thread__isnull=False),
            ),
            models.UniqueConstraint(name="one_article_a_source_id", fields=["source_id"], condition=~Q(source_id="")),
        ]
        indexes = [
            models.Index(
                name="articles_published",
                fields=["-published_at", "-id"],
                condition=Q(status="published"),
            ),
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
            self.body_html = render_article(self.body)
            self.renderer = RENDERER
            kwargs["update_fields"] = fields if fields is None else {*fields, "body_html", "renderer"}
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:article", args=[self.slug])

    def get_reserved_url(self) -> str:
        """Return the address where professionals read what is reserved for them."""
        return reverse("articles:reserved", args=[self.slug])

    def get_preview_url(self) -> str:
        """Return the address where the newsroom sees it before readers do."""
        return reverse("articles:preview", args=[self.slug])

    @property
    def public_from(self) -> datetime | None:
        """Return when readers may know of it: its hour come and its embargo over; None for a draft, never."""
        if not self.is_published or self.published_at is None:
            return None
        return max(self.published_at, self.embargo_until or self.published_at)

    def is_public_at(self, now: datetime) -> bool:
        """Say whether readers may know of it at ``now``; the same rule as ``published``."""
        return self.public_from is not None and self.public_from <= now

    @property
    def is_published(self) -> bool:
        """Say whether the newsroom has released it (its hour may still be to come)."""
        return self.status == Article.Status.PUBLISHED

    @property
    def was_published(self) -> bool:
        """Say whether it ever was released: its address is then known outside and stays."""
        return self.thread_id is not None

    @property
    def is_podcast(self) -> bool:
        """Say whether it is listened to."""
        return self.format == Article.Format.PODCAST

    @property
    def is_sponsored(self) -> bool:
        """Say whether somebody paid for it."""
        return bool(self.sponsor)

    @property
    def is_for_professionals(self) -> bool:
        """Say whether its text is reserved."""
        return self.audience == Article.Audience.PROFESSIONALS

    def is_readable_by(self, user: Any) -> bool:
        """Say whether the person may read the text of a public article."""
        return not self.is_for_professionals or can_read_professional(user)

    @property
    def reading_minutes(self) -> int:
        """Return the time that reading the text takes, in whole minutes, at least one."""
        return max(1, round(len(plain_text(self.body_html).split()) / READING_SPEED))

    @property
    def audio_minutes(self) -> int:
        """Return the duration in whole minutes, at least one where there is any."""
        return max(1, round(self.audio_seconds / 60)) if self.audio_seconds else 0

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

    @property
    def key_point_list(self) -> list[str]:
        """Return the key points, one an item."""
        return [line.strip() for line in self.key_points.splitlines() if line.strip()]

    @property
    def safe_body(self) -> SafeString:
        """Return the rendered text for templates."""
        return stored(self.body_html)

    def _free_slug(self) -> str:
        """Return an address made of the title that no other article has."""
        wanted = slugged(self.title, longest=LONGEST_SLUG - 10) or "article"
        others = Article.objects.exclude(pk=self.pk).filter(slug__startswith=wanted)
        return free_slug(wanted, set(others.values_list("slug", flat=True)))


def _signatures() -> Prefetch[Any]:
    return Prefetch("bylines", queryset=Byline.objects.select_related("author"))
