"""An article as it is written."""

import json
from datetime import datetime
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_ckeditor_5.widgets import CKEditor5Widget

from articles.chapters import chapters_in
from articles.contents import PLAIN, POINTING, Content, lay_over
from articles.forms.addresses import WebAddressField
from articles.forms.release import CALENDAR, as_known, in_words, known_from, release_of
from articles.forms.tags import TagsInput
from articles.forms.typed import resumed_fields
from articles.models import Article
from articles.models.parts import EARLIEST_YEAR
from newsroom.core.pasting import bearable, cleaned
from newsroom.taxonomy.models import Tag

# What the column of revisions' numbers holds.
LATEST = 2**31 - 1


class ArticleForm(forms.ModelForm[Article]):
    """An article as it is written, in reading order.

    It shows ``instance.on_desk`` where that is set, else what the rows say, and gives what was typed as a content: the
    verb decides whether that changes what readers see.
    """

    # The revision on which this was typed, and which of a person's forms of unsaved articles this is.
    base = forms.IntegerField(required=False, min_value=0, max_value=LATEST, widget=forms.HiddenInput)
    form_key = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    # The address and the dates on which it was opened.
    release = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        """Explicit fields; the state is changed by the verbs alone."""

        model = Article
        fields = (
            *("kicker", "title", "short_title", "slug", "standfirst", "format", "primary_specialty", "specialties"),
            *("tags", "image", "image_alt", "image_is_decorative", "key_points", "body", "evidence_level"),
            *("evidence_note", "audio", "audio_seconds", "chapter_lines", "transcript", "poll"),
            *("audience", "sponsor", "canonical_url"),
            *("is_clinical", "needs_medical_review", "needs_legal_review", "review_by"),
            *("published_at", "embargo_until", "unpublish_at"),
        )
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "standfirst": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "key_points": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "evidence_note": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "chapter_lines": forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
            "transcript": forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"}),
            "tags": TagsInput(),
            "body": CKEditor5Widget(config_name="article"),
        }
        field_classes = {"canonical_url": WebAddressField}
        help_texts = {
            "title": _("90 signs at most read well in every list."),
            "slug": _("Left empty, it is made of the title. Changed later, the old one leads to the new one."),
            "standfirst": _("Two sentences: what is new, and for whom. 300 signs at most read well."),
            "tags": _("Separated by commas."),
            "body": _(
                "A link to a debate or a consultation of ours that stands alone in its paragraph becomes a box with "
                'its question; in HTML: <p><a href="/debats/address/">The question?</a></p>'
            ),
            "published_at": _(
                "Empty: the moment of publishing. To come: the article appears at that second, Paris time."
            ),
            "embargo_until": _("Whatever its date, nobody outside the newsroom knows of it before."),
            "unpublish_at": _("At that second it is no longer public."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Show what is on the desk; of a new article, what ``initial`` gives as ``on_desk``."""
        initial = {"form_key": str(uuid4()), **(options.get("initial") or {})}
        instance: Article | None = options.get("instance")
        if "on_desk" in initial:
            instance = Article()
            instance.on_desk = initial.pop("on_desk")
        if instance is not None:
            initial = {"base": instance.version, "release": json.dumps(release_of(instance)), **initial}
            if instance.on_desk is not None:
                lay_over(instance, instance.on_desk)
                tags = [Tag(name=name) for name in instance.on_desk["tags"]]
                shown = {"specialties": instance.on_desk["specialties"], "tags": tags}
                initial = {**shown, **initial, **resumed_fields(instance.on_desk)}
        super().__init__(*args, **{**options, "instance": instance, "initial": initial})

    def clean_body(self) -> str:
        """Refuse what no page could show, and take the layout of Word and Google Docs off what was pasted."""
        typed: str = self.cleaned_data["body"]
        bearable(typed)
        return cleaned(typed)

    def clean_slug(self) -> str:
        """Keep the address that a colleague has given it meanwhile."""
        slug: str = self._reconciled("slug")
        return slug

    def clean_published_at(self) -> datetime | None:
        """Refuse to take the date of what is published away; to hide it is to unpublish it."""
        date: datetime | None = self._reconciled("published_at")
        if date is None and self.instance.is_released:
            raise ValidationError(_("A published article has a date. Unpublish it to hide it."))
        return believable(date)

    def clean_embargo_until(self) -> datetime | None:
        """Refuse a date of no calendar of ours."""
        return believable(self._reconciled("embargo_until"))

    def clean_unpublish_at(self) -> datetime | None:
        """Refuse a date of no calendar of ours."""
        return believable(self._reconciled("unpublish_at"))

    def clean(self) -> dict[str, Any] | None:
        """Refuse a chapter that begins when the sound is over."""
        typed = super().clean()
        length, lines = self.cleaned_data.get("audio_seconds"), self.cleaned_data.get("chapter_lines", "")
        if length and any(chapter.seconds >= length for chapter in chapters_in(lines)):
            told = _("A chapter begins after the end of the sound: check the chapters, or the duration.")
            self.add_error("chapter_lines", told)
        return typed

    def _reconciled(self, name: str) -> Any:
        """Return what was typed, or what a colleague has set meanwhile where the person left the field as it was.

        Raises ValidationError where both have set it; sent again, the form says that the person has seen what stands.
        """
        typed, known, now = self.cleaned_data[name], known_from(self.data.get("release", "")), release_of(self.instance)
        if known.get(name, now[name]) == now[name] or as_known(typed) == now[name]:
            return typed
        if as_known(typed) == known[name]:
            return getattr(self.instance, name)
        sent = cast("QueryDict", self.data).copy()
        sent["release"] = json.dumps({**known, name: now[name]})
        self.data = sent
        told = {"value": in_words(getattr(self.instance, name))}
        raise ValidationError(_("A colleague has meanwhile set: %(value)s. Check, and save again."), params=told)

    def content(self) -> Content:
        """Return what was typed into a valid form, without the rows of the formsets.

        Side effect: a sound that was sent is stored under its name; nothing points to it until the content is written.
        """
        typed = self.cleaned_data
        content: Content = {name: typed[name] for name in PLAIN if name in typed}
        content |= {name: typed[name] and typed[name].pk for name in POINTING if name in typed}
        content["review_by"] = typed["review_by"] and typed["review_by"].isoformat()
        content["specialties"] = [specialty.pk for specialty in typed["specialties"]]
        content["tags"] = list(typed["tags"])
        content["audio"] = self._stored_audio()
        return content

    def calendar(self) -> dict[str, datetime | None]:
        """Return the dates that were typed; empty where the form does not ask for them."""
        return {name: self.cleaned_data[name] for name in CALENDAR if name in self.cleaned_data}

    def _stored_audio(self) -> str:
        sent = self.cleaned_data["audio"]
        if not isinstance(sent, UploadedFile):
            return str(sent.name or "") if sent else ""
        field = self.instance.audio
        return str(field.storage.save(field.field.generate_filename(self.instance, sent.name or "audio"), sent))


def believable(date: datetime | None) -> datetime | None:
    """Return the date; raises ValidationError for a year that is a slip of the keyboard ("0024" for "2024")."""
    if date is not None and date.year < EARLIEST_YEAR:
        raise ValidationError(_("Check the year: %(year)s is before the press."), params={"year": date.year})
    return date
