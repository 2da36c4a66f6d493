"""Two tags that become one, and part again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Selection, SelectionEdition, SelectionItem
from newsroom.core.refusals import Refusal
from newsroom.taxonomy.merging import carriers, merge, part
from newsroom.taxonomy.models import Tag
from newsroom.taxonomy.tagging import like, tags_from_text
from tests.factories.accounts import staff
from tests.factories.articles import ArticleFactory, DraftFactory, TagFactory
from tests.polls.test_votes_at_once import at_once

pytestmark = pytest.mark.django_db

LIST = "admin:taxonomy_tag_changelist"


def carried(article):
    return sorted(article.tags.names())


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_what_carries_the_tag_carries_the_main_one_once(chief):
    crisis, infarction, other = (TagFactory(name=name) for name in ("crise cardiaque", "infarctus", "autre"))
    one, both, neither = DraftFactory.create_batch(3)
    one.tags.add(crisis, other)
    both.tags.add(crisis, infarction)
    neither.tags.add(other)

    merged = merge(crisis, infarction, by=chief)

    assert merged == (1, 1)
    assert (carried(one), carried(both), carried(neither)) == (["autre", "infarctus"], ["infarctus"], ["autre"])
    assert Tag.objects.get(name="crise cardiaque").synonym_of == infarction == crisis.synonym_of


def test_whoever_types_a_synonym_gets_the_main_tag(chief):
    crisis, infarction = TagFactory(name="crise cardiaque"), TagFactory(name="infarctus")

    merge(crisis, infarction, by=chief)

    assert tags_from_text("Crise Cardiaque, zona") == ["infarctus", "zona"]


def test_the_address_of_a_synonym_leads_to_its_main_tag(client, chief):
    article = ArticleFactory()
    article.tags.add("crise cardiaque", "infarctus")

    merge(Tag.objects.get(name="crise cardiaque"), Tag.objects.get(name="infarctus"), by=chief)

    answer = client.get("/themes/crise-cardiaque/")
    assert (answer.status_code, answer["Location"]) == (301, "/themes/infarctus/")


def test_synonyms_of_a_merged_tag_become_synonyms_of_the_main_one(chief):
    main, middle = TagFactory(), TagFactory()
    last = TagFactory(synonym_of=middle)

    merge(middle, main, by=chief)

    last.refresh_from_db()
    assert last.synonym_of == main


def test_merging_into_a_synonym_is_merging_into_its_main_tag(chief):
    main, tag = TagFactory(), TagFactory()
    synonym = TagFactory(synonym_of=main)

    merge(tag, synonym, by=chief)

    tag.refresh_from_db()
    assert tag.synonym_of == main


def test_a_synonym_may_change_its_main_tag(chief):
    one, other = TagFactory(), TagFactory()
    synonym = TagFactory(synonym_of=one)

    merge(synonym, other, by=chief)

    synonym.refresh_from_db()
    assert synonym.synonym_of == other


@pytest.mark.parametrize("pair", ["itself", "its synonym", "its main tag"])
def test_what_is_one_tag_already_is_not_merged(chief, pair):
    main = TagFactory(name="infarctus")
    synonym = TagFactory(name="crise", synonym_of=main)
    tag, into = {"itself": (main, main), "its synonym": (main, synonym), "its main tag": (synonym, main)}[pair]

    with pytest.raises(Refusal):
        merge(tag, into, by=chief)


def test_a_tag_that_was_deleted_meanwhile_is_not_merged(chief):
    tag, into = TagFactory(), TagFactory()
    Tag.objects.filter(pk=into.pk).delete()

    with pytest.raises(Refusal):
        merge(tag, into, by=chief)


def test_slots_of_selections_follow(chief):
    tag, main = TagFactory(), TagFactory()
    edition = SelectionEdition.objects.create(selection=Selection.objects.create(title="S", slug="s"), number=1)
    slot = SelectionItem.objects.create(edition=edition, rule="tag", rule_tag=tag)

    assert carriers([tag, main]) == {tag.pk: 1}
    merge(tag, main, by=chief)

    slot.refresh_from_db()
    assert slot.rule_tag == main


def test_a_synonym_becomes_a_tag_of_its_own_again(chief):
    synonym = TagFactory(synonym_of=TagFactory())

    part(synonym, by=chief)

    synonym.refresh_from_db()
    assert synonym.synonym_of is None
    with pytest.raises(Refusal):
        part(synonym, by=chief)


def test_an_editor_neither_merges_nor_parts(editor):
    synonym = TagFactory(synonym_of=TagFactory())

    with pytest.raises(PermissionDenied):
        merge(TagFactory(), TagFactory(), by=editor)
    with pytest.raises(PermissionDenied):
        part(synonym, by=editor)


@pytest.mark.django_db(transaction=True)
def test_merges_at_once_make_no_chain_and_no_circle():
    chief = staff("editor in chief")
    for _round in range(4):
        tags = TagFactory.create_batch(4)
        articles = DraftFactory.create_batch(3)
        for article in articles:
            article.tags.add(*tags)
        first, second, third, fourth = tags

        def attempt(tag, into):
            try:
                merge(Tag.objects.get(pk=tag.pk), Tag.objects.get(pk=into.pk), by=chief)
            except Refusal:
                return

        pairs = [(first, second), (second, first), (second, third), (third, fourth)]
        at_once(*(lambda pair=pair: attempt(*pair) for pair in pairs))

        assert not Tag.objects.filter(synonym_of__synonym_of__isnull=False).exists()
        mains = {tag.name for tag in Tag.objects.filter(pk__in=[tag.pk for tag in tags]).main()}
        assert 1 <= len(mains) < 4
        assert all(carried(article) and set(carried(article)) <= mains for article in articles)


def test_the_list_asks_into_which_tag_and_says_how_much_that_changes(browser_of, chief):
    tags = [TagFactory(name=name) for name in ("crise cardiaque", "attaque", "infarctus")]
    for _number in range(3):
        DraftFactory().tags.add(tags[0])
    boxes = {"action": "merge_chosen", "_selected_action": [tag.pk for tag in tags]}
    browser = browser_of(chief)

    page = browser.post(reverse(LIST), boxes).content.decode()
    refused = browser.post(reverse(LIST), {**boxes, "into": ""}).content.decode()
    answer = browser.post(reverse(LIST), {**boxes, "into": tags[2].pk}, follow=True)

    assert "crise cardiaque — 3 " in page
    assert "errorlist" in refused
    assert [tag.name for tag in Tag.objects.main()] == ["infarctus"]
    assert len(said(answer)) == 2
    assert "3" in said(answer)[0] + said(answer)[1]
    assert LogEntry.objects.filter(object_id__in=[str(tag.pk) for tag in tags]).count() == 2


def test_a_tag_is_not_merged_with_itself_alone(browser_of, chief):
    tag = TagFactory()
    form = {"action": "merge_chosen", "_selected_action": [tag.pk], "into": tag.pk}

    page = browser_of(chief).post(reverse(LIST), form).content.decode()

    assert "errorlist" in page


def test_a_refusal_is_said_in_the_list(browser_of, chief, monkeypatch):
    """The tag was merged by somebody else after the form was checked."""
    tag, into = TagFactory(), TagFactory()
    form = {"action": "merge_chosen", "_selected_action": [tag.pk], "into": into.pk}
    real = merge

    def second(tag, into, *, by):
        real(tag, into, by=by)
        return real(tag, into, by=by)

    monkeypatch.setattr("newsroom.taxonomy.admin.merge", second)

    answer = browser_of(chief).post(reverse(LIST), form, follow=True)

    assert len(said(answer)) == 1
    assert "déjà" in said(answer)[0]


def test_the_list_parts_synonyms(browser_of, chief):
    synonym, main = TagFactory(synonym_of=TagFactory()), TagFactory()
    form = {"action": "part_chosen", "_selected_action": [synonym.pk, main.pk]}

    answer = browser_of(chief).post(reverse(LIST), form, follow=True)

    synonym.refresh_from_db()
    assert synonym.synonym_of is None
    assert len(said(answer)) == 2


def test_an_editor_is_offered_no_merging(browser_of, editor):
    tag = TagFactory()
    browser = browser_of(editor)

    assert "merge_chosen" not in browser.get(reverse(LIST)).content.decode()
    browser.post(reverse(LIST), {"action": "merge_chosen", "_selected_action": [tag.pk], "into": TagFactory().pk})

    tag.refresh_from_db()
    assert tag.synonym_of is None


def test_asking_takes_as_many_queries_for_three_tags_as_for_one(browser_of, chief):
    tags = TagFactory.create_batch(3)
    browser = browser_of(chief)
    browser.post(reverse(LIST), {"action": "merge_chosen", "_selected_action": [tags[0].pk]})

    counts = []
    for chosen in (tags[:1], tags):
        with CaptureQueriesContext(connection) as asked:
            browser.post(reverse(LIST), {"action": "merge_chosen", "_selected_action": [tag.pk for tag in chosen]})
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_suggestions_are_main_tags_those_that_begin_so_first():
    infarction = TagFactory(name="infarctus")
    TagFactory(name="crise cardiaque", synonym_of=infarction)
    TagFactory(name="cardiologie")
    TagFactory(name="arrêt cardiaque")

    assert [(tag.name, tag.main.name) for tag in like("CARDI")] == [
        ("cardiologie", "cardiologie"),
        ("arrêt cardiaque", "arrêt cardiaque"),
        ("crise cardiaque", "infarctus"),
    ]
    assert [tag.main.name for tag in like("infarct")] == ["infarctus"]
    assert like(" ") == []
