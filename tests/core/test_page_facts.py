"""The tags with which a page says something once and writes it in several places."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError

LIBRARIES = {"structured": "newsroom.core.templatetags.structured"}


def rendered(source, **context):
    return Engine(libraries=LIBRARIES).from_string(f"{{% load structured %}}{source}").render(Context(context))


def test_what_is_kept_is_shown_where_it_is_asked_for_and_escaped_once():
    source = '{% kept as told %}{{ title }}{% endkept %}<b>{{ told }}</b><i title="{{ told }}"></i>'

    assert rendered(source, title="A & B") == '<b>A &amp; B</b><i title="A &amp; B"></i>'


@pytest.mark.parametrize("tag", ["kept", "kept told", "kept in told", "kept as two names"])
def test_a_badly_written_tag_is_refused(tag):
    with pytest.raises(TemplateSyntaxError, match="kept as name"):
        rendered(f"{{% {tag} %}}{{% endkept %}}")


def test_an_address_with_a_host_stays_as_it_is():
    assert rendered("{{ path|absolute }}", path="/img/a.png") == "http://testserver/img/a.png"
    assert rendered("{{ path|absolute }}", path="https://cdn.example/a.png") == "https://cdn.example/a.png"


def test_a_breadcrumb_cannot_end_its_block():
    html = rendered("{% crumb label '/x/' as items %}{% breadcrumb_data items %}", label="</script><b>")

    assert html.count("</script>") == 1
    assert "\\u003c/script\\u003e" in html
