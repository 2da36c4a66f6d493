"""The sources that articles rest on."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# A DOI as its handbook has it: directory indicator 10, registrant code, a slash, a suffix without spaces
# (DOI Handbook, section 2.2).
is_doi = RegexValidator(r"^10\.\d{4,9}(\.\d+)*/\S+$", _("A DOI looks like 10.1038/s41586-025-08974-4."))

# What people put before a DOI: the resolver's address, or the word.
DOI_PREFIXES = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:")


def bare_doi(text: str) -> str:
    """Return the DOI in ``text`` without what people put before it; says nothing about whether it is one."""
    doi = text.strip()
    prefix = next((prefix for prefix in DOI_PREFIXES if doi.lower().startswith(prefix)), "")
    return doi[len(prefix) :].strip()


class Reference(models.Model):
    """A source that the article rests on."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="references")
    text = models.CharField(_("reference"), max_length=500)
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[is_doi])
    url = models.URLField(_("address"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        """Numbered in order."""

        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Return the reference."""
        return self.text

    @property
    def link(self) -> str:
        """Return where the source can be read: its DOI's resolver first."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
