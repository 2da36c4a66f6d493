"""A newsroom of many years: 100,000 articles and 3,000,000 revisions, made by the database itself."""

import random
import threading

from django.db import connection

from articles.models import Article, ArticleRevision
from newsroom.discussions.models import Thread
from tests.factories.articles import ArticleFactory, SpecialtyFactory

ARTICLES, REVISIONS = 100_000, 3_000_000
SPECIALTIES = 12
WORDS = (
    "vaccination grippe médecin généraliste cardiologie œdème pulmonaire patient traitement étude essai randomisé "
    "dépistage hypertension diabète enfant adolescent prévention cabinet hôpital urgence consultation ordonnance "
    "antibiotique résistance virus épidémie surveillance recommandation posologie contre-indication grossesse "
    "vieillissement douleur chronique psychiatrie anxiété sommeil nutrition obésité activité physique réadaptation"
)
VOCABULARY = WORDS.split()
# What differs from one copy of the first article to the next; n counts from 1.
VARIED = {
    "title": "initcap(w.words[1 + n %% 40]) || ' et ' || w.words[1 + n * 7 %% 41] || ' : le point n° ' || n",
    "slug": "'le-point-' || n",
    "body": "'<p>' || substr(w.long, 1 + (n * 37) %% 20000, 1500) || '</p>'",
    "body_html": "'<p>' || substr(w.long, 1 + (n * 37) %% 20000, 1500) || '</p>'",
    "status": "CASE WHEN n %% 20 = 0 THEN 'draft' WHEN n %% 33 = 0 THEN 'review' ELSE 'published' END",
    "format": "(ARRAY['news', 'interview', 'case', 'podcast', 'opinion', 'brief'])[1 + n %% 6]",
    "primary_specialty_id": "w.specialties[1 + n %% 12]",
    "published_at": "now() - n * interval '30 minutes'",
    "changed_at": "now() - n * interval '30 minutes'",
    # Not set afterwards: an update of every row would compute every search column anew.
    "version": f"{REVISIONS // ARTICLES}",
    "thread_id": "CASE WHEN n %% 20 = 0 OR n %% 33 = 0 THEN NULL ELSE w.first_thread + n END",
}


def make_crowd():
    """Fill an empty newsroom, and let the database take note of how much there is. Takes some minutes."""
    specialties = [specialty.pk for specialty in SpecialtyFactory.create_batch(SPECIALTIES)]
    first = ArticleFactory()
    chance = random.Random(7)  # noqa: S311 - the same text in each run
    long = " ".join(chance.choice(VOCABULARY) for _word in range(4_000))
    with connection.cursor() as cursor:
        _copy_thread(cursor, first.thread)
        columns = [field.column for field in Article._meta.concrete_fields if not field.primary_key]
        varied = [VARIED.get(column, f'a."{column}"') for column in columns]
        names = ", ".join(f'"{column}"' for column in columns)
        copying = (
            f"INSERT INTO articles_article ({names}) SELECT {', '.join(varied)} "  # noqa: S608 - our own column names
            "FROM articles_article a, generate_series(%(from)s::int, %(to)s::int) n, "
            "(SELECT %(words)s::text[] AS words, %(long)s::text AS long, %(specialties)s::bigint[] AS specialties, "
            "%(thread)s::bigint AS first_thread) w WHERE a.id = %(first)s"
        )
        asked = {
            "words": VOCABULARY,
            "long": long,
            "specialties": specialties,
            "thread": first.thread_id,
            "first": first.pk,
        }
        half = ARTICLES // 2
        _side_by_side(
            (copying, asked | {"from": 1, "to": half}),
            (copying, asked | {"from": half + 1, "to": ARTICLES}),
        )
        cursor.execute(
            "INSERT INTO articles_articlerevision (article_id, number, kind, content, digest, at, note, form_key) "
            "SELECT a.id, n, CASE WHEN n %% 10 = 0 THEN 'publish' ELSE 'save' END, "
            "jsonb_build_object('title', a.title), repeat('0', 64), a.changed_at - n * interval '1 hour', '', '' "
            "FROM articles_article a, generate_series(1, %s) n WHERE a.id <> %s",
            [REVISIONS // ARTICLES, first.pk],
        )
        cursor.execute("VACUUM ANALYZE")
    assert Article.objects.count() == ARTICLES + 1
    assert ArticleRevision.objects.count() == REVISIONS


def _side_by_side(*statements):
    """Run statements at once, each on a connection of its own: what they compute is more than what they write."""

    def run(statement, values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        connection.close()

    threads = [threading.Thread(target=run, args=one) for one in statements]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _copy_thread(cursor, thread):
    """Give every article to come a thread, with numbers that follow that of the first."""
    columns = [field.column for field in Thread._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO discussions_thread (id, {names}) "  # noqa: S608 - our own column names
        f"SELECT t.id + n, {names} FROM discussions_thread t, generate_series(1, %s) n WHERE t.id = %s",
        [ARTICLES, thread.pk],
    )
