"""What forbids publishing: what law, accessibility or honesty towards readers asks, and what is plainly unfinished."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.proofreading.facts import Illustration, Level, Remark, Story
from articles.proofreading.manuscript import Manuscript, Picture
from articles.proofreading.marks import certain_marks, marked_texts, may_mean_kinases


def blocking(story: Story, body: Manuscript) -> Iterator[Remark]:
    """Yield what forbids publishing the story, in the order of the form."""
    yield from _missing(story, body)
    yield from _unfinished(story, body)
    if story.image is not None:
        yield from _lead_picture(story.image)
    for picture in body.pictures:
        yield from _picture(picture, story.pictures.get(picture.address))
    unknown = [number for number in body.called if number > len(story.references)]
    if unknown:
        sentence = _("Add the reference or take the call out of the text: %(numbers)s stands in no list.")
        calls = ", ".join(f"[{number}]" for number in unknown)
        yield _remark("call_without_reference", "references", sentence % {"numbers": calls}, calls, len(unknown))


def _missing(story: Story, body: Manuscript) -> Iterator[Remark]:
    if not story.title.strip():
        yield _remark("no_title", "title", _("Write the title."))
    if not story.has_specialty:
        yield _remark("no_specialty", "primary_specialty", _("Choose the main specialty."))
    if not story.authors:
        yield _remark("no_author", "bylines", _("Name an author."))
    if not body.has_words and not story.standfirst.strip():
        yield _remark("no_text", "body", _("Write the text, or a standfirst at least."))
    if story.is_podcast and not story.has_audio:
        yield _remark("no_audio", "audio", _("Add the audio file: a podcast is listened to."))
    if story.is_partner and not story.sponsor.strip():
        yield _remark("no_sponsor", "sponsor", _("Name the partner: readers must know who paid."))


def _unfinished(story: Story, body: Manuscript) -> Iterator[Remark]:
    texts = marked_texts(story, body)
    of_kinases = may_mean_kinases(texts)
    for field, text in texts.items():
        found = certain_marks(text, of_kinases=of_kinases)
        if found:
            sentence = _("Complete the passage marked “%(mark)s”.") % {"mark": found[0]}
            yield _remark("unfinished", field, sentence, found[0], len(found))


def _lead_picture(image: Illustration) -> Iterator[Remark]:
    if not image.is_decorative and not image.alt.strip():
        sentence = _("Describe the lead image, or declare it decorative.")
        yield _remark("image_without_text", "image_alt", sentence)
    yield from _rights(image, "image", _("lead image"))


def _picture(picture: Picture, known: Illustration | None) -> Iterator[Remark]:
    """Yield what is wrong with a picture of the body.

    An empty alternative text declares it decorative (HTML standard, 4.8.4.4.9), and the editor's dialogue writes one
    on purpose only. With a caption it is no declaration: what is captioned says something.
    """
    name = picture.address.rpartition("/")[2]
    alt = picture.alt.strip() if picture.alt is not None else None
    if alt is None or (not alt and picture.has_caption):
        sentence = _(
            "Describe the image “%(name)s” of the text, or leave its alternative text empty if it is decorative."
        )
        if picture.has_caption:
            sentence = _("Describe the image “%(name)s” of the text: its caption does not replace a description.")
        yield _remark("picture_without_text", "body", sentence % {"name": name}, name)
    if known is not None:
        yield from _rights(known, "body", name)


def _rights(image: Illustration, field: str, name: str) -> Iterator[Remark]:
    if image.lacks_consent:
        sentence = _("Obtain the patient’s written consent, or change the image (%(name)s).")
        yield _remark("no_consent", field, sentence % {"name": name}, name)
    if image.are_rights_over:
        sentence = _("Change the image (%(name)s): the right to show it has ended.")
        yield _remark("rights_over", field, sentence % {"name": name}, name)
    if image.is_removed:
        sentence = _("Change the image (%(name)s): it was taken out of the library.")
        yield _remark("picture_removed", field, sentence % {"name": name}, name)


def _remark(code: str, field: str, sentence: str, excerpt: str = "", count: int = 1) -> Remark:
    return Remark(code, Level.BLOCKING, field, sentence, excerpt, count)
