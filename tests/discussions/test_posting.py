from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from newsroom.core.refusals import Refusal
from newsroom.discussions.models import LONGEST, STEP, Comment, Thread
from newsroom.discussions.moderating import reject
from newsroom.discussions.posting import bring_in, post, withdraw
from newsroom.discussions.tree import DEEPEST
from newsroom.events.models import Event
from tests.factories.discussions import ThreadFactory, comment_in

Status = Comment.Status


@pytest.fixture
def thread(db):
    return ThreadFactory()


@pytest.fixture
def regular(camille):
    """Camille after her first messages, which were read."""
    elsewhere = ThreadFactory()
    for _number in range(2):
        comment_in(elsewhere, author=camille)
    return camille


def kinds():
    return list(Event.objects.order_by("recorded_at", "id").values_list("kind", flat=True))


def test_a_regular_member_is_published_at_once(thread, regular):
    comment = post(thread, text="La chaîne du froid d'abord.", by=regular)

    thread.refresh_from_db()
    assert comment.status == Status.PUBLISHED
    assert comment.published_at
    assert (thread.comment_count, thread.conversation_count, thread.version) == (1, 1, 1)
    assert sorted(kinds()) == ["discussions.CommentPosted", "discussions.CommentPublished"]


def test_a_comment_keeps_its_authors_signature_title_and_badge(thread, regular):
    comment = post(thread, text="Bien vu.", by=regular)

    assert comment.author_name == "Dre\N{NO-BREAK SPACE}Camille R."
    assert comment.author_title == "Médecin vérifié · Cardiologue"
    assert comment.badge == Comment.Badge.VERIFIED
    assert comment.html == "<p>Bien vu.</p>"
    assert f'id="c-{comment.pk}"' in comment.card


def test_a_members_first_messages_are_held(thread, paul):
    comment = post(thread, text="Bonjour à tous.", by=paul)

    thread.refresh_from_db()
    assert comment.status == Status.HELD
    assert comment.held_because
    assert comment.published_at is None
    assert (thread.comment_count, thread.version) == (0, 0)
    assert kinds() == ["discussions.CommentPosted"]


def test_the_number_of_first_messages_read_is_a_setting(thread, paul, settings):
    settings.FIRST_MESSAGES_READ = 0

    comment = post(thread, text="Bonjour à tous.", by=paul)

    assert comment.status == Status.PUBLISHED


def test_staff_is_published_at_once_even_where_messages_are_read_before(editor):
    thread = ThreadFactory(moderation=Thread.Moderation.BEFORE)

    comment = post(thread, text="Merci, c'est corrigé.", by=editor)

    assert comment.status == Status.PUBLISHED
    assert comment.badge == Comment.Badge.STAFF
    assert comment.author_title == "Rédaction"


def test_a_nameless_author_never_signs_with_an_address(thread, regular):
    regular.civility = regular.first_name = regular.last_name = ""

    comment = post(thread, text="Un mot.", by=regular)

    assert "@" not in comment.author_name
    assert comment.author_name


def test_an_unverified_reader_is_refused(thread, lea):
    with pytest.raises(PermissionDenied):
        post(thread, text="Et moi ?", by=lea)

    assert not thread.comments.exists()


def test_a_closed_thread_takes_no_comment(regular):
    thread = ThreadFactory(closed_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(Refusal):
        post(thread, text="Trop tard ?", by=regular)

    assert not Event.objects.exists()


@pytest.mark.parametrize("opens_in", [None, timedelta(minutes=1)])
def test_a_thread_that_readers_may_not_know_of_takes_nothing_from_anybody(regular, editor, opens_in):
    thread = ThreadFactory(opens_at=opens_in and timezone.now() + opens_in)

    for person in (regular, editor):
        with pytest.raises(PermissionDenied):
            post(thread, text="Trop tôt ?", by=person)

    assert not Event.objects.exists()


def test_a_thread_that_closes_later_takes_comments(regular):
    thread = ThreadFactory(closed_at=timezone.now() + timedelta(minutes=1))

    assert post(thread, text="À temps.", by=regular).is_published


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200d\ufeff", "\n" * 50_000, "\0\0", "a" * (LONGEST + 1)])
def test_an_empty_or_too_long_text_is_refused(thread, regular, text):
    with pytest.raises(Refusal):
        post(thread, text=text, by=regular)

    assert not thread.comments.exists()


def test_the_longest_text_is_taken(thread, regular):
    assert len(post(thread, text="é" * LONGEST, by=regular).source) == LONGEST


def test_the_same_key_twice_is_one_comment(thread, regular):
    key = uuid4()
    first = post(thread, text="Une fois.", by=regular, key=key)

    second = post(thread, text="Une fois.", by=regular, key=key)

    thread.refresh_from_db()
    assert second == first
    assert thread.comment_count == 1


def test_the_same_form_with_another_text_is_another_comment_once(thread, regular):
    key = uuid4()
    first = post(thread, text="Un avis.", by=regular, key=key)

    rewritten = [post(thread, text="Un autre avis.", by=regular, key=key) for _click in range(2)]

    assert rewritten[0] == rewritten[1] != first
    assert thread.comments.count() == 2


def test_the_same_key_of_two_people_or_in_two_threads_is_two_comments(thread, regular, editor):
    key = uuid4()
    first = post(thread, text="Une fois.", by=regular, key=key)

    other_person = post(thread, text="Une fois.", by=editor, key=key)
    other_thread = post(ThreadFactory(), text="Une fois.", by=regular, key=key)

    assert len({first.pk, other_person.pk, other_thread.pk}) == 3


def test_replies_stand_under_their_parent_in_the_order_of_writing(thread, regular):
    first = comment_in(thread)
    second = comment_in(thread)

    reply = post(thread, text="D'accord.", by=regular, parent=first)
    deeper = post(thread, text="Pas tout à fait.", by=regular, parent=reply)
    late = post(thread, text="Un mot encore.", by=regular, parent=first)

    in_order = list(thread.comments.order_by("path"))
    assert in_order == [first, reply, deeper, late, second]
    assert [comment.depth for comment in in_order] == [0, 1, 2, 1, 0]


def test_replies_are_counted_at_every_ancestor(thread, regular):
    root = comment_in(thread)
    reply = comment_in(thread, parent=root)

    post(thread, text="D'accord.", by=regular, parent=reply)

    root.refresh_from_db()
    reply.refresh_from_db()
    thread.refresh_from_db()
    assert (root.live_descendants, reply.live_descendants) == (2, 1)
    assert (thread.comment_count, thread.conversation_count) == (3, 1)


def test_a_held_reply_is_not_counted(thread, paul):
    root = comment_in(thread)

    post(thread, text="Bonjour.", by=paul, parent=root)

    root.refresh_from_db()
    assert (root.live_descendants, root.children) == (0, 1)


def test_a_removed_comment_takes_no_reply(thread, regular, moderator):
    root = comment_in(thread)
    reject(root, moderator, reason="attaque personnelle")

    with pytest.raises(Refusal):
        post(thread, text="Je réponds.", by=regular, parent=root)


def test_a_comment_of_another_thread_takes_no_reply_here(thread, regular):
    elsewhere = comment_in(ThreadFactory())

    with pytest.raises(Refusal):
        post(thread, text="Je réponds.", by=regular, parent=elsewhere)


def test_an_exchange_goes_deep_but_not_without_end(thread, regular, settings):
    deepest = comment_in(thread)
    for _level in range(DEEPEST):
        deepest = comment_in(thread, parent=deepest)

    with pytest.raises(Refusal):
        post(thread, text="Encore.", by=regular, parent=deepest)

    assert deepest.depth == DEEPEST
    assert len(deepest.path) * 1.9 < Comment._meta.get_field("path").max_length
    assert len(deepest.path) == STEP * (DEEPEST + 1)


def test_an_import_hangs_what_is_too_deep_beside_its_parent(thread):
    deepest = comment_in(thread)
    for _level in range(DEEPEST):
        deepest = comment_in(thread, parent=deepest)

    beside = comment_in(thread, parent=deepest)

    assert beside.parent == deepest.parent
    assert beside.depth == DEEPEST


def test_what_is_brought_in_is_published_as_of_then_without_facts(thread):
    then = timezone.now() - timedelta(days=900)

    comment = bring_in(thread, text="Voir http://example.org", author_name="Dre Hélène Vasseur", at=then)

    thread.refresh_from_db()
    assert comment.is_published
    assert comment.published_at == comment.created_at == then
    assert comment.author_initials == "HV"
    assert thread.comment_count == 1
    assert not Event.objects.exists()


def test_what_is_brought_in_twice_is_one_comment(thread):
    first = bring_in(thread, text="A.", author_name="A", at=timezone.now(), source_id="wp-7")

    second = bring_in(thread, text="B.", author_name="A", at=timezone.now(), source_id="wp-7")

    assert second == first
    assert second.source == "A."


def test_an_empty_text_is_not_brought_in(thread):
    with pytest.raises(Refusal):
        bring_in(thread, text=" ", author_name="A", at=timezone.now())


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Dre Camille R.", "CR"), ("Stéthoscope", "S"), ("jean marie le gall", "JG"), ("", ""), ("« »", "")],
)
def test_initials_of_a_signature_from_elsewhere(thread, name, initials):
    comment = bring_in(thread, text="A.", author_name=name, at=timezone.now())

    assert comment.author_initials == initials


def test_a_brought_in_comment_of_a_member_has_his_title(thread, camille, editor):
    member = comment_in(thread, author=camille)
    newsroom = comment_in(thread, author=editor)

    assert (member.badge, member.author_title) == ("verified", "Médecin vérifié · Cardiologue")
    assert (newsroom.badge, newsroom.author_title) == ("staff", "Rédaction")


def test_withdrawing_without_replies_makes_the_comment_disappear(thread, camille):
    comment = comment_in(thread, author=camille)

    withdraw(comment, camille)

    thread.refresh_from_db()
    assert (thread.comment_count, thread.conversation_count) == (0, 0)
    assert not Comment.objects.shown().exists()
    assert kinds() == ["discussions.CommentWithdrawn"]


def test_withdrawing_with_replies_leaves_a_placeholder_without_name_or_text(thread, camille):
    comment = comment_in(thread, author=camille, text="Une phrase regrettée.")
    reply = comment_in(thread, parent=comment)

    withdrawn = withdraw(comment, camille)

    thread.refresh_from_db()
    reply.refresh_from_db()
    assert (thread.comment_count, thread.conversation_count) == (1, 1)
    assert "regrettée" not in withdrawn.card
    assert "Camille" not in withdrawn.card + reply.card
    assert "Message retiré par son auteur" in withdrawn.card
    assert set(Comment.objects.shown()) == {comment, reply}


def test_withdrawing_a_held_comment_changes_no_counter(thread, paul):
    comment = post(thread, text="Bonjour.", by=paul)

    withdraw(comment, paul)

    thread.refresh_from_db()
    assert (thread.comment_count, thread.version) == (0, 0)


def test_withdrawing_twice_is_the_same_as_once(thread, camille):
    comment = comment_in(thread, author=camille)
    withdraw(comment, camille)

    again = withdraw(comment, camille)

    thread.refresh_from_db()
    assert again.status == Status.WITHDRAWN
    assert thread.comment_count == 0
    assert Event.objects.count() == 1


def test_nobody_withdraws_what_another_wrote(thread, camille, moderator):
    comment = comment_in(thread, author=camille)

    with pytest.raises(PermissionDenied):
        withdraw(comment, moderator)


def test_what_a_moderator_removed_is_not_withdrawn(thread, camille, moderator):
    comment = comment_in(thread, author=camille)
    reject(comment, moderator, reason="attaque personnelle")

    with pytest.raises(Refusal):
        withdraw(comment, camille)


def test_the_last_reply_under_a_placeholder_takes_the_conversation_with_it(thread, camille, paul):
    root = comment_in(thread, author=camille)
    reply = comment_in(thread, parent=root, author=paul)
    withdraw(root, camille)

    withdraw(reply, paul)

    thread.refresh_from_db()
    assert (thread.comment_count, thread.conversation_count) == (0, 0)
    assert not Comment.objects.shown().exists()


def test_a_thread_out_of_places_says_so(thread, regular):
    Thread.objects.filter(pk=thread.pk).update(roots=36**STEP - 1)

    with pytest.raises(Refusal):
        post(thread, text="Encore une.", by=regular)
