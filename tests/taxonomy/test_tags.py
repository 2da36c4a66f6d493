import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from newsroom.taxonomy.models import Specialty, Tag
from newsroom.taxonomy.tagging import tags_from_text, text_from_tags
from tests.factories.articles import DraftFactory, SpecialtyFactory, TagFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Œdème", "oedeme"), ("Santé", "sante"), ("désert  médical", "desert-medical"), ("???", "theme")],
)
def test_the_address_of_a_tag_is_its_folded_name(name, slug):
    assert Tag.objects.create(name=name).slug == slug


def test_spellings_of_one_word_share_one_address():
    Tag.objects.create(name="Santé")

    with pytest.raises(IntegrityError), transaction.atomic():
        Tag(name="SANTE", slug="sante").save()


def test_commas_part_tags_and_spaces_do_not():
    assert tags_from_text("désert médical, Prévention ,, ") == ["désert médical", "Prévention"]


def test_a_tag_typed_twice_is_taken_once():
    assert tags_from_text("Vaccins, vaccins, VACCINS") == ["Vaccins"]


def test_a_known_tag_comes_back_as_it_is_spelled():
    TagFactory(name="Œdème")

    assert tags_from_text("oedeme") == ["Œdème"]


def test_a_synonym_is_replaced_by_its_main_tag():
    TagFactory(name="crise cardiaque", synonym_of=TagFactory(name="infarctus"))

    assert tags_from_text("Crise cardiaque") == ["infarctus"]


def test_names_without_a_letter_are_tags_of_their_own():
    assert [Tag.objects.create(name=name).slug for name in ("???", "!!!")] == ["theme", "theme-1"]


def test_substances_that_differ_by_a_greek_letter_are_two_tags():
    TagFactory(name="interféron α")

    assert tags_from_text("interféron β") == ["interféron β"]


def test_a_name_longer_than_a_tag_may_be_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match="100"):
        tags_from_text("une phrase entière " * 8)


def test_a_synonym_typed_beside_its_main_tag_is_one_tag():
    TagFactory(name="crise cardiaque", synonym_of=TagFactory(name="infarctus"))

    assert tags_from_text("infarctus, crise cardiaque") == ["infarctus"]


def test_tags_are_edited_in_french_alphabetical_order():
    tags = [TagFactory(name=name) for name in ("zona", "Œdème", "école")]

    assert text_from_tags(tags) == "école, Œdème, zona"


def test_tags_of_an_article_are_the_same_row_whatever_the_spelling():
    first, second = DraftFactory(), DraftFactory()
    first.tags.add("Vaccins")

    second.tags.add(*tags_from_text("VACCINS"))

    assert first.tags.get() == second.tags.get()


def test_a_tag_is_no_synonym_of_itself():
    tag = TagFactory()

    with pytest.raises(IntegrityError, match="tag_is_no_synonym_of_itself"), transaction.atomic():
        Tag.objects.filter(pk=tag.pk).update(synonym_of=tag)


def test_synonyms_make_no_chains():
    main = TagFactory()
    synonym = TagFactory(synonym_of=main)

    with pytest.raises(ValidationError):
        Tag(name="autre", slug="autre", synonym_of=synonym).full_clean()
    Tag(name="autre", slug="autre", synonym_of=main).full_clean()


def test_main_tags_are_no_synonyms():
    main = TagFactory()
    TagFactory(synonym_of=main)

    assert list(Tag.objects.main()) == [main]


def test_specialties_stand_in_the_editors_order():
    last = SpecialtyFactory(name="A", slug="a", position=9)
    first = SpecialtyFactory(name="Z", slug="z", position=1)

    assert list(Specialty.objects.all()) == [first, last]
    assert str(first) == "Z"
    assert first.get_absolute_url() == "/specialites/z/"


def test_the_editors_create_tags_and_the_chief_changes_specialties(editor, chief):
    assert editor.has_perm("taxonomy.add_tag")
    assert not editor.has_perm("taxonomy.change_specialty")
    assert chief.has_perm("taxonomy.change_specialty")
