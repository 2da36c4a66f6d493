"""Who may do what with articles."""

from django.contrib.auth.models import AnonymousUser

from articles.models import Article, Selection
from newsroom.accounts.models import User

Person = User | AnonymousUser


def can_write(user: Person, article: Article) -> bool:
    """Say whether the person may change the article's text."""
    del article  # every editor works on every article
    return user.has_perm("articles.change_article")


def can_publish(user: Person, article: Article) -> bool:
    """Say whether the person may release the article or take it back."""
    del article
    return user.has_perm("articles.publish_article")


def can_curate(user: Person, selection: Selection) -> bool:
    """Say whether the person may choose what the selection holds."""
    del selection
    return user.has_perm("articles.change_selection")


def can_add_image(user: Person) -> bool:
    """Say whether the person may add to the library."""
    return user.has_perm("articles.add_image")
