"""The home page as editors decide it: one form, of a part for each zone and a list of debates of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django import forms
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Selection
from debates.models import Debate
from newsroom.core.parameters import LARGEST_ID, id_from
from newsroom.frontpage.zones import LONGEST_TITLE, LOWER, RULES, TOP, DebateSlot, Kind, Plan, Source, Zone, completed
from newsroom.taxonomy.models import Specialty
from polls.models import Poll

# How far back consultations and debates are offered, newest first.
OFFERED: Final = 60
MOST_SLOTS: Final = 40
BLANK_SLOTS: Final = 2
Choices = list[tuple[str, Any]]
#: Which sources ask for something of their own, and what the group of it is called.
ABOUT: Final = {
    Source.SELECTION: gettext_lazy("A selection"),
    Source.SPECIALTY: gettext_lazy("A specialty"),
    Source.POLL: gettext_lazy("A consultation"),
}


class MomentField(forms.DateTimeField):
    """A date and time of the newsroom's own time zone, chosen in the browser's picker."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


@dataclass(frozen=True)
class Offer:
    """What a zone may be filled with, and which debates may be planned: fetched once for the whole form."""

    selections: Choices
    partners: Choices
    specialties: Choices
    polls: Choices
    debates: Choices

    @classmethod
    def now(cls) -> Self:
        """Return what there is, in five queries."""
        polls = Poll.objects.standalone().exclude(opens_at=None).newest_first()[:OFFERED]
        debates = Debate.objects.exclude(poll__opens_at=None).select_related("poll").newest_first()[:OFFERED]
        return cls(
            selections=[(str(one.pk), one.title) for one in Selection.objects.filter(is_partner=False)],
            partners=[(str(one.pk), one.title) for one in Selection.objects.partners()],
            specialties=[(str(one.pk), one.name) for one in Specialty.objects.all()],
            polls=[(str(one.pk), one.question) for one in polls],
            debates=[(str(one.pk), one.question) for one in debates],
        )

    def fillings(self, kind: Kind) -> Choices:
        """Return the choices of what fills a zone: plain sources first, then a group for each that names a thing."""
        rule = RULES[kind]
        plain = [(str(source), source.label) for source in rule.sources if source not in {*ABOUT, Source.CHOSEN}]
        about = {
            Source.SELECTION: self.partners if kind == Kind.PARTNERS else self.selections,
            Source.SPECIALTY: self.specialties,
            Source.POLL: self.polls,
        }
        groups: Choices = [
            (str(label), [(f"{source}:{key}", name) for key, name in about[source]])
            for source, label in ABOUT.items()
            if source in rule.sources and about[source]
        ]
        return [*plain, *groups]


class ZoneForm(forms.Form):
    """What is decided about one zone; fields that its rule has no use for are not there."""

    filling = forms.ChoiceField(label=gettext_lazy("Filled with"))
    specialties = forms.MultipleChoiceField(
        label=gettext_lazy("Specialties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: those with most news."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=LONGEST_TITLE)
    limit = forms.IntegerField(label=gettext_lazy("At most"), min_value=1)
    is_shown = forms.BooleanField(label=gettext_lazy("Shown"), required=False)
    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=1, max_value=len(LOWER))
    was = forms.IntegerField(min_value=1, max_value=len(LOWER), widget=forms.HiddenInput)

    def __init__(self, kind: Kind, offer: Offer, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        """Keep the fields that the zone's rule has a use for."""
        super().__init__(data, prefix=f"z-{kind}", **options)
        self.kind, self.rule = kind, RULES[kind]
        self.fields["filling"].choices = offer.fillings(kind)  # type: ignore[attr-defined] # a ChoiceField
        self.fields["specialties"].choices = offer.specialties  # type: ignore[attr-defined] # a ChoiceField
        limit = self.fields["limit"]
        limit.validators.append(MaxValueValidator(self.rule.most))
        limit.widget.attrs["max"] = self.rule.most
        useless = {
            "filling": len(self.rule.sources) == 1 or Source.CHOSEN in self.rule.sources,
            "specialties": Source.CHOSEN not in self.rule.sources,
            "title": not self.rule.has_title,
            "limit": self.rule.most == 1,
            "is_shown": not self.rule.can_hide,
            "position": kind in TOP,
            "was": kind in TOP,
        }
        for name in [name for name, is_useless in useless.items() if is_useless]:
            del self.fields[name]

    @classmethod
    def of(cls, zone: Zone, position: int, offer: Offer) -> Self:
        """Return the form of a zone as it is decided."""
        filling = str(zone.source) if zone.subject is None else f"{zone.source}:{zone.subject}"
        shown = {"title": zone.title, "limit": zone.limit, "is_shown": zone.is_shown}
        keys = [str(key) for key in zone.specialties]
        place = {"position": position, "was": position}
        return cls(zone.kind, offer, initial={"filling": filling, "specialties": keys, **shown, **place})

    @property
    def is_movable(self) -> bool:
        """Say whether the zone's place is for the editors to choose."""
        return "position" in self.fields

    def zone(self) -> Zone:
        """Return the zone as typed."""
        data = self.cleaned_data
        source, _colon, subject = data.get("filling", str(Source.USUAL)).partition(":")
        specialties = tuple(int(key) for key in data.get("specialties", ()))
        return Zone(
            kind=self.kind,
            source=Source.CHOSEN if specialties else Source(source),
            subject=id_from(subject),
            specialties=specialties,
            title=" ".join(data.get("title", "").split()),
            limit=data.get("limit", self.rule.limit),
            is_shown=data.get("is_shown", True),
        )

    def place(self) -> tuple[int, int]:
        """Return by what the zone is put in order: a number that was typed goes before or after the one it meets."""
        position, was = self.cleaned_data["position"], self.cleaned_data["was"]
        return position, 0 if position < was else 2 if position > was else 1


class DebateSlotForm(forms.Form):
    """A debate of the day; a row without debate is left out."""

    debate = forms.ChoiceField(label=gettext_lazy("Debate"), required=False)
    starts_at = MomentField(label=gettext_lazy("From"), required=False)
    ends_at = MomentField(label=gettext_lazy("Until"), required=False)

    def __init__(self, offer: Offer, *args: Any, **options: Any) -> None:
        """Offer the debates."""
        super().__init__(*args, **options)
        self.fields["debate"].choices = [("", _("None")), *offer.debates]  # type: ignore[attr-defined] # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Ask for the start of what is planned, and refuse an end before it."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if cleaned.get("debate") and not starts_at and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Type when it becomes the debate of the day."))
        if not cleaned.get("debate") and (starts_at or ends_at) and "debate" not in self.errors:
            self.add_error("debate", _("Choose the debate, or empty the dates."))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("A debate of the day ends after it starts."))
        return cleaned

    def slot(self) -> DebateSlot | None:
        """Return what is planned; None for a row without debate."""
        data = self.cleaned_data
        return DebateSlot(int(data["debate"]), data["starts_at"], data["ends_at"]) if data.get("debate") else None


class FrameForm(forms.Form):
    """Which edition was read, how many rows of debates were sent, and as at which moment a preview is wanted."""

    number = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    slots = forms.IntegerField(min_value=0, max_value=MOST_SLOTS, widget=forms.HiddenInput)
    le = MomentField(label=gettext_lazy("Preview as at"), required=False)


class PreviewForm(forms.Form):
    """Which preview is asked for in an address: an edition's number, a moment."""

    edition = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    le = MomentField(required=False)


class HomeForm:
    """The whole form."""

    def __init__(self, zones: Sequence[ZoneForm], slots: Sequence[DebateSlotForm], frame: FrameForm) -> None:
        """Keep its parts."""
        self.zones, self.slots, self.frame = list(zones), list(slots), frame

    @classmethod
    def of(cls, plan: Plan, number: int) -> Self:
        """Return the form of a plan that was read as the edition of that number."""
        offer = Offer.now()
        places = {zone.kind: place for place, zone in enumerate(plan.lower, start=1)}
        zones = [ZoneForm.of(zone, places.get(zone.kind, 1), offer) for zone in plan.zones]
        planned = [
            {"debate": str(slot.debate), "starts_at": slot.starts_at, "ends_at": slot.ends_at} for slot in plan.debates
        ]
        rows = [*planned, *[{} for _blank in range(BLANK_SLOTS)]][:MOST_SLOTS]
        slots = [DebateSlotForm(offer, prefix=f"d-{at}", initial=row) for at, row in enumerate(rows)]
        return cls(zones, slots, FrameForm(initial={"number": number, "slots": len(slots)}))

    @classmethod
    def sent(cls, data: QueryDict) -> Self:
        """Return the form as it was sent, its zones in the order that they stood in."""
        offer, frame = Offer.now(), FrameForm(data)
        count = frame.cleaned_data["slots"] if frame.is_valid() else 0
        zones = [ZoneForm(kind, offer, data) for kind in (*TOP, *LOWER)]
        places = {form.kind: id_from(data.get(form.add_prefix("was"), "")) or len(LOWER) for form in zones}
        zones.sort(key=lambda form: (form.is_movable, places[form.kind] if form.is_movable else 0))
        return cls(zones, [DebateSlotForm(offer, data, prefix=f"d-{at}") for at in range(count)], frame)

    def is_valid(self) -> bool:
        """Say whether everything can be read."""
        # Every part is asked, whatever the others answered: each tells its own errors.
        answers = [form.is_valid() for form in (self.frame, *self.zones, *self.slots)]
        return all(answers)

    @property
    def plan(self) -> Plan:
        """Return what was typed; the form is valid."""
        top = [form.zone() for form in self.zones if not form.is_movable]
        lower = sorted((form for form in self.zones if form.is_movable), key=lambda form: form.place())
        slots = [slot for form in self.slots if (slot := form.slot()) is not None]
        return completed([*top, *(form.zone() for form in lower)], slots)

    @property
    def number(self) -> int:
        """Return the number of the edition that was read; the form is valid."""
        return int(self.frame.cleaned_data["number"])

    @property
    def top(self) -> list[ZoneForm]:
        """Return the forms of the top of the page."""
        return [form for form in self.zones if not form.is_movable]

    @property
    def lower(self) -> list[ZoneForm]:
        """Return the forms of the blocks below, in order."""
        return [form for form in self.zones if form.is_movable]
