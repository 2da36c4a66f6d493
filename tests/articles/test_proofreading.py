import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.proofreading import Illustration, Level, Source, Story, remarks

COMPLETE = Story(
    title="La grippe recule",
    standfirst="Les cas baissent depuis deux semaines.",
    body="<p>Selon l’agence [1], la baisse est nette.</p>",
    tags=1,
    authors=1,
    has_specialty=True,
    references=(Source("Agence, 2026"),),
)


def codes(story, level=None):
    return [(remark.code, remark.field) for remark in remarks(story) if level in {None, remark.level}]


def of(**changes):
    return replace(COMPLETE, **changes)


def body(html, **changes):
    return of(body=f"<p>Selon [1].</p>{html}", **changes)


def test_a_complete_story_draws_no_remark():
    assert remarks(COMPLETE) == []


@pytest.mark.parametrize(
    ("story", "code", "field"),
    [
        (of(title=" "), "no_title", "title"),
        (of(has_specialty=False), "no_specialty", "primary_specialty"),
        (of(authors=0), "no_author", "bylines"),
        (of(body="<p>&nbsp;</p>", standfirst="", references=()), "no_text", "body"),
        (of(is_podcast=True), "no_audio", "audio"),
        (of(is_partner=True), "no_sponsor", "sponsor"),
        (of(image=Illustration(credit="x")), "image_without_text", "image_alt"),
        (of(image=Illustration("a", credit="x", lacks_consent=True)), "no_consent", "image"),
        (of(image=Illustration("a", credit="x", are_rights_over=True)), "rights_over", "image"),
        (body('<img src="/media/a.jpg">'), "picture_without_text", "body"),
        (
            body('<figure><img src="/media/a.jpg" alt=""><figcaption>Rouen</figcaption></figure>'),
            "picture_without_text",
            "body",
        ),
        (
            body('<img src="/a" alt="x">', pictures={"/a": Illustration(credit="x", lacks_consent=True)}),
            "no_consent",
            "body",
        ),
        (body("<p>et [2, 4]</p>"), "call_without_reference", "references"),
        (body('<p><a href="#ref-3">la troisième</a></p>'), "call_without_reference", "references"),
        (of(title="La grippe, TK"), "unfinished", "title"),
        (of(kicker="TKTK"), "unfinished", "kicker"),
        (of(short_title="XXX"), "unfinished", "short_title"),
        (of(key_points="un\n[à vérifier]"), "unfinished", "key_points"),
        (body("<p>de TK millions</p>"), "unfinished", "body"),
        (body("<p>[à compléter avec Léa]</p>"), "unfinished", "body"),
        (body('<img src="/a" alt="TK">'), "unfinished", "body"),
        (of(references=(Source("TK"),)), "unfinished", "references"),
    ],
)
def test_what_forbids_publishing(story, code, field):
    assert codes(story, Level.BLOCKING) == [(code, field)]
    assert next(iter(remarks(story))).is_blocking


@pytest.mark.parametrize(
    "story",
    [
        of(body="", references=()),
        of(standfirst=""),
        of(is_podcast=True, has_audio=True),
        of(is_partner=True, sponsor="Laboratoire"),
        of(image=Illustration(is_decorative=True, credit="x")),
        body('<img src="/a" alt=""><img src="/b" alt="Une salle">'),
        body("<p>caryotype 47,XXX ; l’ITK ; le tk ; page XXXX1 ; XX ; [sic] [2024] [à bord]</p>"),
        body("<p><code>[9] TK</code> IC 95 % [1,2-3,4]</p>"),
        body('<p><a href="https://a.example/">[9]</a></p>'),
    ],
)
def test_what_does_not_forbid_it(story):
    assert codes(story, Level.BLOCKING) == []


@pytest.mark.parametrize(
    ("story", "code", "field"),
    [
        (of(title="a" * 91), "long_title", "title"),
        (of(standfirst="a" * 301), "long_standfirst", "standfirst"),
        (of(tags=0), "no_tag", "tags"),
        (of(references=(Source("a", is_retracted=True),)), "retracted", "references"),
        (of(references=(Source("a", doi="10.1/x", is_unresolved=True),)), "unresolved", "references"),
        (of(references=(Source("a"), Source("b"))), "uncalled", "references"),
        (of(is_clinical=True), "no_review_date", "review_by"),
        (of(is_video=True), "no_player", "body"),
        (of(image=Illustration("Une salle")), "no_credit", "image"),
        (of(image=Illustration("IMG_2034", credit="x")), "alt_is_a_file_name", "image"),
        (body('<img src="/a" alt="salle.JPG">'), "alt_is_a_file_name", "body"),
        (body('<img src="/a" alt="x">', pictures={"/a": Illustration()}), "no_credit", "body"),
        (body("<h2> </h2>"), "empty_heading", "body"),
        (body("<h3>Premier</h3><h2>Second</h2>"), "skipped_level", "body"),
        (body("<table><tbody><tr><td>a</td></tr></tbody></table>"), "table_without_heading", "body"),
        (body(f"<p>{'mot ' * 400}</p>"), "long_paragraph", "body"),
        (body('<p><a href="/x">Cliquez ici</a></p>'), "vague_link", "body"),
        (body('<p><a href="/x">en savoir plus »</a></p>'), "vague_link", "body"),
    ],
)
def test_advice(story, code, field):
    assert codes(story) == [(code, field)]
    assert not remarks(story)[0].is_blocking


@pytest.mark.parametrize(
    "story",
    [
        of(title="a" * 90, standfirst="a" * 300),
        of(is_clinical=True, review_by=date(2027, 1, 1)),
        of(
            is_video=True,
            body='<p>[1]</p><figure class="media"><oembed url="https://vimeo.com/76979871"></oembed></figure>',
        ),
        of(image=Illustration("Une salle d’attente", credit="x")),
        body("<h2>Un</h2><h3>Deux</h3><table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"),
        body('<p><a href="/x">la recommandation de 2026</a></p>'),
    ],
)
def test_nothing_to_advise(story):
    assert remarks(story) == []


@pytest.mark.parametrize(
    ("text", "code", "excerpt"),
    [
        ("L’Etat décide", "unaccented_capital", "L’Etat décide"),
        ("Etes-vous prêts ?", "unaccented_capital", "Etes-vous"),
        ("ECOLE de Rouen", "unaccented_capital", "ECOLE de"),
        ("A propos de la grippe", "unaccented_capital", "A propos"),
        ("Fini. A partir de lundi", "unaccented_capital", "Fini. A partir"),
        ("Ca va mieux", "unaccented_capital", "Ca va"),
        ("Ca s’aggrave", "unaccented_capital", "Ca s’aggrave"),
        ("En Ile-de-France", "unaccented_capital", "En Ile-de-France"),
        ("Age moyen : 40 ans", "unaccented_capital", "Age moyen"),
        ("Une évaluation. Evaluation", "unaccented_capital", "évaluation. Evaluation"),
        ('dit "oui" et', "straight_quotes", 'dit "oui" et'),
        ("deux  espaces", "double_space", "deux  espaces"),
        ("attendre...", "three_dots", "attendre..."),
        ("un , deux", "space_before_sign", "un , deux"),
        ("fin .", "space_before_sign", "fin ."),
        ("fin.Puis rien", "no_space_after_stop", "fin.Puis"),
        ("le Dr. Martin", "title_with_stop", "le Dr. Martin"),
        ("Mme. Martin", "title_with_stop", "Mme. Martin"),
        ("vers 10h30 ou", "hour", "vers 10h30 ou"),
        ("à 9h", "hour", "à 9h"),
        ("la 1ère fois", "ordinal", "la 1ère fois"),
        ("le 2ème jour", "ordinal", "le 2ème jour"),
        ("Mr Martin", "mister", "Mr Martin"),
        ("un oedème", "ligature", "un oedème"),
        ("Oesophage", "ligature", "Oesophage"),
        ("le coeur", "ligature", "coeur"),
        ("un foetus", "ligature", "foetus"),
    ],
)
@pytest.mark.parametrize("field", ["kicker", "short_title", "standfirst", "body"])
def test_slips_of_the_keyboard(text, code, excerpt, field):
    story = body(f"<p>{text}</p>") if field == "body" else of(**{field: text})

    (remark,) = remarks(story)

    assert (remark.code, remark.field, remark.level) == (code, field, Level.ADVISORY)
    assert remark.excerpt == excerpt
    assert excerpt in remark.sentence


@pytest.mark.parametrize(
    "text",
    [
        *(
            "À propos",
            "A-t-on raison ?",
            "A été vacciné",
            "Grade A de preuve",
            "hépatite A chez l’enfant",
            "A et B",
            "A. Dupont",
        ),
        *(
            "Eliquis, Ebola, Elisabeth, Europe, Examen, Evidence-based medicine",
            "Et, En, Elle, Entre, Enfin",
            "État, École",
        ),
        *(
            "Ca 2+ et Ca total",
            "coefficient, coexister, poète",
            "« oui » et “non”",
            "10 h 30, 24 h/24, 5 HT",
            "1er, 1re, 2e",
        ),
        *(
            "M. Martin, Dr Martin, Mme Martin",
            "2,5 mg/j ; 0.5",
            "etc.",
            "https://a.example/A.B?x=Etat...",
            "a@Etat.example",
        ),
        *("doi 10.1000/Etat..1", "www.Etat.example", "Fin.\nSuite", "L’OMS. Une étude", "Economist"),
    ],
)
def test_what_is_written_well_is_left_in_peace(text):
    assert remarks(body("", standfirst=text)) == []
    assert remarks(body(f"<p>{text}</p>")) == []


def test_code_is_not_read():
    assert remarks(body("<pre>Etat  ...</pre>")) == []


def test_a_rule_that_is_met_often_is_one_remark_with_its_count():
    (remark,) = remarks(of(standfirst="L’Etat, l’Etat et l’Etat"))

    assert remark.count == 3


def test_what_blocks_is_said_first_and_retractions_before_other_advice():
    story = of(tags=0, authors=0, title="A propos", references=(Source("a", is_retracted=True),))

    assert [code for code, _field in codes(story)] == ["no_author", "retracted", "no_tag", "unaccented_capital"]


KINASES = "Les inhibiteurs de tyrosine kinase (TK) ont changé le pronostic."


@pytest.mark.parametrize(
    "text",
    [
        "<p>[TK]</p>",
        "<p>[TK chiffre de l’agence]</p>",
        "<p>TK</p>",
        "<p>– TK.</p>",
        "<p>TK : le chiffre de 2026</p>",
        "<p>Première ligne<br>TK: la suite</p>",
        "<p>une hausse (TK : à demander)</p>",
        "<p>une hausse de TK %</p>",
        "<p>une hausse de TKTK</p>",
    ],
)
def test_a_mark_that_stands_alone_forbids_publishing_even_beside_a_kinase(text):
    assert codes(body(text, standfirst=KINASES), Level.BLOCKING) == [("unfinished", "body")]


@pytest.mark.parametrize("text", ["la TK de Bruton", "un inhibiteur de TK, oral", "TK-inhibiteurs", "l’activité TK"])
def test_a_kinase_is_only_asked_about(text):
    story = body(f"<p>Ici, {text} agit. La tyrosine kinase est une cible.</p>")

    assert codes(story, Level.BLOCKING) == []
    assert ("doubtful_mark", "body") in codes(story, Level.ADVISORY)


def test_what_is_asked_about_is_shown_with_its_words():
    story = of(standfirst=KINASES)

    said = {remark.code: remark for remark in remarks(story)}["doubtful_mark"]

    assert said.excerpt == "kinase (TK) ont"
    assert said.excerpt in said.sentence


def test_without_a_kinase_every_mark_forbids_publishing():
    assert codes(body("<p>Ici, la TK de Bruton.</p>"), Level.BLOCKING) == [("unfinished", "body")]


def test_code_is_part_of_its_paragraph_and_no_rule_reads_it():
    long = "a" * 700

    story = body(f"<p><code>{long} [9] TK</code> {long}</p><p>b</p>")

    assert codes(story, Level.BLOCKING) == []
    assert ("long_paragraph", "body") in codes(story)


def test_elements_that_were_left_open_end_with_their_parent_or_the_text():
    story = body('<figure><img src="/a" alt=""><figcaption>x</figure><a href="/b"><code>ici')

    assert ("picture_without_text", "body") in codes(story)
    assert ("vague_link", "body") in codes(story)


def test_sentences_say_which_numbers_and_keep_percent_signs():
    story = body("<p>100 %s [7]  [8] [à vérifier %(x)s]</p>")

    said = {remark.code: remark.sentence for remark in remarks(story)}

    assert "[7], [8]" in said["call_without_reference"]
    assert "[à vérifier %(x)s]" in said["unfinished"]


TEXTS = st.text() | st.text(alphabet="ATKEXx[]12 ,.-àh<>\"'&;/=pimgsrc", max_size=60)


@given(st.builds(Story, title=TEXTS, short_title=TEXTS, kicker=TEXTS, standfirst=TEXTS, body=TEXTS, key_points=TEXTS))
def test_whatever_is_typed_is_read_without_failing(story):
    assert all(remark.sentence for remark in remarks(story))


@pytest.mark.parametrize(
    "html",
    ["a" * 400_000, " " * 400_000, '"' * 400_000, "<p>a" * 100_000, "[1" * 200_000, "a@" * 200_000, "A " * 200_000],
)
def test_hostile_texts_are_read_in_a_moment(html):
    began = time.process_time()

    remarks(Story(title=html, body=html))

    # A rule that reads a text over and over would need minutes.
    assert time.process_time() - began < 20
