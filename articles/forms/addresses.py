"""Web addresses as people type them."""

from typing import Any

from django import forms


class WebAddressField(forms.URLField):
    """A web address; one typed without its scheme is taken for https."""

    def __init__(self, **options: Any) -> None:
        """Take Django's options."""
        super().__init__(assume_scheme="https", **options)
