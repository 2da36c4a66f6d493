"""Who somebody says he is, asked at sign-up."""

from typing import Any
from unicodedata import category

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.accounts.professions import Assurance, Civility, Practice, Profession


class NameField(forms.CharField):
    """A name to sign with: one line that can be read, without invisible signs that turn or hide what follows."""

    def to_python(self, value: Any) -> str:
        """Return the name tidied."""
        text = super().to_python(value) or ""
        return " ".join("".join(sign for sign in text if sign.isspace() or category(sign)[0] != "C").split())

    def validate(self, value: str) -> None:
        """Refuse a name without any letter."""
        super().validate(value)
        if not any(sign.isalpha() for sign in value):
            raise ValidationError(_("A name has at least one letter."))


class IdentityForm(forms.Form):
    """Fields that sign-up adds to address and password; allauth calls ``signup`` after the account is made."""

    civility = forms.ChoiceField(label=_("Civility"), choices=[("", "—"), *Civility.choices], required=False)
    first_name = NameField(label=_("First name"), max_length=60)
    last_name = NameField(label=_("Last name"), max_length=80)
    profession = forms.ChoiceField(label=_("Profession"), choices=[("", "—"), *Profession.choices], required=False)
    specialty = forms.ChoiceField(label=_("Specialty"), choices=[("", "—"), *Practice.choices], required=False)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep what was declared; a declared profession is not a verified one."""
        del request
        for field in ("civility", "first_name", "last_name", "profession", "specialty"):
            setattr(user, field, self.cleaned_data[field])
        user.assurance = Assurance.DECLARED if user.profession else Assurance.NONE
        user.save(update_fields=["civility", "first_name", "last_name", "profession", "specialty", "assurance"])
