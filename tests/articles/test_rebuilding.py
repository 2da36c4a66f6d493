from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from newsroom.core.rendering import RENDERER
from newsroom.discussions.models import Comment
from newsroom.discussions.posting import bring_in
from newsroom.pages.models import Page
from tests.factories.articles import ArticleFactory


def rebuilt(*arguments):
    out = StringIO()
    call_command("rebuild_rendered", *arguments, stdout=out)
    return [line.split()[-1] for line in out.getvalue().splitlines()[1:]]


def test_what_an_older_renderer_made_is_made_anew(db):
    old, new = ArticleFactory(), ArticleFactory()
    bring_in(old.thread, text="Bonjour", author_name="Dr A.", at=timezone.now())
    Article.objects.filter(pk=old.pk).update(body_html="<p>ancien</p>", renderer=0)
    Article.objects.filter(pk=new.pk).update(body_html="<p>tel quel</p>")
    Comment.objects.update(html="ancien", renderer=0)
    changed_at = old.changed_at

    counts = rebuilt()

    old.refresh_from_db()
    assert counts == ["1", "1", "0"]
    assert old.body_html == old.body
    assert old.renderer == RENDERER
    assert old.changed_at == changed_at
    assert Comment.objects.get().html == "<p>Bonjour</p>"
    assert Article.objects.get(pk=new.pk).body_html == "<p>tel quel</p>"


def test_everything_is_made_anew_on_demand(db):
    ArticleFactory.create_batch(2)

    assert rebuilt() == ["0", "0", "0"]
    # The texts about the house came with the migrations.
    assert rebuilt("--all") == ["2", "0", str(Page.objects.count())]
