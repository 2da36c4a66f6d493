import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debates import lifecycle
from debates.models import Argument, Debate
from newsroom.discussions.models import Comment
from polls.voting import vote
from tests.factories.articles import ArticleFactory, SpecialtyFactory
from tests.factories.debates import argument_in, debate_of
from tests.factories.polls import PollFactory

FORM = {
    "question": "Faut-il afficher ses délais ?",
    "slug": "",
    "first_side": "Pour",
    "second_side": "Contre",
    "audience": "physicians",
    "opens_at_0": "2026-01-05",
    "opens_at_1": "08:00",
    "closes_at_0": "2027-02-05",
    "closes_at_1": "08:00",
    "introduction": "Deux phrases.",
    "summary": "",
}
ADD = "admin:debates_debate_add"


@pytest.fixture
def debate(db):
    return debate_of()


def change(debate):
    return reverse("admin:debates_debate_change", args=[debate.pk])


def act(browser, name, *arguments):
    sent = {"action": name, "_selected_action": [argument.pk for argument in arguments]}
    return browser.post(reverse("admin:debates_argument_changelist"), sent, follow=True)


def test_an_editor_opens_a_debate_with_all_that_belongs_to_it(editor, browser_of):
    article, specialty = ArticleFactory(), SpecialtyFactory()

    browser_of(editor).post(reverse(ADD), {**FORM, "articles": [article.pk], "specialty": specialty.pk})

    debate = Debate.objects.get()
    assert (debate.slug, debate.question) == ("faut-il-afficher-ses-delais", "Faut-il afficher ses délais ?")
    assert [choice.label for choice in debate.poll.choices.all()] == ["Pour", "Contre"]
    assert (debate.introduction, debate.specialty) == ("Deux phrases.", specialty)
    assert list(debate.articles.all()) == [article]
    assert debate.thread.closed_at == debate.poll.closes_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"second_side": "Pour"},
        {"closes_at_0": "2025-01-01"},
        {"opens_at_0": "", "opens_at_1": ""},
        {"question": ""},
    ],
)
def test_a_form_that_makes_no_debate_comes_back(editor, browser_of, wrong):
    response = browser_of(editor).post(reverse(ADD), {**FORM, **wrong})

    assert response.status_code == 200
    assert not Debate.objects.exists()


def test_a_question_that_makes_no_address_asks_for_one(editor, browser_of):
    response = browser_of(editor).post(reverse(ADD), {**FORM, "question": "؟"})

    assert "slug" in response.context["adminform"].errors
    assert not Debate.objects.exists()


def test_an_address_whose_poll_would_take_that_of_a_consultation_is_refused(editor, browser_of):
    PollFactory(slug="debat-delais")

    response = browser_of(editor).post(reverse(ADD), {**FORM, "slug": "delais"})

    assert "slug" in response.context["adminform"].errors
    assert not Debate.objects.exists()


def test_two_debates_never_share_an_address(debate, editor, browser_of):
    browser_of(editor).post(reverse(ADD), {**FORM, "slug": debate.slug})

    assert Debate.objects.get() == debate


def test_the_wording_changes_until_the_first_vote(debate, editor, browser_of):
    browser_of(editor).post(change(debate), FORM)

    debate = Debate.objects.get()
    assert debate.question == debate.thread.title == "Faut-il afficher ses délais ?"
    assert debate.introduction == "Deux phrases."


def test_after_the_first_vote_the_wording_stays_and_the_summary_may_be_written(debate, editor, camille, browser_of):
    question, slug = debate.question, debate.slug
    vote(debate.poll, debate.poll.choices.first(), camille)

    browser_of(editor).post(change(debate), {**FORM, "summary": "Les conditions l’emportent."})

    debate = Debate.objects.get()
    assert (debate.question, debate.slug, debate.summary) == (question, slug, "Les conditions l’emportent.")
    assert [choice.label for choice in debate.poll.choices.all()] == ["Oui", "Non"]
    assert debate.poll.closes_at == debate.thread.closed_at is not None


def test_both_dates_may_move_past_the_old_ones(debate, editor, browser_of):
    later = {"opens_at_0": "2028-01-05", "closes_at_0": "2028-02-05"}
    browser = browser_of(editor)
    browser.post(change(debate), FORM)

    response = browser.post(change(debate), FORM | later)

    assert response.status_code == 302
    debate = Debate.objects.select_related("poll", "thread").get()
    assert (debate.poll.opens_at.year, debate.poll.closes_at.year, debate.thread.closed_at.year) == (2028,) * 3


def test_a_vote_in_the_moment_of_saving_keeps_the_wording_and_its_address(debate, editor, camille, browser_of):
    question, slug = debate.question, debate.slug
    reword = lifecycle.reword

    def reword_too_late(*args, **wording):
        vote(debate.poll, debate.poll.choices.first(), camille)
        reword(*args, **wording)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lifecycle, "reword", reword_too_late)
        response = browser_of(editor).post(change(debate), FORM, follow=True)

    debate = Debate.objects.get()
    assert "Des lecteurs ont voté" in response.content.decode()
    assert (debate.question, debate.slug, debate.introduction) == (question, slug, "Deux phrases.")
    assert debate.poll.closes_at == debate.thread.closed_at is not None


def test_nobody_deletes_a_debate(debate, administrator, browser_of):
    where = reverse("admin:debates_debate_delete", args=[debate.pk])

    assert browser_of(administrator).post(where, {"post": "yes"}).status_code == 403


def test_an_editor_puts_an_argument_forward_and_back(debate, editor, browser_of):
    argument, browser = argument_in(debate), browser_of(editor)

    act(browser, "feature", argument)
    assert Argument.objects.featured().get() == argument

    act(browser, "stop_featuring", argument)
    assert not Argument.objects.featured().exists()


def test_an_argument_that_cannot_be_featured_is_explained(debate, editor, browser_of):
    argument = argument_in(debate)
    Comment.objects.update(status=Comment.Status.HELD)

    response = act(browser_of(editor), "feature", argument)

    assert "Seul un argument publié peut être mis à la une." in response.content.decode()
    assert not Argument.objects.featured().exists()


def test_one_and_three_arguments_take_the_same_queries(debate, editor, browser_of):
    browser = browser_of(editor)
    counts = []
    for more in (1, 2):
        for _each in range(more):
            argument_in(debate)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("admin:debates_argument_changelist"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_arguments_are_only_read(debate, editor, browser_of):
    argument, browser = argument_in(debate), browser_of(editor)

    assert browser.get(reverse("admin:debates_argument_change", args=[argument.pk])).status_code == 200
    assert browser.get(reverse("admin:debates_argument_add")).status_code == 403
    assert browser.post(reverse("admin:debates_argument_delete", args=[argument.pk])).status_code == 403


def test_the_lists_open(debate, chief, browser_of):
    assert browser_of(chief).get(reverse("admin:debates_debate_changelist")).status_code == 200
    assert browser_of(chief).get(change(debate)).status_code == 200


def test_moderators_have_nothing_to_do_with_debates(moderator):
    assert not moderator.has_module_perms("debates")
