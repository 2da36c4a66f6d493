"""The moderators' and reporters' forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.moderation.models import LONGEST_MESSAGE, LONGEST_TEXT, REPORT_REASONS, Decision, Reason
from newsroom.moderation.queues import Filters, Order, Origin

# What a moderator starts from when he writes to the author, a text a reason.
MESSAGES = {
    Reason.ATTACK: _(
        "Your message targets a person rather than his or her arguments. You may rephrase it and send it again.",
    ),
    Reason.PATIENT: _(
        "Your message contains details from which a patient could be recognised. Please send it again without them.",
    ),
    Reason.OFF_TOPIC: _(
        "Your message is not about the subject of this page. It is welcome under an article or a debate that is.",
    ),
    Reason.ADVERTISING: _("Your message promotes a product or a service, which our charter does not allow."),
    Reason.MISLEADING: _(
        "Your message states as certain what current data do not support. You may send it again with your sources.",
    ),
    Reason.UNLAWFUL: _("Your message contains words that the law forbids."),
}


class ReportForm(forms.Form):
    """Why a reader thinks that a comment needs a moderator; nothing is chosen beforehand."""

    reason = forms.ChoiceField(
        label=_("What is wrong with this message?"),
        choices=REPORT_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    text = forms.CharField(
        label=_("Details"),
        help_text=_("Read by the moderators only; the author does not learn who reported."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4, "class": "inp"}),
    )


class DecisionForm(forms.Form):
    """A moderator's decision on one comment; rejecting asks for a reason, and none is chosen beforehand."""

    action = forms.ChoiceField(choices=Decision.Action.choices)
    reason = forms.ChoiceField(label=_("Reason for rejection"), choices=Reason.choices, required=False)
    message = forms.CharField(label=_("Message to the author"), required=False, max_length=LONGEST_MESSAGE)
    seen = forms.IntegerField(min_value=0)

    def clean(self) -> dict[str, Any]:
        """Ask a rejection for its reason; a message left empty becomes the one of the reason."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("action") != Decision.Action.REJECT or "reason" in self.errors:
            return values
        if not values.get("reason"):
            self.add_error("reason", _("Choose a reason: the author and the readers are told."))
        elif not values.get("message"):
            values["message"] = str(MESSAGES[Reason(values["reason"])])
        return values


class FilterForm(forms.Form):
    """What the queue shows; lives in the address. What makes no sense there is left out."""

    q = forms.CharField(
        label=_("Search the queue"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search", "class": "inp", "placeholder": _("Author, word, article")}),
    )
    origine = forms.ChoiceField(
        label=_("Origin"),
        required=False,
        choices=[("", _("Articles and debates")), *Origin.choices],
        widget=forms.Select({"class": "inp"}),
    )
    motif = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", _("All reasons")), *REPORT_REASONS],
        widget=forms.Select({"class": "inp"}),
    )
    tri = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=Order.choices,
        widget=forms.Select({"class": "inp"}),
    )

    def filters(self) -> Filters:
        """Return what was asked for and makes sense."""
        self.is_valid()
        asked = self.cleaned_data
        return Filters(
            words=asked.get("q", ""),
            origin=asked.get("origine", ""),
            reason=asked.get("motif", ""),
            order=asked.get("tri") or Order.OLDEST,
        )
