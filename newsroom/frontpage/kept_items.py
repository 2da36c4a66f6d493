"""What is kept of feeds: each article's items as they are written, and what a feed looked like when it last changed."""

from django.db import models

from articles.models import Article


class FeedItem(models.Model):
    """An article's items, written once in each way. The database makes the row with the article.

    Whatever an item tells (words, signatures, tags, pictures) empties ``maker`` when it changes, by triggers, so that
    no verb and no import can forget it; the next feed that shows the article writes its items anew.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="feed_item")
    # By which version of the writers, for which addresses; empty where the items must be written.
    maker = models.CharField(max_length=16, db_default="")
    # Of all that is written: another one, and every feed with the article in it is another feed.
    digest = models.CharField(max_length=16, db_default="")
    rss = models.TextField(db_default="")
    atom = models.TextField(db_default="")
    json = models.TextField(db_default="")
    podcast = models.TextField(db_default="")
    # Given once, in the order of publication, and kept whatever becomes of the others.
    episode = models.PositiveIntegerField(null=True, unique=True)

    def __str__(self) -> str:
        """Return the article's key."""
        return str(self.article_id)


class FeedMemory(models.Model):
    """Since when a feed has looked as it does: no date in it says that an item has gone, or that the order is another.

    One row a feed that somebody has asked for.
    """

    # The feed's address.
    key = models.CharField(max_length=400, primary_key=True)
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the feed's address."""
        return self.key
