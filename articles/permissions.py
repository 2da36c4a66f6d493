"""Who may do what with articles."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from articles.models import Article, ReviewRequest, SavedView, Selection
from newsroom.accounts.models import User

Person = User | AnonymousUser


def member(person: Person) -> User:
    """Return the person as an account; raises PermissionDenied for somebody who is not signed in."""
    if not isinstance(person, User):
        raise PermissionDenied
    return person


def account_of(person: Person | None) -> User | None:
    """Return who acts, where that is somebody with an account of this site (imports have none)."""
    return person if isinstance(person, User) and person.pk else None


def can_begin(user: Person) -> bool:
    """Say whether the person may write a new article."""
    return user.has_perm("articles.add_article")


def can_see(user: Person, article: Article) -> bool:
    """Say whether the person may look at the article at the desk, whatever its state."""
    del article  # every editor sees every article
    return user.has_perm("articles.view_article") or user.has_perm("articles.change_article")


def can_write(user: Person, article: Article) -> bool:
    """Say whether the person may change the article's text; nobody writes on what lies in the bin."""
    return user.has_perm("articles.change_article") and article.status != Article.Status.TRASH


def can_publish(user: Person, article: Article) -> bool:
    """Say whether the person may release the article or take it back."""
    del article
    return user.has_perm("articles.publish_article")


def can_correct(user: Person, article: Article) -> bool:
    """Say whether the person may tell readers what was wrong: they read it at once, which is to publish."""
    return user.has_perm("articles.add_correction") and can_publish(user, article)


def can_remark(user: Person, article: Article) -> bool:
    """Say whether the person may comment on the article at the desk: who sees it there."""
    return can_see(user, article)


# Who answers which kind of request.
REVIEWING = {
    ReviewRequest.Kind.EDITORIAL: "articles.validate_article",
    ReviewRequest.Kind.MEDICAL: "articles.review_article_medical",
    ReviewRequest.Kind.LEGAL: "articles.review_article_legal",
}


def can_review(user: Person, request: ReviewRequest) -> bool:
    """Say whether the person may answer the request."""
    return user.has_perm(REVIEWING[ReviewRequest.Kind(request.kind)])


def can_curate(user: Person, selection: Selection) -> bool:
    """Say whether the person may choose what the selection holds."""
    del selection
    return user.has_perm("articles.change_selection")


def can_add_image(user: Person) -> bool:
    """Say whether the person may add to the library."""
    return user.has_perm("articles.add_image")


def can_remove_image(user: Person) -> bool:
    """Say whether the person may take images out of the library, and put them back."""
    return user.has_perm("articles.delete_image")


def can_replace_image(user: Person) -> bool:
    """Say whether the person may put another image in the place of one that readers see."""
    return user.has_perm("articles.publish_article")


def can_check_sources(user: Person) -> bool:
    """Say whether the person may have sources looked up again and decide what a journal's notice means for us."""
    return user.has_perm("articles.change_source")


def can_keep_views(user: Person) -> bool:
    """Say whether the person may keep lists as he has set them."""
    return user.has_perm("articles.add_savedview")


def can_share_views(user: Person) -> bool:
    """Say whether the person may show the whole newsroom lists as he has set them."""
    return user.has_perm("articles.share_savedview")


def can_change_view(user: Person, view: SavedView) -> bool:
    """Say whether the person may change or delete the view: his own, or a shared one where he may share himself."""
    if not user.has_perm("articles.change_savedview"):
        return False
    return view.owner_id == user.pk or (view.is_shared and can_share_views(user))
