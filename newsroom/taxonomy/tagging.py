"""Tags as editors type them: separated by commas, and by commas only."""

from collections.abc import Iterable

from newsroom.core.folding import slugged
from newsroom.taxonomy.models import Tag


def tags_from_text(text: str) -> list[str]:
    """Return the names in a comma-separated text, each once; a known name comes back as it is spelled already.

    "désert médical" without a comma is one tag, not two.
    """
    names: dict[str, str] = {}
    for part in text.split(","):
        name = " ".join(part.split())
        if name:
            names.setdefault(slugged(name) or name, name)
    return [known(name) for name in names.values()]


def text_from_tags(tags: Iterable[Tag]) -> str:
    """Return tags as the text that an editor edits, in French alphabetical order."""
    return ", ".join(tag.name for tag in sorted(tags, key=lambda tag: tag.folded_name))


def known(name: str) -> str:
    """Return the spelling of the main tag that ``name`` stands for, or ``name`` itself when it is new."""
    tag = Tag.objects.filter(slug=slugged(name)).select_related("synonym_of").first()
    if tag is None:
        return name
    return (tag.synonym_of or tag).name
