"""What an article's form keeps by itself."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleRevision, EditingLock
from articles.presence import attend
from articles.revising import autosave, thin, unsaved_text
from articles.tasks import thin_revisions
from articles.writing import write
from newsroom.core.refusals import Refusal
from tests.articles.keeping.acts import field, kept_by, send
from tests.factories.articles import DraftFactory
from tests.factories.desk import typed

ADD, CHANGE = "admin:articles_article_add", "admin:articles_article_change"
Kind = ArticleRevision.Kind


# Keeping


def test_what_is_typed_is_kept_and_the_article_stays_as_it_is(story, browser_of, editor, time_machine):
    time_machine.move_to("2026-11-24T09:12:00Z", tick=False)

    answer = send(browser_of(editor), story, title="Vaccins au cabinet", base=story.version, form_key="k")

    told = answer.json()
    assert told["said"] == "Enregistré automatiquement à 10\N{NARROW NO-BREAK SPACE}h\N{NARROW NO-BREAK SPACE}12"
    assert (told["note"], told["newer"], told["may_take_over"]) == ("", "", False)
    row = kept_by(editor).get()
    assert (row.content["title"], row.base, row.form_key) == ("Vaccins au cabinet", story.version, "k")
    assert Article.objects.get().title == "Vaccins"
    assert EditingLock.objects.get().holder == editor


def test_sending_again_writes_over_what_was_kept(story, browser_of, editor):
    browser = browser_of(editor)
    for title in ("Un", "Deux", "Trois"):
        send(browser, story, title=title, form_key="k")

    assert [row.content["title"] for row in kept_by(editor)] == ["Trois"]


def test_articles_that_were_never_saved_are_told_apart_by_their_forms(browser_of, editor):
    browser = browser_of(editor)
    send(browser, None, title="Un", form_key="a")
    send(browser, None, title="Deux", form_key="b")
    send(browser, None, title="Un bis", form_key="a")

    assert sorted(row.content["title"] for row in kept_by(editor)) == ["Deux", "Un bis"]


def test_saving_forgets_what_that_form_kept_and_not_what_another_did(story, browser_of, editor):
    browser = browser_of(editor)
    send(browser, story, title="Le mien", base=story.version, form_key="a")
    send(browser, None, title="Un nouveau", form_key="b")

    browser.post(reverse(CHANGE, args=[story.pk]), typed(title="Le mien", base=story.version, form_key="a", _save=""))

    assert Article.objects.get(pk=story.pk).title == "Le mien"
    assert [row.form_key for row in kept_by(editor)] == ["b"]


def test_what_a_form_sends_after_it_was_saved_is_not_taken_for_new_words(story, browser_of, editor):
    browser = browser_of(editor)
    browser.post(reverse(CHANGE, args=[story.pk]), typed(title="Le mien", base=story.version, form_key="a", _save=""))

    late = send(browser, story, title="Le mien", base=story.version, form_key="a")

    assert late.status_code == 409
    assert "déjà enregistré" in late.json()["said"]
    assert not kept_by(editor).exists()


def test_what_a_new_articles_form_sends_after_it_was_saved_is_not_kept(browser_of, editor):
    browser = browser_of(editor)
    browser.post(reverse(ADD), typed(title="Neuf", form_key="a", _save=""))

    assert send(browser, None, title="Neuf", form_key="a").status_code == 409
    assert not kept_by(editor).exists()


def test_a_row_that_slipped_in_during_the_save_is_neither_offered_nor_in_the_way(story, browser_of, editor):
    write(story, {"title": "Le mien"}, by=editor, base=story.version, form_key="a")
    late = ArticleRevision.objects.create(
        article=story, kind=Kind.AUTOSAVE, by=editor, form_key="a", base=1, content={"title": "Le m"}, digest=""
    )
    browser = browser_of(editor)

    assert unsaved_text(story, editor) is None
    assert "data-offer data-form-key" not in browser.get(reverse(CHANGE, args=[story.pk])).content.decode()
    assert thin() == 1
    assert not ArticleRevision.objects.filter(pk=late.pk).exists()


def test_a_text_that_waits_for_a_decision_is_not_written_over_by_another_form(story, browser_of, editor):
    browser = browser_of(editor)
    send(browser, story, title="Avant la panne", form_key="a")

    refused = send(browser, story, title="Après la panne", form_key="b")

    assert refused.status_code == 409
    assert kept_by(editor).get().content["title"] == "Avant la panne"
    browser.post(reverse("desk:drop", args=[story.pk]), {"form_key": "a"})
    assert send(browser, story, title="Après la panne", form_key="b").status_code == 200


def test_a_text_that_says_nothing_new_gives_way(story, editor):
    autosave(story, {"title": "Vaccins", "beside": {}}, editor, form_key="a")

    row = autosave(story, {"title": "Vaccins au cabinet"}, editor, form_key="b")

    assert (kept_by(editor).get(), row.form_key) == (row, "b")


def test_nobody_is_kept_who_may_not_write(story, moderator, editor):
    Article.objects.update(status="trash", trashed_at=timezone.now())
    story.refresh_from_db()

    for person, article in ((moderator, None), (moderator, story), (editor, story)):
        with pytest.raises(PermissionDenied):
            autosave(article, {"title": "Non"}, person)


def test_hostile_signs_are_kept_without_harm(story, browser_of, editor):
    fields = (
        r'["title", "Un\u0000 titre\ud800"], ["form_key", "k\u0000"], ["base", "\ud800"], ["body", "<p>\udfff</p>"]'
    )
    body = f'{{"fields": [{fields}]}}'
    address = reverse("desk:keep", args=[story.pk])

    answer = browser_of(editor).post(address, body, content_type="application/json")

    row = kept_by(editor).get()
    assert (answer.status_code, row.content["title"], row.content["body"], row.form_key) == (
        200,
        "Un titre",
        "<p></p>",
        "k",
    )


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{", '{"fields": 3}', '{"fields": [1]}', '{"fields": ["abc"]}', "[" * 100_000, b"\xff"]
)
@pytest.mark.parametrize("name", ["desk:keep", "desk:keep-new"])
def test_what_is_no_message_is_refused_in_words(story, browser_of, editor, body, name):
    address = reverse(name, args=[story.pk] if name == "desk:keep" else [])

    answer = browser_of(editor).post(address, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["said"] == "Ce message n’a pas pu être lu."
    assert not kept_by(editor).exists()


@pytest.mark.parametrize("name", ["desk:keep", "desk:keep-new", "desk:ping"])
def test_five_megabytes_are_refused_in_words(story, browser_of, editor, name):
    address = reverse(name, args=[] if name == "desk:keep-new" else [story.pk])
    body = json.dumps({"fields": [["body", "a" * (5 * 1024 * 1024)]]})

    answer = browser_of(editor).post(address, body, content_type="application/json")

    assert answer.status_code == 413
    assert "trop long" in answer.json()["said"]


def test_an_expired_form_is_turned_away_and_learns_its_new_token(story, editor):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    address, body = reverse("desk:keep", args=[story.pk]), json.dumps({"fields": [["title", "Un"], ["form_key", "k"]]})

    refused = browser.post(address, body, content_type="application/json", headers={"X-CSRFToken": "vieux"})
    told = browser.get(reverse("desk:forms")).json()
    kept = browser.post(address, body, content_type="application/json", headers={"X-CSRFToken": told["csrf"]})

    assert (refused.status_code, kept.status_code, told["person"]) == (403, 200, editor.pk)


def test_a_device_learns_which_of_its_forms_were_saved(story, browser_of, editor, chief):
    browser = browser_of(editor)
    browser.post(reverse(CHANGE, args=[story.pk]), typed(title="Un", base=story.version, form_key="a", _save=""))
    browser.post(reverse(ADD), typed(title="Neuf", form_key="b", _save=""))
    send(browser, None, title="En cours", form_key="c")
    write(Article(), {"title": "Du chef"}, by=chief, form_key="d")

    told = browser.get(reverse("desk:forms"), {"cle": ["a", "b", "c", "d", "", "z\ud7ff"]}).json()

    assert told["saved"] == ["a", "b"]


@pytest.mark.parametrize("name", ["desk:keep", "desk:ping"])
def test_the_session_gone_the_script_is_led_to_sign_in(story, client, name):
    answer = client.post(reverse(name, args=[story.pk]), "{}", content_type="application/json")

    assert answer.status_code == 302
    assert "/compte/connexion/" in answer["Location"]


# Presence


def test_a_form_tells_of_itself_in_three_queries_and_a_colleague_is_named(
    story, browser_of, editor, chief, django_assert_num_queries
):
    address, sent = reverse("desk:ping", args=[story.pk]), json.dumps({"form_key": "a", "base": "1", "typing": True})
    colleague, browser = browser_of(chief), browser_of(editor)
    assert colleague.post(address, sent, content_type="application/json").json()["note"] == ""

    # Session, person and rights are four; the article, the lock, and its holder or its change are three;
    # the transaction's own two are counted too.
    with django_assert_num_queries(9):
        told = browser.post(address, sent, content_type="application/json").json()
    with django_assert_num_queries(9):
        colleague.post(address, sent, content_type="application/json")

    assert told["note"].startswith("Marc Aubry modifie cet article depuis")
    assert "Marc Aubry modifie cet article" in browser.get(reverse(CHANGE, args=[story.pk])).content.decode()
    assert (
        '<td class="field-writer">Marc Aubry</td>'
        in browser.get(reverse("admin:articles_article_changelist")).content.decode()
    )


def test_a_form_that_closes_frees_the_article(story, browser_of, editor):
    address, browser = reverse("desk:ping", args=[story.pk]), browser_of(editor)
    browser.post(address, json.dumps({"form_key": "a"}), content_type="application/json")

    answer = browser.post(address, json.dumps({"form_key": "a", "leaving": True}), content_type="application/json")

    assert answer.status_code == 204
    assert not EditingLock.objects.exists()


def test_a_form_learns_that_the_article_was_saved_meanwhile(story, browser_of, editor, chief):
    write(story, {"title": "Du chef"}, by=chief, base=story.version)

    told = browser_of(editor).post(
        reverse("desk:ping", args=[story.pk]), json.dumps({"base": "1"}), content_type="application/json"
    )

    assert "fusionnées" in told.json()["newer"]


def test_taking_over_by_form_and_by_script(story, browser_of, editor, chief):
    attend(story, chief)
    browser, address = browser_of(editor), reverse("desk:take-over", args=[story.pk])
    script = {"Accept": "application/json"}

    busy = browser.post(address, headers=script)
    refused = browser.post(address, follow=True)
    EditingLock.objects.update(typed_at=timezone.now() - timedelta(minutes=11))
    offered = browser.get(reverse(CHANGE, args=[story.pk]))
    taken = browser.post(address, headers=script)

    assert (busy.status_code, "Marc Aubry" in busy.json()["said"]) == (409, True)
    assert "Marc Aubry est en train d’écrire" in refused.content.decode()
    assert "data-take-over-form>" in offered.content.decode()
    assert taken.json()["note"] == ""
    assert EditingLock.objects.get().holder == editor
    assert "Vous avez pris la main" in browser.post(address, follow=True).content.decode()


# Coming back


@pytest.mark.django_db(transaction=True)
def test_two_sendings_of_one_form_at_once_leave_one_row(editor):
    story = DraftFactory()
    for article in (story, None):
        at_once(lambda number, article=article: autosave(article, {"title": f"Version {number}"}, editor, form_key="k"))

        assert kept_by(editor).filter(article=article).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_forms_that_send_at_once_leave_one_text_and_lose_none_silently(editor):
    story = DraftFactory()

    outcomes = at_once(lambda number: autosave(story, {"title": f"Version {number}"}, editor, form_key=f"k{number}"))

    row = kept_by(editor).get()
    assert outcomes.count("kept") >= 1
    assert row.content["title"] == f"Version {row.form_key[1:]}"


@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_sending_of_the_same_form_at_once_leave_nothing_to_decide(editor):
    for _time in range(5):
        story = write(Article(), {"title": "Vaccins"}, by=editor)
        acts = [
            lambda story=story: write(story, {"title": "Fini"}, by=editor, base=1, form_key=f"k{story.pk}"),
            lambda story=story: autosave(
                Article.objects.get(pk=story.pk), {"title": "Fin"}, editor, form_key=f"k{story.pk}"
            ),
        ]

        at_once(lambda number, acts=acts: acts[number]())

        assert Article.objects.get(pk=story.pk).title == "Fini"
        assert unsaved_text(story, editor) is None


def at_once(act):
    """Do a thing twice at the same moment, numbered 0 and 1; return for each whether it was kept or refused."""
    barrier, outcomes = threading.Barrier(2), [None, None]

    def do(number):
        barrier.wait()
        try:
            act(number)
            outcomes[number] = "kept"
        except Refusal:
            outcomes[number] = "refused"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert None not in outcomes
    return outcomes


def test_the_night_thins(story, editor, time_machine):
    autosave(story, {"title": "Oublié"}, editor, form_key="k")
    time_machine.move_to(timezone.now() + timedelta(days=91))

    thin_revisions()

    assert not kept_by(editor).exists()


def test_an_article_with_tags_is_saved_with_others(story, browser_of, editor):
    write(story, {"tags": ["un", "deux"]}, by=editor)
    browser, address = browser_of(editor), reverse(CHANGE, args=[story.pk])

    shown = field(browser.get(address), "tags")
    answer = browser.post(address, typed(tags="deux, trois", base=story.version, form_key="k", _save=""))

    assert shown == "deux, un"
    assert answer.status_code == 302
    assert set(Article.objects.get().tags.names()) == {"deux", "trois"}


def test_an_article_in_the_bin_offers_and_keeps_nothing(story, browser_of, editor):
    autosave(story, {"title": "Avant la corbeille"}, editor, form_key="k")
    Article.objects.update(status="trash", trashed_at=timezone.now())
    browser = browser_of(editor)

    page = browser.get(reverse(CHANGE, args=[story.pk]), {"reprendre": "1"})

    assert "data-keeping" not in page.content.decode()
    assert "Avant la corbeille" not in page.content.decode()
    assert send(browser, story, title="Non", form_key="k").status_code == 403


def test_a_text_that_is_gone_is_said_to_be(story, browser_of, editor):
    page = browser_of(editor).get(reverse(CHANGE, args=[story.pk]), {"reprendre": "1"})

    assert "Aucun texte non enregistré" in str(next(iter(page.context["messages"])))
    assert field(page, "title") == "Vaccins"
