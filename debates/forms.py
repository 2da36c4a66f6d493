"""What a reader sends, and what the newsroom fills in."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext_lazy as _

from debates.lifecycle import poll_slug
from debates.models import Debate
from newsroom.core.folding import slugged
from polls.models import Choice, Poll

LONGEST_SLUG = 100


class PositionForm(forms.Form):
    """A position, and an argument if there is one. Lengths count in the verb, after tidying."""

    position = forms.ModelChoiceField(
        Choice.objects.none(),
        label=_("Your position"),
        error_messages={
            "required": _("Choose a position."),
            "invalid_choice": _("Choose one of the two positions."),
        },
    )
    argument = forms.CharField(label=_("Your argument"), required=False, strip=False, max_length=20_000)

    def __init__(self, *args: Any, debate: Debate, **kwargs: Any) -> None:
        """Offer the positions of ``debate`` and no others."""
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Choice] = self.fields["position"]  # type: ignore[assignment] # declared above
        field.queryset = debate.poll.choices.all()


class DebateForm(forms.ModelForm[Debate]):
    """A debate as the newsroom fills it in: its poll's wording and dates are asked here too.

    Wording, sides, audience and opening are only shown once somebody has voted.
    """

    question = forms.CharField(label=_("Question"), max_length=200)
    first_side = forms.CharField(label=_("First side"), max_length=120, initial="Oui")
    second_side = forms.CharField(label=_("Second side"), max_length=120, initial="Non")
    audience = forms.ChoiceField(
        label=_("Who may vote"),
        choices=Poll.Audience.choices,
        initial=Poll.Audience.PHYSICIANS,
    )
    opens_at = forms.SplitDateTimeField(
        label=_("Opens"),
        required=False,
        widget=AdminSplitDateTime,
        help_text=_("Empty: a draft."),
    )
    closes_at = forms.SplitDateTimeField(label=_("Closes"), required=False, widget=AdminSplitDateTime)
    frozen_fields = ("question", "slug", "first_side", "second_side", "audience", "opens_at")

    class Meta:
        """Explicit fields."""

        model = Debate
        fields = ("slug", "specialty", "introduction", "articles", "summary")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show what the debate's poll says, and freeze it after the first vote."""
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("Empty: made from the question.")
        if not self.instance.pk:
            return
        poll = self.instance.poll
        sides = [choice.label for choice in poll.choices.all()]
        names = ("question", "first_side", "second_side", "audience", "opens_at", "closes_at")
        values = (poll.question, *sides, poll.audience, poll.opens_at, poll.closes_at)
        self.initial.update(zip(names, values, strict=True))
        for name in self.frozen_fields if poll.is_frozen else ():
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """Fill the address in; two sides are two words, and a debate closes after it opens."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug"):
            cleaned["slug"] = slugged(cleaned.get("question", ""), longest=LONGEST_SLUG)
        if not cleaned["slug"]:
            self.add_error("slug", _("The question has no letter to make an address of: type one."))
        elif not self._has_free_address(cleaned["slug"]):
            self.add_error("slug", _("Another debate has this address."))
        if cleaned.get("first_side") == cleaned.get("second_side"):
            self.add_error("second_side", _("The two sides need different names."))
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if closes_at is not None and (opens_at is None or closes_at <= opens_at):
            self.add_error("closes_at", _("A debate closes after it opens."))
        return cleaned

    def _has_free_address(self, slug: str) -> bool:
        """Say whether no other debate has the address, and no other poll that of this debate's poll."""
        debates = Debate.objects.filter(slug=slug).exclude(pk=self.instance.pk)
        polls = Poll.objects.filter(slug=poll_slug(slug)).exclude(pk=self.instance.poll_id)
        return not debates.exists() and not polls.exists()

    @property
    def wording(self) -> dict[str, Any]:
        """Return what is voted on, as the verbs of ``lifecycle`` take it."""
        names = ("question", "slug", "audience", "opens_at", "closes_at")
        sides = (self.cleaned_data["first_side"], self.cleaned_data["second_side"])
        return {"positions": sides, **{name: self.cleaned_data[name] for name in names}}
