"""What articles do when something has happened to one of them. Idempotent: a fact may be delivered twice."""

from articles.events import ArticleChanged, ArticlePublished
from articles.models import Article
from articles.relating import relate
from articles.share_images import keep


def refresh_related(fact: ArticlePublished | ArticleChanged) -> None:
    """Find anew which articles go with an article that readers now see, or that is filed otherwise."""
    relate(fact.article_id)


def draw_share_image(fact: ArticlePublished | ArticleChanged) -> None:
    """Draw the picture of an article's link once readers may know of it, and anew when its title has changed."""
    found = Article.objects.published().select_related("primary_specialty").defer("body", "body_html")
    story = found.filter(pk=fact.article_id).first()
    if story is not None:
        keep(story)
