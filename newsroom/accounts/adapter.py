"""What allauth asks of us."""

from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from newsroom.accounts.models import User
from newsroom.core.addresses import client_address
from newsroom.core.failures import ServerAwayError


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Accounts know people by address; the client's address is decided in one place."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that rate limits count by."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send an e-mail on accounts at once; raises ServerAwayError when no mail server takes it.

        It carries a key that nobody else should read, so it waits in no table.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            raise ServerAwayError from error

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Do nothing: there are no user names."""

    def get_user_display(self, user: User) -> str:
        """Return how the house addresses a person."""
        return str(user)
