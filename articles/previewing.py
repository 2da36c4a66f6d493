"""Seeing an article as if what the newsroom works on were already what readers see."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from articles.contents import COLUMNS, Content, content_of, lay_over, put_rows, without_what_is_gone
from articles.models import Article


@contextmanager
def as_if(article: Article, content: Content) -> Iterator[Article]:
    """Yield the article as its page would find it if ``content`` were published; nothing of it stays.

    The content is really written, so that the real template asks real rows, and everything is rolled back when the
    block ends. The article's row is locked meanwhile: render inside, and nothing else.
    """
    with transaction.atomic():
        held = Article.objects.select_for_update(of=["self"]).get(pk=article.pk)
        content, before = without_what_is_gone(content)[0], content_of(held)
        if content != before:
            lay_over(held, content)
            held.save(update_fields=COLUMNS)
            put_rows(held, content, before)
        yield Article.objects.for_page().get(pk=article.pk)
        transaction.set_rollback(True)
