"""Addresses that change: one hop, whatever came before."""

from itertools import pairwise
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from newsroom.redirects.leading import lead
from newsroom.redirects.models import Redirect
from tests.polls.test_votes_at_once import at_once

pytestmark = pytest.mark.django_db


def hops():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_a_former_address_leads_to_the_new_one():
    lead("/articles/a/", "/articles/b/")

    assert hops() == {"/articles/a/": "/articles/b/"}
    assert str(Redirect.objects.get()) == "/articles/a/ → /articles/b/"


def test_what_has_moved_twice_is_reached_in_one_hop_from_both_addresses():
    lead("/articles/a/", "/articles/b/")
    lead("/articles/b/", "/articles/c/")

    assert hops() == {"/articles/a/": "/articles/c/", "/articles/b/": "/articles/c/"}


def test_coming_back_to_a_former_address_ends_its_redirect():
    lead("/articles/a/", "/articles/b/")
    lead("/articles/b/", "/articles/c/")
    lead("/articles/c/", "/articles/a/")

    assert hops() == {"/articles/b/": "/articles/a/", "/articles/c/": "/articles/a/"}


def test_another_thing_that_takes_a_former_address_keeps_what_led_to_the_first_one_out_of_its_chain():
    lead("/articles/b/", "/articles/c/")  # the first thing has left b
    lead("/articles/a/", "/articles/b/")  # another has come to b, from a

    assert hops() == {"/articles/a/": "/articles/b/"}


def test_an_address_that_is_left_again_leads_to_where_its_latest_owner_went():
    lead("/articles/a/", "/articles/b/")
    lead("/articles/a/", "/articles/d/")

    assert hops() == {"/articles/a/": "/articles/d/"}


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/\\evil.example/", "https://evil.example/", "articles/a/", "/", ""]
)
def test_paths_of_this_site_alone_are_led_from_and_to(path):
    with pytest.raises(IntegrityError, match="redirects_stay_on_this_site"), transaction.atomic():
        lead("/articles/a/", path)
    with pytest.raises(IntegrityError, match="redirects_stay_on_this_site"), transaction.atomic():
        lead(path, "/articles/a/")


def test_a_path_does_not_lead_to_itself():
    with pytest.raises(IntegrityError, match="a_path_does_not_lead_to_itself"), transaction.atomic():
        lead("/articles/a/", "/articles/a/")


@pytest.mark.django_db(transaction=True)
def test_changes_at_once_leave_neither_chain_nor_circle():
    """Each thread moves the same things on, in another order: without the lock two make chains of their hops."""
    paths = [f"/articles/{letter}/" for letter in "abcdef"]
    steps = list(pairwise(paths))
    orders = [steps, steps[::-1], steps[2:] + steps[:2], [(new, old) for old, new in steps]]

    for _round in range(5):
        at_once(*(lambda order=order: [lead(old, new) for old, new in order] for order in orders))

        made = hops()
        assert made
        assert not set(made) & set(made.values())


@pytest.mark.django_db(transaction=True)
def test_a_change_waits_for_one_that_has_not_ended():
    """The second would otherwise not see the first's hop, and make a chain with it."""
    done = []

    def second():
        lead("/articles/b/", "/articles/c/")
        done.append("second")
        connection.close()

    with transaction.atomic():
        lead("/articles/a/", "/articles/b/")
        thread = Thread(target=second)
        thread.start()
        thread.join(0.3)
        assert done == []
    thread.join(10)

    assert hops() == {"/articles/a/": "/articles/c/", "/articles/b/": "/articles/c/"}
