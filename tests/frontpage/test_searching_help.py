"""What the page of search proposes where nothing was found, and while one types."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import vocabulary
from articles.models import Word
from articles.models.words import letters_of
from articles.spelling import distance, meant_by
from articles.tasks import refresh_vocabulary
from newsroom.frontpage.searching.asking import DEBATES, FORMATS, PERIODS, Question
from newsroom.frontpage.searching.completing import completions
from newsroom.frontpage.searching.helping import help_with

LONG_AGO = timezone.now() - timedelta(days=400)
TOMORROW = timezone.now() + timedelta(days=1)


@pytest.fixture
def story(new_article):
    article = new_article("Vaccination", "<p>Un œdème du médecin après le vaccin, une échographie.</p>")
    refresh_vocabulary()
    return article


def words_known():
    return set(Word.objects.values_list("word", flat=True))


def test_the_vocabulary_holds_whole_folded_words_of_public_texts_and_names(new_article, new_author):
    new_author("Marielle Ammouche", signs=new_article("L’œdème", "<p>Échographies, B12 et rien.</p>", slug="x"))

    assert vocabulary.refresh() == len(words_known())

    assert words_known() == {"oedeme", "echographies", "rien", "marielle", "ammouche"}


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"embargo_until": TOMORROW},
        {"published_at": TOMORROW},
        {"audience": "professionals"},
        {"audience": "registered"},
    ],
    ids=["a draft", "under embargo", "to come", "for professionals", "for members"],
)
def test_the_vocabulary_holds_nothing_of_what_not_everybody_may_read(new_article, new_author, fields):
    new_author("Jean Secretissime", signs=new_article("Titre", "<p>Confidentiel.</p>", **fields))

    vocabulary.refresh()

    assert "confidentiel" not in words_known()
    assert ("secretissime" in words_known()) == ("audience" in fields)


def test_the_vocabulary_is_made_anew(story, new_article):
    story.body = "<p>Autre chose.</p>"
    story.save()

    vocabulary.refresh()

    assert "echographie" not in words_known()
    assert "chose" in words_known()
    assert Word.objects.get(word="chose").documents == 1
    assert str(Word.objects.get(word="chose")) == "chose"


def test_letters_are_bits():
    assert letters_of("abba") == 0b11
    assert letters_of("z9-é") == 1 << 25


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        *(("vaccin", "vaccin", 0), ("vacin", "vaccin", 1), ("vacccin", "vaccin", 1), ("vaccim", "vaccin", 1)),
        *(("vaccni", "vaccin", 1), ("avccin", "vaccin", 1), ("vacni", "vaccin", 2), ("gripe", "vaccin", 3)),
        *(("a", "abcdef", 3), ("", "ab", 2), ("mutin", "matin", 1), ("abcd", "badc", 2)),
    ],
)
def test_the_distance_counts_slips_up_to_a_bound(one, other, slips):
    assert distance(one, other, most=2) == slips
    assert distance(other, one, most=2) == slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("vacin", "vaccin"), ("Vaccni", "vaccin"), ("medcin", "medecin"), ("échograhpie", "echographie")),
        *(("vaccin", ""), ("vac", ""), ("xylophone", ""), ("v4ccin", ""), ("a" * 31, ""), ("", "")),
    ],
)
def test_the_nearest_word_is_meant(story, typed, meant):
    assert meant_by(typed) == meant


def test_of_words_equally_near_the_same_first_letter_counts_then_the_more_frequent(db):
    for word, documents in (("cabinet", 9), ("robinet", 50), ("rabiner", 90)):
        Word.objects.create(word=word, documents=documents, length=len(word), letters=letters_of(word))

    assert meant_by("rabinet") == "rabiner"
    assert meant_by("cobinet") == "cabinet"


def test_a_short_word_may_have_one_slip_and_a_long_one_two(db):
    for word in ("rein", "poumon"):
        Word.objects.create(word=word, documents=1, length=len(word), letters=letters_of(word))

    assert (meant_by("reim"), meant_by("reem")) == ("rein", "")
    assert (meant_by("poumno"), meant_by("poummn"), meant_by("pummnn")) == ("poumon", "poumon", "")


def test_a_mistyped_query_is_proposed_as_it_is_written(client, story):
    answer = client.get("/recherche/", {"q": "oedmee medcin", "format": "case"})

    page = answer.content.decode()
    assert "Vouliez-vous dire" in page
    assert 'href="?q=%C5%93d%C3%A8me+m%C3%A9decin"' in page


def test_quoted_phrases_and_exclusions_are_left_as_they_are(story):
    asked = help_with(Question('vacin -medcin "echograhpie"'))

    assert asked.meant is None
    assert help_with(Question("vacin -medcim")).meant.question.words == "vaccin -medcim"


def test_what_would_find_nothing_is_not_proposed(story, new_article):
    new_article("Grippe")
    vocabulary.refresh()

    assert help_with(Question("vacin gripe")).meant is None


def test_a_word_that_left_with_its_article_is_not_proposed(story):
    story.status = "unpublished"
    story.save()

    assert help_with(Question("vacin")).meant is None


def test_a_name_is_proposed_among_authors(new_article, new_author):
    new_author("Marielle Ammouche", signs=new_article("Angine"))
    vocabulary.refresh()

    meant = help_with(Question("amouche")).meant

    assert meant.question.query == "q=ammouche&type=auteurs"


def test_a_known_word_under_filters_is_proposed_without_them(client, new_article, new_tag):
    new_article("Angine", tags=[new_tag("garde")], published_at=timezone.now())
    old = Question("angine", format=FORMATS[5], period=PERIODS[0])
    assert FORMATS[5].name == "case"

    asked = help_with(old)

    assert [one.label for one in asked.wider] == ["Cas clinique", ""]
    page = client.get("/recherche/", {"q": "angine", "format": "case", "periode": "7-jours"}).content.decode()
    assert "sans aucun filtre" in page
    assert "/themes/garde/" in page


def test_one_filter_is_removed_once(new_article):
    new_article("Angine", published_at=LONG_AGO)

    assert len(help_with(Question("angine", period=PERIODS[0])).wider) == 1
    assert help_with(Question("grippe", period=PERIODS[0])).wider == []


def test_other_kinds_that_answer_are_named(client, new_article):
    new_article("Un vaccin")

    page = client.get("/recherche/", {"q": "vaccin", "type": DEBATES.name}).content.decode()

    assert "aucun résultat" in page
    assert '<a href="?q=vaccin">' in page


def test_only_exclusions_are_explained(client, db):
    assert "Ajoutez un mot" in client.get("/recherche/", {"q": "-vaccin"}).content.decode()


def test_what_begins_so_is_suggested_with_its_address(client, new_article, new_author, new_specialty, new_tag):
    specialty = new_specialty("Vaccinologie")
    tag = new_tag("vaccin contre la grippe")
    story = new_article("Des vaccins : pour qui ?", tags=[tag])
    author = new_author("Anne Vaccinette", signs=story, civility="Dre")

    answer = client.get("/recherche/suggestions/", {"q": "vacc"})

    assert [(one["kind"], one["text"], one["url"]) for one in answer.json()["suggestions"]] == [
        ("Spécialité", "Vaccinologie", specialty.get_absolute_url()),
        ("Auteur", "Dre\N{NO-BREAK SPACE}Anne Vaccinette", author.get_absolute_url()),
        ("Thème", "Vaccin contre la grippe", tag.get_absolute_url()),
        ("Article", "Des vaccins\N{NO-BREAK SPACE}: pour qui\N{NARROW NO-BREAK SPACE}?", story.get_absolute_url()),
    ]


@pytest.mark.parametrize("typed", ["", "v", "é", " - ", "v" * 8_000, '"%\\', "zzz", ":*"])
def test_nothing_is_suggested_for_what_begins_nothing(client, new_article, typed):
    new_article("Des vaccins")

    assert client.get("/recherche/suggestions/", {"q": typed}).json() == {"suggestions": []}


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"embargo_until": TOMORROW}, {"published_at": TOMORROW}, {"status": "unpublished"}],
    ids=["a draft", "under embargo", "to come", "withdrawn"],
)
def test_nothing_that_readers_do_not_know_of_is_suggested(new_article, new_author, new_tag, fields):
    new_author("Secret", signs=new_article("Secret", tags=[new_tag("secret")], **fields))

    assert completions("secr") == []


def test_titles_beyond_the_latest_are_suggested_too(new_article, monkeypatch):
    monkeypatch.setattr("newsroom.frontpage.searching.completing.LATEST", 1)
    new_article("Œdème ancien")
    new_article("Œdème récent")
    new_article("Angine")

    assert [one.text for one in completions("oed")] == ["Œdème récent", "Œdème ancien"]


@pytest.mark.parametrize("many", [1, 20])
def test_suggesting_takes_seven_queries_at_most(new_article, new_tag, many, django_assert_max_num_queries):
    for number in range(many):
        new_article(f"Vaccin {number}", tags=[new_tag(f"vaccin {number}")])

    with django_assert_max_num_queries(7):
        assert len(completions("vacc")) == min(many, 3) + min(many, 5)
