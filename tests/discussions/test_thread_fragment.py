from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from newsroom.discussions.reading import conversations
from tests.factories.discussions import ThreadFactory, comment_in, many_conversations


def shown(thread, **asked):
    """Return the fragment as an owner's page includes it."""
    thread.refresh_from_db()
    context = {"thread": thread, "conversations": conversations(thread, **asked)}
    return render_to_string("discussions/_thread.html", context)


@pytest.fixture
def thread(db):
    return ThreadFactory(path="/articles/un-article/")


def test_an_empty_thread_says_what_will_stand_here(thread):
    html = shown(thread)

    assert "Aucun commentaire pour l’instant" in html
    assert f'href="/fils/{thread.pk}/ecrire/"' in html
    assert "Trier par" not in html
    assert '<div id="fil-attente"></div>' in html


def test_the_heading_counts_exactly(thread):
    comment_in(thread, parent=comment_in(thread))

    assert "2\N{NO-BREAK SPACE}commentaires</h2>" in shown(thread)


def test_one_comment_is_one(thread):
    comment_in(thread)

    assert "1\N{NO-BREAK SPACE}commentaire</h2>" in shown(thread)


def test_comments_that_stayed_at_the_source_are_told(db):
    thread = ThreadFactory(elsewhere_count=20)

    assert "20\N{NO-BREAK SPACE}commentaires publiés sur le site d’origine n’ont pas été repris." in shown(thread)


def test_a_closed_thread_says_since_when_and_offers_no_form(db):
    thread = ThreadFactory(closed_at=timezone.now() - timedelta(days=1))

    html = shown(thread)

    assert "Les commentaires sont fermés depuis le" in html
    assert "/ecrire/" not in html


def test_sorting_and_paging_are_links(thread):
    many_conversations(thread, 45)

    html = shown(thread, page=2, order="anciens")

    assert 'href="/articles/un-article/#commentaires"' in html
    assert 'href="/articles/un-article/?tri=anciens#commentaires" aria-current="true"' in html
    assert 'href="?tri=anciens&amp;page=3#commentaires"' in html
    assert html.count("<li") == 20


def test_the_list_is_flat_and_htmx_keeps_out_of_it(thread):
    root = comment_in(thread)
    comment_in(thread, parent=comment_in(thread, parent=root))

    html = shown(thread)

    assert html.count("<ol") == 1
    assert '<ol class="threads mt4" data-hx-disable>' in html


def test_the_fragment_asks_the_database_nothing(thread, django_assert_num_queries):
    comment_in(thread)
    thread.refresh_from_db()
    page = conversations(thread)

    with django_assert_num_queries(0):
        render_to_string("discussions/_thread.html", {"thread": thread, "conversations": page})
