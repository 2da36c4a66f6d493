"""Who signs."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.professions import Civility
from newsroom.core.page_cache.sources import PageSource


class Author(PageSource):
    """A signature of the newsroom: a journalist, a physician who writes, a guest."""

    lists = ("articles",)

    civility = models.CharField(_("civility"), max_length=4, choices=Civility, blank=True)
    name = models.CharField(_("name"), max_length=140)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    role = models.CharField(_("role"), max_length=140, blank=True)
    biography = models.TextField(_("biography"), blank=True)
    interests = models.TextField(_("declared interests"), blank=True)

    class Meta:
        """By name."""

        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]

    def __str__(self) -> str:
        """Return title and name joined by a no-break space: "Dre Marielle Ammouche"."""
        return f"{self.civility}\N{NO-BREAK SPACE}{self.name}" if self.civility else self.name

    def get_absolute_url(self) -> str:
        """Return the address of the author's page."""
        return reverse("articles:author", args=[self.slug])

    @property
    def initials(self) -> str:
        """Return the capitals for a round portrait: first and last word of the name."""
        words = self.name.split()
        return (words[0][:1] + words[-1][:1] if len(words) > 1 else self.name[:2]).upper()
