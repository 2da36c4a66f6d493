"""Which word a reader meant who mistyped it: the nearest of the vocabulary.

The database sifts the vocabulary by length and by which letters a word has, which leaves some hundreds; of those the
distance is measured here, in a few milliseconds.
"""

from typing import Final

from django.db.models import F, Func, IntegerField, Value

from articles.models import Word
from articles.models.words import LONGEST_WORD, SHORTEST_WORD, letters_of
from newsroom.core.folding import folded

# How many words are measured, the likest and most frequent first.
MOST_MEASURED: Final = 300
# From this length on a word may have two slips; a shorter one would be another word.
_LONG: Final = 6


class _Differences(Func):
    """How many of 26 letters two words do not share."""

    template = "bit_count((%(expressions)s)::bit(32))"
    arg_joiner = " # "
    output_field = IntegerField()


def meant_by(typed: str) -> str:
    """Return the folded word that ``typed`` was meant to be; empty where it is known, too short, or like no other.

    Of words equally near the one with the same first letter counts, then the most frequent. One query.
    """
    word = folded(typed)
    if not (SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()):
        return ""
    slips = 2 if len(word) >= _LONG else 1
    differences = _Differences(F("letters"), Value(letters_of(word), output_field=IntegerField()))
    alike = (
        Word.objects.filter(length__range=(len(word) - slips, len(word) + slips))
        .annotate(differences=differences)
        # A slip takes one letter for another: two bits.
        .filter(differences__lte=2 * slips)
        .order_by("differences", "-documents")
        .values_list("word", "documents")[:MOST_MEASURED]
    )
    measured = [
        (distance(word, other, most=slips), other[0] != word[0], -documents, other) for other, documents in alike
    ]
    far, _other_first, _documents, nearest = min(measured, default=(0, False, 0, ""))
    return nearest if 0 < far <= slips else ""


def distance(one: str, other: str, *, most: int) -> int:
    """Return by how many slips two words differ; ``most + 1`` for any more than ``most``.

    A slip is a letter too many, a letter missing, one for another, or two neighbours exchanged (the restricted
    Damerau-Levenshtein distance).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, their in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (sign != their))
            if last and j > 1 and sign == other[j - 2] and one[i - 2] == their:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
