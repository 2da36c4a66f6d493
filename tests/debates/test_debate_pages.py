import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates.arguing import take_position
from debates.lifecycle import feature
from debates.models import Debate
from debates.reading import ARGUMENTS_A_SIDE
from newsroom.discussions import presence
from newsroom.discussions.models import Comment
from polls.models import Choice, Poll
from polls.voting import vote
from tests.factories.accounts import PhysicianFactory
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.debates import argument_in, closed_debate, debate_of

NARROW = "\u202f"


@pytest.fixture
def debate(db):
    return debate_of()


def address(name, debate):
    return reverse(f"debates:{name}", args=[debate.slug])


def text(response):
    return response.content.decode()


def queries_of(client, where):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def tally(debate, *votes):
    """Give both sides so many votes, without voters."""
    for choice, count in zip(debate.poll.choices.all(), votes, strict=True):
        Choice.objects.filter(pk=choice.pk).update(vote_count=count)
    Poll.objects.filter(pk=debate.poll_id).update(vote_count=sum(votes))


# The list.


def test_the_list_shows_open_and_closed_debates_and_no_draft(client, debate):
    closed, draft = closed_debate(), debate_of(opens_at=None)

    page = text(client.get(reverse("debates:list")))

    assert debate.get_absolute_url() in page
    assert closed.get_absolute_url() in page
    assert draft.get_absolute_url() not in page


def test_one_and_three_debates_take_the_same_queries(client, debate, editor):
    feature(argument_in(debate), editor)
    with_one = queries_of(client, reverse("debates:list"))
    for other in (debate_of(), debate_of()):
        feature(argument_in(other), editor)

    assert queries_of(client, reverse("debates:list")) == with_one


@pytest.mark.parametrize("page", ["2", "0", "x"])
def test_a_page_of_the_list_that_does_not_exist_is_not_found(client, debate, page):
    assert client.get(reverse("debates:list"), {"page": page}).status_code == 404


def test_an_empty_list_says_what_belongs_there(client, db):
    assert 'class="empty"' in text(client.get(reverse("debates:list")))


# The page.


def test_a_draft_has_no_page(client, db):
    draft = debate_of(opens_at=None)

    statuses = {client.get(address(name, draft)).status_code for name in ("debate", "discussion", "online")}

    assert statuses == {404}


def test_the_page_is_the_same_for_everybody_and_asks_for_no_session(client, debate, camille, browser_of):
    take_position(debate, debate.poll.choices.first(), camille, text="Le flacon est là.")

    anonymous = client.get(debate.get_absolute_url())

    assert text(anonymous) == text(browser_of(camille).get(debate.get_absolute_url()))
    assert not anonymous.cookies


def test_figures_and_table_agree_and_sum_to_a_hundred(client, debate):
    tally(debate, 181, 131)

    page = text(client.get(debate.get_absolute_url()))

    assert f"<b>58{NARROW}%</b>" in page
    assert f"<b>42{NARROW}%</b>" in page
    assert f"<td>58{NARROW}%</td>" in page
    assert "<td>181</td>" in page


def test_fewer_than_thirty_votes_show_counts(client, debate):
    tally(debate, 20, 9)

    page = text(client.get(debate.get_absolute_url()))

    assert "<b>20</b>" in page
    assert f"{NARROW}%" not in page


def test_one_and_three_arguments_a_side_take_the_same_queries(client, debate):
    for side in (0, 1):
        argument_in(debate, side=side)
    with_one = queries_of(client, debate.get_absolute_url())
    for side in (0, 0, 1, 1):
        argument_in(debate, side=side)

    assert queries_of(client, debate.get_absolute_url()) == with_one


def test_one_and_three_articles_and_other_debates_take_the_same_queries(client, debate):
    debate.articles.add(ArticleFactory())
    debate_of()
    with_one = queries_of(client, debate.get_absolute_url())
    debate.articles.add(ArticleFactory(), ArticleFactory())
    debate_of(), debate_of()

    assert queries_of(client, debate.get_absolute_url()) == with_one


def test_the_featured_argument_comes_first_then_the_newest(client, debate, editor):
    old, new, featured = (argument_in(debate, minutes_ago=minutes) for minutes in (20, 10, 30))
    feature(featured, editor)

    page = text(client.get(debate.get_absolute_url()))

    places = [page.index(f'id="arg-{argument.pk}"') for argument in (featured, new, old)]
    assert places == sorted(places)


def test_the_rest_of_a_long_argument_is_folded(client, debate):
    argument_in(debate, text="Le premier point.\n\nLe <b>second</b> point.")

    page = text(client.get(debate.get_absolute_url()))

    assert "<p>Le premier point.</p>" in page
    assert '<p class="arg__txt">Le &lt;b&gt;second&lt;/b&gt; point.</p>' in page


def test_a_held_argument_is_seen_by_nobody_here(client, debate):
    argument = argument_in(debate)
    Comment.objects.update(status=Comment.Status.HELD)

    assert f'id="arg-{argument.pk}"' not in text(client.get(debate.get_absolute_url()))


def test_each_side_has_its_own_pages(client, debate):
    arguments = [argument_in(debate, minutes_ago=minutes) for minutes in range(ARGUMENTS_A_SIDE + 1)]
    other_side = argument_in(debate, side=1)

    first = text(client.get(debate.get_absolute_url()))
    second = text(client.get(debate.get_absolute_url(), {"oui": "2"}))

    assert "?oui=2#camp-oui" in first
    assert f'id="arg-{arguments[-1].pk}"' not in first
    assert f'id="arg-{arguments[-1].pk}"' in second
    assert f'id="arg-{other_side.pk}"' in second


@pytest.mark.parametrize("query", ["oui=2", "non=2", "oui=0", "oui=x", "non=²", "oui=99999999999"])
def test_a_page_of_a_side_that_does_not_exist_is_not_found(client, debate, query):
    assert client.get(f"{debate.get_absolute_url()}?{query}").status_code == 404


def test_articles_to_read_first_are_published_ones(client, debate):
    published, draft = ArticleFactory(), DraftFactory(slug="encore-un-brouillon")
    debate.articles.set([published, draft])

    page = text(client.get(debate.get_absolute_url()))

    assert published.get_absolute_url() in page
    assert draft.slug not in page


def test_a_closed_debate_shows_the_summary_instead_of_the_form(client, db):
    debate = closed_debate()
    Debate.objects.filter(pk=debate.pk).update(summary="Les conditions l’emportent.")

    page = text(client.get(debate.get_absolute_url()))

    assert "Les conditions l’emportent." in page
    assert 'name="position"' not in page


def test_a_closed_debate_without_summary_says_that_it_is_closed(client, db):
    page = text(client.get(closed_debate().get_absolute_url()))

    assert 'name="position"' not in page


def test_permalinks_lead_to_the_discussion(client, debate):
    argument = argument_in(debate)

    landed = client.get(argument.comment.get_absolute_url(), follow=True)

    assert landed.redirect_chain[-1][0].startswith(address("discussion", debate))
    assert f'id="c-{argument.comment_id}"' in text(landed)


def test_an_argument_knows_its_address(debate):
    argument = argument_in(debate)

    assert argument.get_absolute_url() == f"{debate.get_absolute_url()}#arg-{argument.pk}"
    assert str(argument) == str(argument.comment)


# Who is there.


def arrive(debate, number):
    people = PhysicianFactory.create_batch(number, shows_presence=True)
    for person in people:
        presence.seen(debate.thread_id, person)
    return people


def test_nobody_is_named_while_one_is_alone(client, debate):
    (alone,) = arrive(debate, 1)

    assert alone.last_name[0] + "." not in text(client.get(address("online", debate)))


def test_debaters_online_are_named_with_the_side_of_their_argument_and_never_of_their_vote(client, debate):
    arguer, voter = arrive(debate, 2)
    argument_in(debate, side=1, author=arguer)
    vote(debate.poll, debate.poll.choices.first(), voter)

    page = text(client.get(address("online", debate)))

    assert page.count('class="av') == 2
    assert page.count("pos--non") == 1
    assert "pos--oui" not in page


def test_people_who_did_not_agree_are_not_shown(client, debate):
    first, _second, _third = arrive(debate, 3)
    first.shows_presence = False
    first.save()

    assert text(client.get(address("online", debate))).count('class="av') == 2


def test_two_people_of_whom_one_changed_his_mind_are_no_company(client, debate):
    first, second = arrive(debate, 2)
    first.shows_presence = False
    first.save()

    assert second.initials not in text(client.get(address("online", debate)))


def test_nothing_is_sent_when_nothing_has_changed(client, debate):
    arrive(debate, 2)
    page = text(client.get(address("online", debate)))
    version = page.split("?v=")[1].split('"')[0]

    assert client.get(address("online", debate), {"v": version}).status_code == 204

    arrive(debate, 1)
    assert client.get(address("online", debate), {"v": version}).status_code == 200


def test_two_and_four_debaters_take_the_same_queries(client, debate):
    for person in arrive(debate, 2):
        argument_in(debate, author=person)
    with_two = queries_of(client, address("online", debate))
    for person in arrive(debate, 2):
        argument_in(debate, author=person)

    assert queries_of(client, address("online", debate)) == with_two


@pytest.mark.parametrize("name", ["debate", "discussion", "online"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_public_pages_are_only_read(client, debate, name, method):
    assert getattr(client, method)(address(name, debate)).status_code == 405


# The box.


def test_the_box_shows_the_question_the_result_and_the_featured_argument(debate, editor):
    argument = argument_in(debate, text="Mon motif. " * 40)
    feature(argument, editor)
    shown = Debate.objects.for_listing().get()

    box = render_to_string("debates/_box.html", {"debate": shown, "online": 3})

    assert debate.get_absolute_url() in box
    assert f"#arg-{argument.pk}" in box
    assert 'class="live"' in box
    assert "pos--oui" in box
    assert 'name="position"' in box


def test_the_box_of_a_closed_debate_has_no_form_and_one_debater_is_no_company(db):
    closed_debate()

    box = render_to_string("debates/_box.html", {"debate": Debate.objects.for_listing().get(), "online": 1})

    assert "<form" not in box
    assert 'class="live"' not in box
