"""Pages that any site may place in a frame: the one exception to a rule that holds everywhere else."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponse]


def framed_anywhere(view: View) -> View:
    """Let every site frame the view's page: ``frame-ancestors *``, and no X-Frame-Options.

    For pages on which nothing can be done and that know nobody: a click in a frame that somebody has disguised must
    change nothing.
    """
    replaced: View = csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))  # type: ignore[assignment] # typed for views without arguments
    return replaced
