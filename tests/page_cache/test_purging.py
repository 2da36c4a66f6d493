"""What pages are made from changes, and they are gone: at once after commit, all of them, and no others."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from articles.contents import content_of
from articles.publishing import publish
from articles.writing import write
from newsroom.core.page_cache import purging
from newsroom.core.page_cache.entries import Entry
from newsroom.core.page_cache.purging import changed, purge
from newsroom.core.page_cache.store import page_store
from newsroom.discussions.moderating import reject
from newsroom.discussions.posting import bring_in, post
from newsroom.events.delivery import deliver
from newsroom.events.models import Event
from newsroom.scheduling.planning import plan
from polls.models import Choice, Poll
from polls.voting import vote
from tests.factories.accounts import PhysicianFactory, staff
from tests.factories.articles import ArticleFactory, AuthorFactory, SpecialtyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something as one committed transaction."""

    def do(act, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            return act(*args, **kwargs)

    return do


def is_kept(visitor, address):
    return visitor.get(address).headers.get("x-cache") == "HIT"


def test_a_removed_comment_is_gone_at_once(visitor, committed):
    story = ArticleFactory()
    said = bring_in(story.thread, text="Un propos à retirer", author_name="Anne", at=timezone.now())
    address = story.get_absolute_url()
    assert "Un propos à retirer" in visitor.get(address).body.decode()
    assert is_kept(visitor, address)

    committed(reject, said, staff("moderator"), reason="Publicité")

    assert "Un propos à retirer" not in visitor.get(address).body.decode()


def test_a_new_comment_is_seen_and_counted_at_once(visitor, committed):
    story, other = ArticleFactory(), ArticleFactory()
    visitor.get(story.get_absolute_url())
    visitor.get(other.get_absolute_url())

    committed(bring_in, story.thread, text="Un propos neuf", author_name="Anne", at=timezone.now())

    body = visitor.get(story.get_absolute_url()).body.decode()
    assert "Un propos neuf" in body
    assert is_kept(visitor, story.get_absolute_url())


def test_a_comment_leaves_the_pages_of_other_threads_alone(visitor, committed):
    poll = Poll.objects.create(question="Une question ?", slug="une-question", opens_at=timezone.now())
    Choice.objects.create(poll=poll, label="a", position=1)
    story = ArticleFactory()
    visitor.get(poll.get_absolute_url())
    visitor.get(story.get_absolute_url())

    committed(bring_in, story.thread, text="Un propos", author_name="Anne", at=timezone.now())

    assert is_kept(visitor, poll.get_absolute_url())
    assert not is_kept(visitor, story.get_absolute_url())


def page_names(visitor, story):
    return set(visitor.get(story.get_absolute_url()).headers["surrogate-key"].split())


def test_a_page_names_what_it_was_made_from(visitor):
    specialty, author = SpecialtyFactory(), AuthorFactory()
    story = ArticleFactory(primary_specialty=specialty)
    story.bylines.create(author=author, position=1)

    names = page_names(visitor, story)

    assert {
        f"article:{story.pk}",
        f"thread:{story.thread_id}",
        f"specialty:{specialty.pk}",
        f"author:{author.pk}",
        "articles",
        "clock",
    } <= names


def test_changes_are_seen_when_they_are_published(visitor, committed):
    chief, author = staff("editor in chief"), AuthorFactory()
    story = ArticleFactory(title="Avant")
    address = story.get_absolute_url()
    visitor.get(address)
    content = {
        **content_of(story),
        "title": "Après",
        "bylines": [{"author": author.pk, "role": "", "affiliation": "", "interests": ""}],
    }

    committed(write, story, content, by=chief)
    assert "Avant" in visitor.get(address).body.decode()
    committed(publish, story, by=chief)

    assert "Après" in visitor.get(address).body.decode()


@pytest.mark.parametrize("what", ["specialty", "author"])
def test_a_new_name_is_seen_on_every_page_that_bears_it(visitor, committed, what):
    specialty, author = SpecialtyFactory(name="Avant"), AuthorFactory(name="Avant")
    story = ArticleFactory(primary_specialty=specialty)
    story.bylines.create(author=author, position=1)
    visitor.get(story.get_absolute_url())
    row = {"specialty": specialty, "author": author}[what]
    row.name = "Tout neuf"

    committed(row.save)

    assert "Tout neuf" in visitor.get(story.get_absolute_url()).body.decode()


def test_a_vote_is_counted_on_the_page_at_once(visitor, committed):
    poll = Poll.objects.create(question="Une question ?", slug="une-question", opens_at=timezone.now())
    choice, _other = (Choice.objects.create(poll=poll, label=label, position=n) for n, label in enumerate("ab", 1))
    visitor.get(poll.get_absolute_url())
    assert is_kept(visitor, poll.get_absolute_url())

    committed(vote, poll, choice, PhysicianFactory())

    assert not is_kept(visitor, poll.get_absolute_url())


def test_what_is_rolled_back_takes_nothing_away(visitor, django_capture_on_commit_callbacks):
    story = ArticleFactory()
    visitor.get(story.get_absolute_url())

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        changed(f"article:{story.pk}")
        transaction.set_rollback(True)

    assert is_kept(visitor, story.get_absolute_url())


def test_the_names_of_one_transaction_are_purged_together(kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        changed("article:1")
        changed("article:2", "articles")
        with transaction.atomic():
            changed("thread:3")

    assert [one.names for one in callbacks] == [{"article:1", "article:2", "articles"}, {"thread:3"}]


def test_with_the_cache_off_nothing_is_asked_of_redis(settings, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE = False

    with django_capture_on_commit_callbacks() as callbacks:
        changed("article:1")

    assert callbacks == []


def test_a_page_that_was_being_made_when_its_source_changed_is_not_kept(kept):
    store = page_store()
    begun = store.begin("/x/", "me")
    entry = Entry(headers=[], body=b"old", stored_at=0, fresh_until=0, kept_until=timezone.now().timestamp() + 60)

    purge("article:1")

    assert not store.keep("/x/", entry, {"article:1", "articles"}, begun=begun.at, token="me")
    assert store.read("/x/", "br") is None


def test_a_page_made_after_the_purge_is_kept(kept):
    store = page_store()
    purge("article:1")
    begun = store.begin("/x/", "me")
    now = timezone.now().timestamp()
    entry = Entry(headers=[], body=b"new", stored_at=now, fresh_until=now + 60, kept_until=now + 60)

    assert store.keep("/x/", entry, {"article:1"}, begun=begun.at, token="me")
    assert store.read("/x/", "identity").body == b"new"
    assert purge("article:1") == 1
    assert store.read("/x/", "identity") is None


def test_a_purge_that_redis_did_not_hear_is_made_later(kept, monkeypatch, committed):
    def deaf(*_names):
        raise RedisError

    with monkeypatch.context() as away:
        away.setattr(purging, "purge", deaf)
        committed(changed, "article:1", "articles")
    event = Event.objects.get(kind="pages.PurgeMissed")
    assert event.payload == {"names": ["article:1", "articles"]}

    assert deliver(event.pk)


def test_a_fact_purges_again_when_it_is_delivered(visitor, settings, django_capture_on_commit_callbacks):
    story = ArticleFactory()
    chief = staff("editor in chief")
    with django_capture_on_commit_callbacks():  # the process dies before it tells the cache
        from articles.workflow.moving import move
        from articles.workflow.steps import Act

        visitor.get(story.get_absolute_url())
        move(story, Act.UNPUBLISH, chief, notice="Retiré")
    assert is_kept(visitor, story.get_absolute_url())

    for event in Event.objects.filter(kind__startswith="articles."):
        deliver(event.pk)

    assert visitor.get(story.get_absolute_url()).status == 410


def test_a_page_is_not_fresh_past_the_next_release(visitor, kept, settings):
    story = ArticleFactory()
    with transaction.atomic():
        plan("articles.publish", story.pk, timezone.now() + timedelta(seconds=20))

    headers = visitor.get(story.get_absolute_url()).headers

    assert "s-maxage=1," in headers["cache-control"]
    (key,) = kept.keys("*page:/articles/*")
    assert kept.pttl(key) <= 20_000


def test_planning_something_soon_purges_every_page(visitor, committed):
    story = ArticleFactory()
    visitor.get(story.get_absolute_url())

    committed(plan, "articles.publish", story.pk, timezone.now() + timedelta(minutes=5))

    assert not is_kept(visitor, story.get_absolute_url())


def test_planning_something_far_away_purges_nothing(visitor, committed):
    story = ArticleFactory()
    visitor.get(story.get_absolute_url())

    committed(plan, "articles.publish", story.pk, timezone.now() + timedelta(days=2))

    assert is_kept(visitor, story.get_absolute_url())


def test_a_comment_of_a_member_is_seen_when_it_is_published(visitor, committed, settings):
    settings.FIRST_MESSAGES_READ = 0
    story = ArticleFactory()
    visitor.get(story.get_absolute_url())

    committed(post, story.thread, by=PhysicianFactory(), text="Un avis de confrère, mesuré.")

    assert "Un avis de confrère" in visitor.get(story.get_absolute_url()).body.decode()
