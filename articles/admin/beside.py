"""What stands beside an article's form: what is still to be mended, how long it is, where else it can be looked at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from articles.checklist import remarks_on
from articles.contents import content_of
from articles.models import Article
from newsroom.core.rendering import plain_text, render_article


class WithChecklist(admin.ModelAdmin[Article]):
    """A form with its pre-publication list. The list is made anew when the form is opened, saved or checked."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the list, the length and the number of open remarks, for an article that was saved once."""
        article: Article | None = context.get("original")
        if article is not None:
            content = article.on_desk or content_of(article)
            context["beside"] = {
                "article": article,
                "checklist": remarks_on(content),
                "words": len(plain_text(render_article(content.get("body") or "")).split()),
                "open_remarks": article.remarks.open().count(),
            }
        return super().render_change_form(request, context, *args, **kwargs)
