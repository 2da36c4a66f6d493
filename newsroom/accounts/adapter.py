"""What allauth asks of us."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from newsroom.accounts.models import User
from newsroom.core.addresses import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts know people by address; the client's address is decided in one place."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits count by."""
        return client_address(request)

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Do nothing: there are no user names."""

    def get_user_display(self, user: User) -> str:
        """Return how the house addresses a person."""
        return str(user)

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - allauth's signature
        """Fill a new account from the sign-up form."""
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved
