"""A rule that forbids what a reader asked for, with the sentence that tells him why."""

from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818 - it is an answer to a person, not a fault of the program
    """Raised by verbs when the state of things forbids the change (closed poll, closed thread...).

    ``message`` is a whole translated sentence for the person concerned. Nothing was changed.
    """

    def __init__(self, message: str | Promise) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.message = message
