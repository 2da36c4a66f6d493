"""Advice on how a story is built: what readers, search engines and screen readers would miss."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.proofreading.facts import Level, Remark, Story
from articles.proofreading.manuscript import Manuscript
from articles.proofreading.marks import doubtful_marks, marked_texts, may_mean_kinases
from newsroom.core.folding import folded

#: What reads well in every list (design guide, "Editor's article form").
LONGEST_TITLE = 90
LONGEST_STANDFIRST = 300
#: About two hundred words: a telephone shows no more without a break.
LONGEST_PARAGRAPH = 1300
#: Words of a link that say nothing of where it leads (WCAG 2.2, success criterion 2.4.4).
_EMPTY_LINKS = frozenset(
    {"cliquez ici", "cliquer ici", "ici", "lien", "ce lien", "lire la suite", "en savoir plus", "plus d'infos", "voir"}
)
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|webp|gif|avif|heic)|(?:IMG|DSC|DSCN|image)[_-]?\d+", re.IGNORECASE)


def advice(story: Story, body: Manuscript) -> Iterator[Remark]:
    """Yield advice on the story, the gravest first."""
    yield from _sources(story, body)
    yield from _lengths(story, body)
    yield from _structure(body)
    yield from _pictures(story, body)
    yield from _doubtful(story, body)
    if not story.tags:
        yield _remark("no_tag", "tags", _("Add a tag: readers follow them."))
    if story.is_clinical and story.review_by is None:
        sentence = _("Say by when the content must be reviewed: it is clinical.")
        yield _remark("no_review_date", "review_by", sentence)
    if story.is_video and not body.has_player:
        yield _remark("no_player", "body", _("Insert the video in the text: the format promises one."))


def _sources(story: Story, body: Manuscript) -> Iterator[Remark]:
    """Yield what is doubtful about the references.

    A retracted one does not block: the article may be about the retraction. It is said first of all.
    """
    numbered = list(enumerate(story.references, start=1))
    retracted = [number for number, source in numbered if source.is_retracted]
    if retracted:
        sentence = _("Check what rests on reference %(numbers)s: it was retracted.")
        yield _listed("retracted", sentence, retracted)
    unresolved = [number for number, source in numbered if source.is_unresolved]
    if unresolved:
        sentence = _("Check the identifier of reference %(numbers)s: no register knows it.")
        yield _listed("unresolved", sentence, unresolved)
    called = set(body.called)
    uncalled = [number for number, _source in numbered if number not in called]
    if uncalled:
        sentence = _("Call reference %(numbers)s in the text, as in [1], or take it out.")
        yield _listed("uncalled", sentence, uncalled)


def _lengths(story: Story, body: Manuscript) -> Iterator[Remark]:
    if len(story.title) > LONGEST_TITLE:
        sentence = _("Shorten the title: it has %(length)d signs, %(most)d read well in every list.")
        yield _remark("long_title", "title", sentence % {"length": len(story.title), "most": LONGEST_TITLE})
    if len(story.standfirst) > LONGEST_STANDFIRST:
        sentence = _("Shorten the standfirst: it has %(length)d signs, %(most)d read well.")
        length = {"length": len(story.standfirst), "most": LONGEST_STANDFIRST}
        yield _remark("long_standfirst", "standfirst", sentence % length)
    long = [text for text in body.paragraphs if len(text) > LONGEST_PARAGRAPH]
    if long:
        sentence = _("Divide the paragraph that begins with “%(words)s”.")
        words = " ".join(long[0][:80].split()[:6])
        yield _remark("long_paragraph", "body", sentence % {"words": words}, words, len(long))


def _structure(body: Manuscript) -> Iterator[Remark]:
    untitled = sum(not text for _tag, text in body.headings)
    if untitled:
        yield _remark("empty_heading", "body", _("Take the empty heading out."), count=untitled)
    if body.headings and body.headings[0][0] == "h3":
        sentence = _("Begin with a heading of the first level: “%(words)s” is of the second.")
        words = body.headings[0][1]
        yield _remark("skipped_level", "body", sentence % {"words": words}, words)
    bare = body.tables.count(False)
    if bare:
        sentence = _("Say which row or column of the table is its heading.")
        yield _remark("table_without_heading", "body", sentence, count=bare)
    empty = {text for text in set(body.links) if folded(text).strip(" .>»") in _EMPTY_LINKS}
    vague = [text for text in body.links if text in empty]
    if vague:
        sentence = _("Say where the link leads rather than “%(words)s”.")
        yield _remark("vague_link", "body", sentence % {"words": vague[0].strip()}, vague[0].strip(), len(vague))


def _pictures(story: Story, body: Manuscript) -> Iterator[Remark]:
    uses = [("image", story.image.alt, story.image.credit)] if story.image else []
    for picture in body.pictures:
        known = story.pictures.get(picture.address)
        uses.append(("body", picture.alt or "", known.credit if known else "?"))
    for field, alt, credit in uses:
        if not credit.strip():
            yield _remark("no_credit", field, _("Name who made the image."))
        if _FILE_NAME.fullmatch(alt.strip()):
            sentence = _("Describe the image: “%(words)s” is the name of a file.")
            yield _remark("alt_is_a_file_name", field, sentence % {"words": alt.strip()}, alt.strip())


def _doubtful(story: Story, body: Manuscript) -> Iterator[Remark]:
    """Yield where "TK" may be a passage to complete, in an article in which it may be a kinase too."""
    texts = marked_texts(story, body)
    if not may_mean_kinases(texts):
        return
    for field, text in texts.items():
        found = doubtful_marks(text)
        if found:
            sentence = _("Check “%(words)s”: is it a passage to complete, or the kinase?")
            yield _remark("doubtful_mark", field, sentence % {"words": found[0]}, found[0], len(found))


def _listed(code: str, sentence: str, numbers: list[int]) -> Remark:
    named = ", ".join(map(str, numbers))
    return _remark(code, "references", sentence % {"numbers": named}, named, len(numbers))


def _remark(code: str, field: str, sentence: str, excerpt: str = "", count: int = 1) -> Remark:
    return Remark(code, Level.ADVISORY, field, sentence, excerpt, count)
