"""The name of the house on pages that other apps render."""

from django.conf import settings
from django.template import Context, Template


def test_the_house_keeps_its_name_where_another_site_is_in_the_context() -> None:
    template = Template("{% load house %}{% house as site %}{{ site.name }}")

    shown = template.render(Context({"site": {"name": "127.0.0.1:8000"}}))

    assert shown == settings.SITE_NAME
