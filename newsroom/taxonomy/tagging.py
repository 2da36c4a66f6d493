"""Tags as editors type them: separated by commas, and by commas only."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.core.desk_search import holding
from newsroom.core.folding import folded, slugged
from newsroom.taxonomy.models import Tag

# What the column of taggit's model holds.
LONGEST_NAME = 100
# What a list under a field shows, and of how many it chooses.
MOST_SUGGESTED = 10
MOST_LOOKED_AT = 200


def tags_from_text(text: str) -> list[str]:
    """Return the names in a comma-separated text, as ``each_once`` spells them.

    "désert médical" without a comma is one tag, not two. Raises ValidationError for a name longer than a tag may
    be: a comma was forgotten.
    """
    names = each_once(text.split(","))
    for name in names:
        if len(name) > LONGEST_NAME:
            message = _("A tag has at most %(most)d signs, and this one has more: “%(beginning)s…”.")
            raise ValidationError(message, params={"most": LONGEST_NAME, "beginning": name[:40]})
    return names


def each_once(names: Iterable[str]) -> list[str]:
    """Return the names, each once whatever its case and accents; a known one comes back as it is spelled already."""
    different: dict[str, str] = {}
    for name in (" ".join(name.split()) for name in names):
        if name:
            different.setdefault(slugged(name) or name, name)
    return list(dict.fromkeys(known(name) for name in different.values()))


def text_from_tags(tags: Iterable[Tag]) -> str:
    """Return tags as the text that an editor edits, in French alphabetical order."""
    return ", ".join(tag.name for tag in sorted(tags, key=lambda tag: tag.folded_name))


def known(name: str) -> str:
    """Return the spelling of the main tag that ``name`` stands for, or ``name`` itself when it is new."""
    tag = Tag.objects.filter(slug=slugged(name)).select_related("synonym_of").first()
    if tag is None:
        return name
    return tag.main.name


def like(typed: str) -> list[Tag]:
    """Return at most ten tags that an editor may mean, each main tag once, names that begin as he typed first.

    Nothing typed is nothing meant. One query; the whole table is read.
    """
    wanted = folded(typed)
    if not wanted:
        return []
    tags = list(holding(Tag.objects.select_related("synonym_of").order_by("name"), ["name"], typed)[:MOST_LOOKED_AT])
    tags.sort(key=lambda tag: (not tag.folded_name.startswith(wanted), tag.synonym_of_id is not None, tag.folded_name))
    each: dict[int, Tag] = {}
    for tag in tags:
        each.setdefault(tag.main.pk, tag)
    return list(each.values())[:MOST_SUGGESTED]
