"""What is promised of the demo newsroom, counted after a real load.

Loading takes seconds, so one load serves every test of the class: `setUpTestData` is the one thing for which a
test of this house is a method.
"""

import re
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Author, Selection
from debates.models import Argument, Debate
from newsroom.accounts.models import User
from newsroom.audience.reading import DAY, WEEK, most_read
from newsroom.demo.loading import load
from newsroom.discussions.models import Comment, Thread
from newsroom.events.models import Event
from newsroom.moderation.models import Decision, Report
from newsroom.servers.logins import LOGINS
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Poll

MODELS = (
    Article,
    Author,
    Comment,
    Debate,
    Decision,
    Event,
    Poll,
    Report,
    Selection,
    Specialty,
    Tag,
    Thread,
    User,
)


def sizes():
    """Return how many rows every table of the demo holds."""
    return {model: model.objects.count() for model in MODELS}


class TestLoadedNewsroom(TestCase):
    """The demo newsroom, loaded once by its command."""

    @classmethod
    def setUpTestData(cls):
        cls.printed = StringIO()
        call_command("demo_data", stdout=cls.printed)

    def test_the_newsroom_is_as_promised_and_a_second_load_changes_nothing(self):
        before = sizes()

        is_loaded_again = load()

        assert not is_loaded_again
        assert sizes() == before
        assert (before[Specialty], before[Article], before[Debate]) == (8, 40, 4)
        assert Author.objects.exclude(articles__sponsor__gt="").distinct().count() == 6
        assert Poll.objects.standalone().count() == 3
        assert User.objects.count() == 60 + len(LOGINS)
        assert Article.objects.published().count() == 38
        assert {s.slug: s.editions.get().items.count() for s in Selection.objects.all()} == {
            "redaction": 14,
            "la-revue-du-praticien": 5,
        }
        assert Selection.objects.get(slug="la-revue-du-praticien").is_partner

    def test_what_readers_see_was_read_and_nothing_else(self):
        public = set(Article.objects.published().values_list("pk", flat=True))

        read = most_read(DAY, 200)

        assert len(read) > 10
        assert set(read) | set(most_read(WEEK, 200)) <= public

    def test_debates_and_polls_are_counted_exactly(self):
        now = timezone.now()
        debate = Debate.objects.get(slug="stocker-des-vaccins-au-cabinet")

        assert debate.question == "Etes-vous prêt à stocker des vaccins au cabinet?"
        assert debate.is_open
        assert [(c.label, c.arguments.count()) for c in debate.poll.choices.all()] == [("Oui", 22), ("Non", 18)]
        assert debate.poll.vote_count == debate.poll.votes.count() == 50
        featured = Argument.objects.featured().filter(debate=debate).values_list("author__last_name", flat=True)
        assert sorted(featured) == ["Belkhodra", "Lanvézac"]
        assert Debate.objects.filter(poll__closes_at__lte=now).exclude(summary="").count() == 1
        polls = {poll.slug: poll for poll in Poll.objects.standalone()}
        assert sorted(poll.vote_count for poll in polls.values()) == [19, 41, 49]
        assert sum(poll.is_open for poll in polls.values()) == 2
        for poll in Poll.objects.with_choices():
            assert poll.vote_count == sum(choice.vote_count for choice in poll.choices.all()) == poll.votes.count()

    def test_readers_know_of_the_threads_whose_owners_they_know_and_of_no_others(self):
        owners = (Article.objects.published(), Debate.objects.published())

        expected = {pk for owned in owners for pk in owned.values_list("thread", flat=True)}
        assert set(Thread.objects.public().values_list("pk", flat=True)) == expected
        for debate in Debate.objects.select_related("poll", "thread"):
            assert debate.thread.is_open == debate.is_open
            assert debate.thread.closed_at == debate.poll.closes_at

    def test_the_desk_has_work_and_the_threads_add_up(self):
        assert Comment.objects.held().count() == 12
        assert not Comment.objects.held().filter(held_because="").exists()
        assert Report.objects.open().values("comment").distinct().count() == 4
        assert sorted(Decision.objects.values_list("after", flat=True)) == ["rejected", "rejected", "removed"]
        busiest = Thread.objects.order_by("-comment_count")[0]
        assert busiest.comments.published().filter(depth=0).count() > 25
        for thread in Thread.objects.all():
            assert thread.comment_count == thread.comments.published().count()
        assert not Comment.objects.filter(created_at__gt=timezone.now()).exists()

    def test_the_demo_people_can_sign_in(self):
        for login in LOGINS:
            person = User.objects.get(email=login.email)

            assert person.check_password(login.password)
            assert person.emailaddress_set.get().verified
        assert User.objects.get(email="moderation@demo.test").has_perm("discussions.moderate_comment")
        assert User.objects.get(email="chef@demo.test").has_perm("articles.publish_article")
        assert User.objects.get(email="medecin@demo.test").is_verified_physician
        assert not User.objects.get(email="lecteur@demo.test").is_verified_professional

    def test_every_link_among_the_content_leads_somewhere(self):
        pages = [
            *Article.objects.published(),
            *Debate.objects.select_related("poll"),
            *Poll.objects.standalone(),
            *Specialty.objects.all(),
            *Author.objects.all(),
            *Selection.objects.all(),
            *Tag.objects.filter(synonym_of=None),
        ]

        answers = {page.get_absolute_url(): self.client.get(page.get_absolute_url()).status_code for page in pages}

        assert {address: code for address, code in answers.items() if code != 200} == {}

    def test_what_is_not_public_stays_away(self):
        hidden = Article.objects.exclude(pk__in=Article.objects.published())

        assert hidden.count() == 2
        for article in hidden:
            assert self.client.get(article.get_absolute_url()).status_code == 404

    def test_files_and_calls_of_the_articles_are_there(self):
        podcast = Article.objects.get(format="podcast")

        assert default_storage.exists(podcast.audio.name)
        assert "Bonjour, et bienvenue" in podcast.transcript_html
        assert len(podcast.chapters) == 3
        for article in Article.objects.select_related("image"):
            assert default_storage.exists(article.image.file.name)
            calls = {int(number) for number in re.findall(r'href="#ref-(\d+)"', article.body_html)}
            assert calls <= set(range(1, article.references.count() + 1))

    def test_the_command_prints_a_table_the_first_time_and_a_line_the_second(self):
        again = StringIO()

        call_command("demo_data", stdout=again)

        assert "40" in self.printed.getvalue()
        assert len(self.printed.getvalue().splitlines()) == 11
        assert len(again.getvalue().splitlines()) == 1


@pytest.mark.django_db
def test_settings_of_a_real_site_refuse_the_demo(settings):
    settings.DEMO_ALLOWED = False

    with pytest.raises(CommandError) as refusal:
        call_command("demo_data")

    assert str(refusal.value)
    assert not User.objects.exists()
