import pytest

from newsroom.core.rendering import RENDERER
from newsroom.discussions import rebuilding
from newsroom.discussions.models import Comment
from newsroom.discussions.rebuilding import rebuild_comments
from tests.factories.discussions import ThreadFactory, comment_in


@pytest.mark.django_db
def test_only_what_an_older_renderer_made_is_rendered_anew():
    thread = ThreadFactory()
    old, current = comment_in(thread), comment_in(thread)
    Comment.objects.update(html="périmé", card="périmé")
    Comment.objects.filter(pk=old.pk).update(renderer=RENDERER - 1)

    rebuilt = rebuild_comments()

    old.refresh_from_db()
    current.refresh_from_db()
    assert rebuilt == 1
    assert (old.html, old.renderer) == ("<p>Un avis mesuré.</p>", RENDERER)
    assert f'id="c-{old.pk}"' in old.card
    assert current.card == "périmé"


@pytest.mark.django_db
def test_everything_can_be_rendered_anew_in_batches(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    thread = ThreadFactory()
    root = comment_in(thread)
    for _count in range(4):
        comment_in(thread, parent=root)
    cards = list(Comment.objects.order_by("pk").values_list("card", flat=True))
    Comment.objects.update(html="périmé", card="périmé")

    rebuilt = rebuild_comments(everything=True)

    assert rebuilt == 5
    assert list(Comment.objects.order_by("pk").values_list("card", flat=True)) == cards


@pytest.mark.django_db
def test_rebuilding_costs_the_same_queries_for_one_and_three(django_assert_num_queries):
    thread = ThreadFactory()
    root = comment_in(thread)

    with django_assert_num_queries(6):
        rebuild_comments(everything=True)
    comment_in(thread, parent=root)
    comment_in(thread, parent=root)
    with django_assert_num_queries(6):
        rebuild_comments(everything=True)
