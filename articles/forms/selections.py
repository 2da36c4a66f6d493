"""A selection as it is composed: the whole list is one form, and each of its buttons sends all that was typed."""

from collections.abc import Callable, Sequence
from typing import Any, Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms.addresses import WebAddressField
from articles.models import Article, PartnerFeed, Selection, SelectionItem
from articles.models.selections import LONGEST_SELECTION
from articles.ordering import Slot, added, index_of, removed, retyped, stepped
from newsroom.core.folding import slugged
from newsroom.core.parameters import LARGEST_ID, id_from, number_from
from newsroom.core.refusals import Refusal
from newsroom.taxonomy.models import Specialty, Tag

# Rows that a form may send: more than a selection holds, so that a list that is too long is refused in words.
MOST_ROWS: Final = 3 * LONGEST_SELECTION


class MomentField(forms.DateTimeField):
    """A date and time of the newsroom's own time zone, chosen in the browser's picker."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class KeyField(forms.IntegerField):
    """The key of a row of the database, hidden in the form."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        """Take what a key can be, or nothing."""
        super().__init__(required=False, min_value=1, max_value=LARGEST_ID, **options)


class SlotForm(forms.Form):
    """A slot: what fills it is hidden, its number, its pin and its dates are typed."""

    article = KeyField()
    rule = forms.ChoiceField(choices=SelectionItem.Rule, required=False, widget=forms.HiddenInput)
    specialty = KeyField()
    tag = KeyField()
    was = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)
    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=1, max_value=LONGEST_SELECTION)
    is_pinned = forms.BooleanField(label=gettext_lazy("Pinned"), required=False)
    starts_at = MomentField(label=gettext_lazy("Shown from"), required=False)
    ends_at = MomentField(label=gettext_lazy("Shown until"), required=False)

    @classmethod
    def of(cls, slot: Slot, prefix: str) -> Self:
        """Return the form of a slot as it stands in the list."""
        names = ("article", "rule", "specialty", "tag", "position", "is_pinned", "starts_at", "ends_at")
        values = {name: getattr(slot, name) for name in names}
        return cls(initial={**values, "was": slot.position}, prefix=prefix)

    def clean(self) -> dict[str, Any]:
        """Refuse a slot that would end before it starts, and one that nothing fills."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("A slot ends after it starts."))
        about = {"specialty": cleaned.get("specialty"), "tag": cleaned.get("tag")}
        rule = cleaned.get("rule")
        is_whole = cleaned.get("article") if not rule else about.get(rule, True)
        if not is_whole:
            raise ValidationError(_("There is no such slot in the list."))
        return cleaned

    def slot(self, row: int) -> Slot:
        """Return the slot where it stood, with its pin and dates as typed."""
        data = self.cleaned_data
        rule = data["rule"]
        return Slot(
            article=None if rule else data["article"],
            rule=rule,
            specialty=data["specialty"] if rule == SelectionItem.Rule.SPECIALTY else None,
            tag=data["tag"] if rule == SelectionItem.Rule.TAG else None,
            position=data["was"],
            is_pinned=data["is_pinned"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            row=row,
        )

    def slot_as_shown(self) -> Slot:
        """Return what fills the slot and where it stood, from the hidden fields alone."""
        article, specialty, tag = (
            id_from(self.data.get(self.add_prefix(name), "")) for name in ("article", "specialty", "tag")
        )
        rule = self.data.get(self.add_prefix("rule"), "")
        position = number_from(self.data.get(self.add_prefix("was"), ""), largest=MOST_ROWS)
        is_known = rule in SelectionItem.Rule.values
        return Slot(
            article=article, rule=rule if is_known else "", specialty=specialty, tag=tag, position=position or 0
        )


SlotFormSet: Final = forms.formset_factory(SlotForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class CompositionForm(forms.Form):
    """What stands beside the slots: which list was read, the dates of publication, a rule to add."""

    # Zero: an edition is begun with this list.
    edition = forms.IntegerField(min_value=0, max_value=LARGEST_ID, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    starts_at = MomentField(label=gettext_lazy("Start"), required=False)
    ends_at = MomentField(label=gettext_lazy("End"), required=False)
    rule = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        required=False,
        choices=[choice for choice in SelectionItem.Rule.choices if choice[0]],
    )
    rule_specialty = forms.ModelChoiceField(Specialty.objects.all(), label=gettext_lazy("Specialty"), required=False)
    rule_tag = forms.CharField(
        label=gettext_lazy("Tag"), required=False, max_length=100, widget=forms.TextInput(attrs={"list": "tags"})
    )

    def rule_slot(self) -> Slot:
        """Return the slot that the chosen rule fills. Raises Refusal where it does not say of what."""
        rule = self.cleaned_data["rule"]
        if rule == SelectionItem.Rule.SPECIALTY:
            specialty = self.cleaned_data["rule_specialty"]
            if specialty is None:
                raise Refusal(_("Choose the specialty whose latest article fills the slot."))
            return Slot(rule=rule, specialty=specialty.pk)
        if rule == SelectionItem.Rule.TAG:
            typed = self.cleaned_data["rule_tag"]
            tag = Tag.objects.filter(slug=slugged(typed)).first() if typed else None
            if tag is None:
                raise Refusal(_("Type a tag that exists: its latest article fills the slot."))
            return Slot(rule=rule, tag=tag.synonym_of_id or tag.pk)
        return Slot(rule=SelectionItem.Rule.COMMENTED)


class EndForm(forms.Form):
    """When an edition ends; empty for now."""

    at = MomentField(label=gettext_lazy("End"), required=False)


class PartnerFeedForm(forms.ModelForm[PartnerFeed]):
    """A feed, its address typed with or without "https://"."""

    url = WebAddressField(
        label=gettext_lazy("Address of the feed"),
        max_length=500,
        widget=forms.URLInput(attrs={"class": "vURLField"}),
    )

    class Meta:
        """What people decide of a feed."""

        model = PartnerFeed
        fields = ("url", "is_active", "keeps_days")


class PartnerFeedFormSet(forms.BaseInlineFormSet[PartnerFeed, Selection, Any]):
    """The feeds of a partner's selection."""

    def clean(self) -> None:
        """Refuse feeds into a selection of the newsroom's own: what they bring is partner content."""
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data.get("url") and not form.cleaned_data.get("DELETE")]
        if kept and not self.instance.is_partner:
            raise ValidationError(_("Only a partner’s selection is fed by feeds."))


class PreviewForm(forms.Form):
    """At which moment a selection is to be seen, and which of its editions; both may be left open."""

    le = MomentField(required=False)
    edition = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class Composition:
    """The whole form as it was sent, and the list that its button makes of it.

    Buttons are called "save", "publish", "discard", "search", "page-2", "add-<article>" or, dropped at a position,
    "add-<article>-3", "rule", and, with the number of the row from 1, "up-3", "down-3", "remove-3".
    """

    def __init__(self, data: QueryDict) -> None:
        """Bind what was sent."""
        self.frame = CompositionForm(data)
        self.rows = SlotFormSet(data, prefix="slots")
        self.act, _dash, self.about = data.get("do", "save").partition("-")
        # The row that the button stands in, from 0; a slot that is added has none, as -1 says.
        self.row = (number_from(self.about, largest=MOST_ROWS) or 0) - 1 if self.act in OPERATIONS else -1

    def is_valid(self) -> bool:
        """Say whether everything typed can be read."""
        return all([self.frame.is_valid(), self.rows.is_valid()])

    def slots_as_shown(self) -> list[Slot]:
        """Return the list as it stood on the page, whatever was typed over it, even where that cannot be read."""
        return [form.slot_as_shown() for form in self.rows.forms]

    def slots(self) -> list[Slot]:
        """Return the list as typed: positions that were typed anew have moved their slots."""
        slots = [form.slot(row) for row, form in enumerate(self.rows.forms)]
        return retyped(slots, [form.cleaned_data["position"] for form in self.rows.forms])

    def result(self) -> list[Slot]:
        """Return the list after the button that was pressed. Raises Refusal for what cannot be done."""
        slots = self.slots()
        if self.act == "add":
            key, _dash, position = self.about.partition("-")
            return added(slots, Slot(article=_released(key)), number_from(position, largest=MOST_ROWS) or None)
        if self.act == "rule":
            return added(slots, self.frame.rule_slot())
        if self.act in OPERATIONS:
            return OPERATIONS[self.act](slots, index_of(slots, self.row))
        return slots


def _released(typed: str) -> int:
    """Return the key of the article to add."""
    key = id_from(typed)
    if key is None or not Article.objects.released().filter(pk=key).exists():
        raise Refusal(_("This article is not published: it cannot be selected."))
    return key


OPERATIONS: Final[dict[str, Callable[[Sequence[Slot], int], list[Slot]]]] = {
    "up": lambda slots, index: stepped(slots, index, -1),
    "down": lambda slots, index: stepped(slots, index, 1),
    "remove": removed,
}
