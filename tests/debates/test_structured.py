"""What machines read of a debate."""

import pytest

from debates.models import Debate
from debates.structured import discussion
from tests.factories.debates import argument_in, debate_of
from tests.page_facts import facts_of

pytestmark = pytest.mark.django_db


def test_a_debates_page_is_a_discussion_with_the_arguments_that_it_shows(client):
    debate = debate_of(introduction="Le cadre a changé.")
    pro = argument_in(debate, side=0, text="Pour, à cause du <froid>.")
    argument_in(debate, side=1, text="Contre.")

    told = facts_of(client, debate.get_absolute_url())
    data = told.of_type("DiscussionForumPosting")

    assert data["headline"] == debate.question
    assert data["text"] == "Le cadre a changé."
    assert data["url"] == f"http://testserver{debate.get_absolute_url()}"
    assert data["author"]["@type"] == "NewsMediaOrganization"
    assert data["datePublished"] == debate.poll.opens_at.isoformat()
    assert data["commentCount"] == data["interactionStatistic"]["userInteractionCount"] == 2
    assert sorted(comment["text"] for comment in data["comment"]) == ["Contre.", "Pour, à cause du <froid>."]
    first = next(comment for comment in data["comment"] if comment["text"].startswith("Pour"))
    assert first["author"]["name"] == "Dre Hélène V."
    assert first["url"].endswith(f"#arg-{pro.pk}")
    assert first["datePublished"]


def test_a_debate_without_introduction_or_arguments_says_its_question():
    data = discussion(debate_of(question="Faut-il ?"))

    assert data["text"] == "Faut-il ?"
    assert data["commentCount"] == 0
    assert "comment" not in data


def test_the_facts_of_a_debate_cost_no_query(django_assert_num_queries):
    debate = debate_of()
    argument_in(debate)
    arguments = list(debate.arguments.published().for_listing())
    fetched = Debate.objects.for_listing().get(pk=debate.pk)

    with django_assert_num_queries(0):
        discussion(fetched, arguments)
