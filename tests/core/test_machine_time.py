"""Moments as HTML's datetime takes them."""

from datetime import UTC, datetime

from django.template import Context, Template


def shown(moment):
    return Template("{% load typo %}{{ moment|machine_time }}").render(Context({"moment": moment}))


def test_a_moment_is_written_to_the_second_in_the_sites_zone():
    assert shown(datetime(2025, 5, 12, 7, 30, 0, 123456, tzinfo=UTC)) == "2025-05-12T09:30:00+02:00"


def test_no_moment_is_nothing():
    assert shown(None) == ""
