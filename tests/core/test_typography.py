"""French typography: each rule of the design guide, what is left alone, and its properties."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.templatetags import typo as tags
from newsroom.core.typography import REMEMBERED_LENGTH, typo_text

N = "\u202f"
B = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Etes-vous prêt ?", f"Etes-vous prêt{N}?"),
        ("Etes-vous prêt?", f"Etes-vous prêt{N}?"),
        ("Quoi ?! Non !", f"Quoi{N}?! Non{N}!"),
        ("un ; deux", f"un{N}; deux"),
        ("Installation : mode d'emploi", f"Installation{B}: mode d’emploi"),
        ("Installation: mode", f"Installation{B}: mode"),
        ("« Non »", f"«{N}Non{N}»"),
        ("«Non»", f"«{N}Non{N}»"),
        ('Il dit "non" souvent', f"Il dit «{N}non{N}» souvent"),
        ('« Il dit "non" »', f"«{N}Il dit “non”{N}»"),
        ("58 % et 12,5%", f"58{N}% et 12,5{N}%"),
        ("3 mg/L, 20 kg", f"3{N}mg/L, 20{N}kg"),
        ("à 9 h 30", f"à 9{N}h{N}30"),
        ("1 204 votants", f"1{N}204{B}votants"),
        ("1 250 000 euros", f"1{N}250{N}000{B}euros"),
        ("le 12 mai 2025", f"le 12{B}mai 2025"),
        ("le 1er mai", f"le 1er{B}mai"),
        ("Dr Hugo L. et Dre Inès", f"Dr{B}Hugo L. et Dre{B}Inès"),
        ("le Dr. Hugo", f"le Dr{B}Hugo"),
        ("M. Durand, MM. Durand", f"M.{B}Durand, MM.{B}Durand"),
        ("attendre...", "attendre…"),
        ("l'hôpital, aujourd'hui", "l’hôpital, aujourd’hui"),
        ("ce qui change — ou non — ici", f"ce qui change —{B}ou non{B}— ici"),
        ("le reste — ou non. Puis — ici", f"le reste —{B}ou non. Puis —{B}ici"),
        ("c'est — dit-il —, vrai", f"c’est —{B}dit-il{B}—, vrai"),
        ("— Bonjour", f"—{B}Bonjour"),
    ],
)
def test_each_rule_of_the_guide(typed: str, shown: str) -> None:
    assert typo_text(typed) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://exemple.fr/a?b=1;c='2'&d=...",
        "www.exemple.fr/?q=1",
        "doi:10.5555/1234...5678",
        "nom.x+a@exemple.fr",
        "à 10:30",
        'un écran de 5" sans suite',
        "l’année 2025",
        "06 12 34 56 78",
        "5'30",
    ],
)
def test_addresses_and_doubtful_cases_are_left_alone(text: str) -> None:
    assert typo_text(text) == text


def test_a_long_text_is_set_like_a_short_one() -> None:
    sentence = "Est-ce vrai ? "
    times = REMEMBERED_LENGTH // len(sentence) + 1

    shown = typo_text(sentence * times)

    assert shown == typo_text(sentence) * times


FRENCH = st.text(alphabet="aéDrMmeP 10%hgl.,;:!?…'’\"«»“”()—–-\u00a0\u202f\n/@w", max_size=40)


@given(FRENCH | st.text(max_size=40))
def test_setting_twice_changes_nothing_more(text: str) -> None:
    once = typo_text(text)

    twice = typo_text(once)

    assert twice == once


@given(FRENCH | st.text(max_size=40))
def test_letters_and_figures_never_change(text: str) -> None:
    def letters(written: str) -> str:
        return "".join(sign for sign in written if sign.isalnum())

    shown = typo_text(text)

    assert letters(shown) == letters(text)


def test_the_filter_leaves_escaping_to_the_template() -> None:
    template = Template("{% load typo %}{{ title|typo }}")

    shown = template.render(Context({"title": "<b> ?"}))

    assert shown == f"&lt;b&gt;{N}?"


def test_the_filter_passes_html_unchanged() -> None:
    html = SafeString('<a href="?a=b">Ah ?</a>')

    shown = tags.typo(html)

    assert shown is html


def test_nothing_is_shown_for_nothing() -> None:
    filters = (
        tags.typo,
        tags.date_fr,
        tags.date_long,
        tags.date_weekday,
        tags.time_fr,
        tags.machine_time,
        tags.count_fr,
        tags.percent_fr,
        tags.duration_min,
        tags.age_fr,
    )

    assert {each(None) for each in filters} == {""}


def test_dates_are_written_as_in_the_press() -> None:
    first = dt.date(2025, 5, 1)

    assert tags.date_fr(first) == "01/05/2025"
    assert tags.date_long(first) == f"1er{B}mai 2025"
    assert tags.date_long(dt.date(2025, 5, 12)) == f"12{B}mai 2025"
    assert tags.date_weekday(dt.date(2025, 5, 12)) == f"lundi 12{B}mai 2025"


def test_a_moment_is_shown_in_the_time_zone_of_the_site() -> None:
    midnight_in_paris = dt.datetime(2025, 5, 11, 22, 30, tzinfo=dt.UTC)
    template = Template("{% load typo %}{{ at|date_fr }} {{ at|time_fr }}")

    shown = template.render(Context({"at": midnight_in_paris}))

    assert shown == f"12/05/2025 0{N}h{N}30"


def test_a_full_hour_has_no_minutes() -> None:
    at = dt.datetime(2025, 5, 12, 14, 0, tzinfo=ZoneInfo("Europe/Paris"))

    assert tags.time_fr(at) == f"14{N}h"


def test_numbers_are_written_in_french() -> None:
    assert tags.count_fr(12) == "12"
    assert tags.count_fr(1204567) == f"1{N}204{N}567"
    assert tags.percent_fr(58) == f"58{N}%"
    assert tags.duration_min(24) == f"24{N}min"
    assert tags.duration_min(60) == f"1{N}h"
    assert tags.duration_min(65) == f"1{N}h{N}05"


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        (dt.timedelta(seconds=5), f"1{N}min"),
        (dt.timedelta(minutes=59, seconds=30), f"59{N}min"),
        (dt.timedelta(hours=20, minutes=11), f"20{N}h"),
        (dt.timedelta(hours=25), f"1{B}jour"),
        (dt.timedelta(days=3, hours=1), f"3{B}jours"),
    ],
)
def test_an_age_is_given_in_its_largest_unit(age: dt.timedelta, shown: str) -> None:
    assert tags.age_fr(timezone.now() - age) == shown


def test_today_is_a_day_of_the_site_s_time_zone() -> None:
    shown = Template("{% load typo %}{% today as day %}{{ day|date_fr }}").render(Context())

    assert len(shown) == len("12/05/2025")
