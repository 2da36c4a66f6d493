"""People in the admin."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User


class PersonCreationForm(AdminUserCreationForm[User]):
    """A new account needs an address and a password."""

    class Meta:
        """Explicit fields."""

        model = User
        fields = ("email",)
        field_classes = {"email": forms.EmailField}


class PersonChangeForm(UserChangeForm[User]):
    """The fields of an account."""

    class Meta:
        """Explicit fields."""

        model = User
        fields = ("email", "password", "civility", "first_name", "last_name", "pseudonym")
        field_classes = {"email": forms.EmailField}


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Accounts, their verified titles and their groups."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    ordering = ["email"]
    list_display = ["email", "signature", "profession", "specialty", "assurance", "is_staff", "is_active"]
    list_filter = ["assurance", "profession", "is_staff", "is_active", "groups"]
    search_fields = ["email", "first_name", "last_name", "pseudonym", "rpps"]
    readonly_fields = ["joined_at", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Identity"), {"fields": ["civility", "first_name", "last_name", "pseudonym", "shows_presence"]}),
        (_("Practice"), {"fields": ["profession", "specialty", "rpps", "assurance"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "usable_password", "password1", "password2"]})]
