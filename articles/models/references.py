"""The sources that articles rest on, as their editors list them."""

from dataclasses import replace

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.citing import identifiers
from articles.citing.exports import Cited
from articles.citing.works import Work
from articles.models.cited_works import Source, is_pmid, link_of

# A DOI as its handbook has it: directory indicator 10, registrant code, a slash, a suffix without spaces
# (DOI Handbook, section 2.2).
is_doi = RegexValidator(identifiers.WHOLE_DOI, _("A DOI looks like 10.1038/s41586-025-08974-4."))


def bare_doi(text: str) -> str:
    """Return the DOI in ``text``, however it was pasted; ``text`` itself, stripped, where there is none."""
    return identifiers.doi_of(text) or text.strip()


class Reference(models.Model):
    """A source in an article's list: its place, and what the editor typed.

    ``text`` wins over the citation that registers allow; without it the citation is made of the ``source``, and until
    a register has answered the identifier stands for it. Rows are replaced whenever the article is saved; what was
    learnt of a work stays with its ``source``, which ``articles.sourcing.attach_sources`` finds again.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="references")
    text = models.CharField(
        _("reference"), max_length=500, blank=True, help_text=_("Left empty, it is made of the DOI or PMID.")
    )
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[is_doi])
    pmid = models.CharField(_("PMID"), max_length=8, blank=True, validators=[is_pmid])
    url = models.URLField(_("address"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="references",
        verbose_name=_("source"),
    )

    class Meta:
        """Numbered in order."""

        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_reference_says_what_it_refers_to",
                condition=~Q(text="", doi="", pmid="", url=""),
                violation_error_message=_("Give a DOI, a PMID, an address or the text of the reference."),
            ),
        ]

    def __str__(self) -> str:
        """Return the reference as readers see it: its words, or what identifies it."""
        return self.told or self.identifier

    @property
    def told(self) -> str:
        """Return the words: what was typed, else the source's citation; empty while only an identifier is known."""
        return self.text or (self.source.citation if self.source else "")

    @property
    def identifier(self) -> str:
        """Return what it is known by: "doi:10.5555/12345678", "PMID 12345678" or its address; empty for bare text."""
        if self.doi:
            return f"doi:{self.doi}"
        return f"PMID\N{NO-BREAK SPACE}{self.pmid}" if self.pmid else self.url

    @property
    def link(self) -> str:
        """Return where the source can be read: its DOI's resolver first, PubMed, then its own address."""
        return link_of(self.doi, self.pmid) or self.url

    @property
    def cited(self) -> Cited:
        """Return it as a plain value for exports: the source's columns, or the identifiers while nothing is known."""
        known = self.source.work if self.source and self.source.is_known else Work()
        work = replace(known, doi=self.doi or known.doi, pmid=self.pmid or known.pmid)
        return Cited(work, self.text, self.link)
