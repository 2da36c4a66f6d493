"""Fragments that every page shares: the rules of the design guide that are worth a test."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from newsroom.core.story_cards import Shape, card_html

N = "\u202f"
SPECIALTY_PATH = "/specialites/cardiologie/"


def article(**changes: Any) -> SimpleNamespace:
    specialty = SimpleNamespace(name="Cardiologie", accent="garance", get_absolute_url=lambda: SPECIALTY_PATH)
    fields: dict[str, Any] = {
        "title": "Palpitations : quand demander ?",
        "kicker": "Pratique",
        "standfirst": "Deux phrases.",
        "get_absolute_url": lambda: "/articles/palpitations/",
        "primary_specialty": specialty,
        "image": None,
        "published_at": dt.datetime(2025, 5, 12, 9, 30, tzinfo=dt.UTC),
        "is_podcast": False,
        "format_label": "",
        "audio_minutes": None,
        "comment_total": 14,
        "byline_text": "Dre Marielle Ammouche",
        "is_sponsored": False,
    }
    return SimpleNamespace(**{**fields, **changes})


def on_one_line(html: str) -> str:
    return re.sub(r"[ \n]+", " ", html)


def card(*, with_specialty: bool = True, **changes: Any) -> str:
    return card_html(article(**changes), Shape(level=3, specialty=with_specialty, byline=True))


def pages(number: int, count: int, query: str = "") -> str:
    inputs = {"number": number, "count": count, "query": QueryDict(query)}
    return on_one_line(render_to_string("components/_pages.html", inputs))


def test_a_card_says_title_specialty_date_and_comments() -> None:
    html = card()

    assert f'<h3><a href="/articles/palpitations/">Palpitations\u00a0: quand demander{N}?</a></h3>' in html
    assert '<p class="kicker a-garance"><b>Pratique</b> <a href="/specialites/cardiologie/">Cardiologie</a>' in html
    assert ">12/05/2025</time>" in html
    assert '<span aria-hidden="true">14</span>' in html


@pytest.mark.parametrize("kicker", ["", "Cardiologie"])
def test_a_kicker_that_says_nothing_more_leaves_the_specialty_alone(kicker: str) -> None:
    html = card(kicker=kicker)

    assert f'<b><a href="{SPECIALTY_PATH}">Cardiologie</a></b>' in html
    assert html.count("Cardiologie") == 1


def test_a_card_without_comments_invites_to_react() -> None:
    html = card(comment_total=0)

    assert '<span aria-hidden="true">0' not in html
    assert html.count("#commentaires") == 1


def test_a_sponsored_card_says_so() -> None:
    html = card(is_sponsored=True)

    assert '<p class="kicker a-ardoise"><span class="chip">' in html


def test_a_list_without_kickers_still_says_what_is_sponsored() -> None:
    plain = card(with_specialty=False)
    sponsored = card(with_specialty=False, is_sponsored=True)

    assert "kicker" not in plain
    assert '<span class="chip">' in sponsored


def test_titles_are_escaped() -> None:
    html = card(title="<script>alert(1)</script>")

    assert "<script" not in html


def duel(results: list[dict[str, object]], total: int, *, shows_percentages: bool) -> str:
    inputs = {"results": results, "total": total, "shows_percentages": shows_percentages}
    return render_to_string("components/_duel.html", inputs)


def test_a_single_page_has_no_page_links() -> None:
    assert pages(1, 1).strip() == ""


def test_page_links_show_first_last_and_neighbours() -> None:
    html = pages(7, 42)

    shown = re.findall(r"</span>(\d+)", html)

    assert shown == ["1", "6", "7", "8", "42"]
    assert html.count("…") == 2


def test_page_links_keep_the_other_parameters_and_give_the_first_page_one_address() -> None:
    html = pages(2, 3, "format=podcast&page=2")

    assert 'href="?format=podcast"' in html
    assert 'href="?format=podcast&amp;page=3"' in html


def test_the_first_page_without_parameters_clears_the_query() -> None:
    html = pages(2, 2, "page=2")

    assert 'href="."' in html


def test_a_duel_shows_counts_when_percentages_would_mislead() -> None:
    results: list[dict[str, object]] = [
        {"label": "Oui", "votes": 7, "percent": 58},
        {"label": "Non", "votes": 5, "percent": 42},
    ]

    few = render_to_string("components/_duel.html", {"results": results, "total": 12, "shows_percentages": False})
    many = render_to_string("components/_duel.html", {"results": results, "total": 12, "shows_percentages": True})

    assert "<b>7</b>" in few
    assert f"<b>58{N}%</b>" in many
    assert 'class="f-oui" width="58%"' in many


def test_a_duel_without_votes_has_an_empty_bar() -> None:
    results: list[dict[str, object]] = [
        {"label": "Oui", "votes": 0, "percent": 0},
        {"label": "Non", "votes": 0, "percent": 0},
    ]

    html = render_to_string("components/_duel.html", {"results": results, "total": 0, "shows_percentages": True})

    assert "<rect" not in html


class RegistrationForm(forms.Form):
    """A field with a hint, and a group."""

    number = forms.CharField(help_text="11 chiffres.", max_length=11)
    letter = forms.ChoiceField(choices=[("a", "Chaque matin")], widget=forms.RadioSelect)


def test_a_field_points_to_its_hint_and_error() -> None:
    form = RegistrationForm({"number": "1" * 12})

    html = render_to_string("components/_field.html", {"field": form["number"]})

    assert 'aria-describedby="id_number_helptext id_number_error"' in html
    assert 'id="id_number_helptext"' in html
    assert 'id="id_number_error"' in html


def test_the_error_summary_links_to_each_field_and_to_groups() -> None:
    form = RegistrationForm({"number": ""})

    summary = render_to_string("components/_form_errors.html", {"form": form})
    group = render_to_string("components/_field.html", {"field": form["letter"]})

    assert 'href="#id_number"' in summary
    assert 'href="#id_letter"' in summary
    assert '<fieldset class="fld opts" id="id_letter" aria-describedby=" id_letter_error">' in group


def test_a_form_without_errors_has_no_summary() -> None:
    assert render_to_string("components/_form_errors.html", {"form": RegistrationForm()}).strip() == ""
