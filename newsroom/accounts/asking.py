"""Who is asking, where only somebody signed in can."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from newsroom.accounts.models import User


def person_asking(request: HttpRequest) -> User:
    """Return the person behind a request that ``for_readers``, ``for_staff`` or the admin has let through.

    Raises PermissionDenied for an anonymous one: a view that forgot its declaration does nothing for strangers.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
