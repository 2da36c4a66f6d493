"""The cards that stand in lists and are kept by themselves: made again where a list that is kept has lost some."""

from articles.models import Article
from newsroom.core.page_cache.pieces import Part
from newsroom.core.story_cards import card_part, shape_of


def cards_again(keys: list[str]) -> dict[str, Part]:
    """Return the cards with these keys (``card:<article>:<shape>``), in as many queries for one as for all.

    An article that readers no longer know of has none, and its key is left out.
    """
    wanted = {key: key.split(":") for key in keys if key.startswith("card:")}
    stories = (
        Article.objects.published().for_listing().in_bulk({int(story) for _card, story, _shape in wanted.values()})
    )
    return {
        key: card_part(stories[int(story)], shape_of(shape))
        for key, (_card, story, shape) in wanted.items()
        if int(story) in stories
    }
