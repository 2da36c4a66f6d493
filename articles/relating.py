"""Which articles go with one: found when readers first see it or it is filed anew, and stored."""

from django.db import connection, transaction
from django.db.models import Case, Count, Q, Value, When

from articles.models import Article, ArticleTag, Related
from articles.models.related import MOST_RELATED
from newsroom.core.page_cache.purging import changed


@transaction.atomic
def relate(article_id: int) -> list[int]:
    """Store anew which articles go with the article, and with each of those; return the keys of all of them.

    So the new one also stands beside the older ones that it goes with. Called by a listener after the commit of what
    changed it; called twice, it finds the same. An article that is gone is like one without relations.
    """
    article = Article.objects.filter(pk=article_id).only("pk", "primary_specialty_id").first()
    if article is None:
        return []
    with connection.cursor() as cursor:
        # One at a time: two articles that go with each other would else wait for each other's rows.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles.relating'))")
    others = _store(article)
    for other in Article.objects.filter(pk__in=others).only("pk", "primary_specialty_id"):
        _store(other)
    return [article.pk, *others]


def _store(article: Article) -> list[int]:
    found = _found(article)
    known = list(Related.objects.filter(article=article).order_by("position").values_list("other", flat=True))
    if found != known:
        Related.objects.filter(article=article).delete()
        rows = [Related(article=article, other_id=key, position=place) for place, key in enumerate(found, start=1)]
        Related.objects.bulk_create(rows)
        changed(f"article:{article.pk}")
    return found


def _found(article: Article) -> list[int]:
    """Return the keys of the newsroom's own stories that go with it, best first: shared tags, then the specialty.

    What is released and still to come is among them: the clock says when it is shown. Partners' stories never are.
    """
    tags = list(ArticleTag.objects.filter(content_object=article).values_list("tag", flat=True))
    alike = Q(pk__in=ArticleTag.objects.filter(tag__in=tags).values("content_object_id")) if tags else Q(pk=None)
    shared = Count("article_tags", filter=Q(article_tags__tag__in=tags))
    same: Case | Value = Value(0)
    if article.primary_specialty_id is not None:
        is_same = Q(primary_specialty=article.primary_specialty_id)
        alike |= is_same
        same = Case(When(is_same, then=1), default=0)
    candidates = Article.objects.released().own().exclude(pk=article.pk).filter(alike)
    ranked = candidates.annotate(alike=shared + same).order_by("-alike", "-published_at", "-id")
    return list(ranked.values_list("pk", flat=True)[:MOST_RELATED])
