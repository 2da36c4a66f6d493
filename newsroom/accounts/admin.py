"""People in the admin."""

from typing import Any

import allauth.mfa.admin  # registers what is taken away below
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from newsroom.accounts.roles import LABELS
from newsroom.core.desk_search import Words, beginning

# Both have a better place here: second factors on the page of their person, groups under their names in French.
admin.site.unregister([allauth.mfa.admin.Authenticator, Group])


def label_of(group: Group) -> str:
    """Return what the house calls a group; one that somebody made in the admin keeps its own name."""
    return str(LABELS.get(group.name, group.name))


class GroupsField(forms.ModelMultipleChoiceField[Group]):
    """Groups to choose from, under the names the house gives them."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of one group."""
        return label_of(obj)


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


@admin.register(Group)
class HouseGroupAdmin(GroupAdmin):
    """What the groups may do."""

    list_display = ["label"]

    @admin.display(description=_("group"), ordering="name")
    def label(self, group: Group) -> str:
        """Show the name the house gives it."""
        return label_of(group)


class SecondFactorInline(admin.TabularInline[Authenticator, User]):
    """Somebody's second factors: an administrator takes one away from whoever lost it, and never makes one."""

    model = Authenticator
    verbose_name, verbose_name_plural = _("second factor"), _("second factors")
    fields = ["type", "created_at", "last_used_at"]
    readonly_fields = ["type", "created_at", "last_used_at"]
    max_num = 0


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """Accounts, their verified titles and their groups."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    ordering = ["email"]
    list_display = ["email", "signature", "profession", "specialty", "assurance", "is_staff", "is_active"]
    list_filter = ["assurance", "profession", "is_staff", "is_active", "groups"]
    # The columns of the index ``people_words``, in its order.
    search_fields = ["email", "first_name", "last_name", "pseudonym", "rpps"]
    show_full_result_count = False
    readonly_fields = ["joined_at", "last_login"]
    inlines = [SecondFactorInline]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Identity"), {"fields": ["civility", "first_name", "last_name", "pseudonym", "shows_presence"]}),
        (_("Practice"), {"fields": ["profession", "specialty", "rpps", "assurance"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["email", "usable_password", "password1", "password2"]})]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """Return the people of whom each word typed begins a word, accents and case aside."""
        del request
        return beginning(queryset, Words(*self.search_fields), search_term), False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the groups under the names the house gives them."""
        if db_field.name == "groups":
            kwargs["form_class"] = GroupsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)
