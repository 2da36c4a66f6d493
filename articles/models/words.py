"""The words that published texts hold, for readers who mistype one."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# Shorter ones are too like each other, longer ones are none.
SHORTEST_WORD: Final = 4
LONGEST_WORD: Final = 30


class Word(models.Model):
    """A word that readers can find something by, folded. Made anew every night by ``articles.vocabulary``."""

    word = models.CharField(_("word"), max_length=LONGEST_WORD, primary_key=True)
    documents = models.PositiveIntegerField(_("documents"))
    length = models.PositiveSmallIntegerField(_("length"))
    # Which of the 26 letters it has, a bit each: a slip of the finger changes two of them at most.
    letters = models.PositiveIntegerField(_("letters"))

    class Meta:
        """Looked up by length."""

        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = [models.Index(name="words_by_length", fields=["length", "letters"])]

    def __str__(self) -> str:
        """Return the word."""
        return self.word


def letters_of(word: str) -> int:
    """Return the letters of a folded word as bits: bit 0 for "a", bit 25 for "z"; what is no letter has none."""
    return sum({1 << (ord(sign) - ord("a")) for sign in word if "a" <= sign <= "z"})
