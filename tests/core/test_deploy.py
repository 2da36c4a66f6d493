"""What stands in front of the site knows the site."""

import re
from importlib import import_module
from pathlib import Path

from django.conf import settings

from newsroom.core.page_cache.declaring import PARAMETERS

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = (ROOT / "docs/deploy/nginx.conf").read_text()


def test_nginx_keeps_pages_with_the_parameters_that_pages_declare_and_no_others():
    import_module(settings.ROOT_URLCONF)

    named = re.search(r'map \$args \$is_odd.*?"~\^\(\?:\(\?:([a-z|]+)\)=', CONFIGURATION, re.DOTALL)

    assert set(named[1].split("|")) == set(PARAMETERS)


def test_nginx_never_keeps_what_the_site_s_own_cache_never_keeps():
    never = re.search(r"location ~ \^/\(\?:(moi[a-z|0-9]+)\)", CONFIGURATION)[1].split("|")
    desk = re.search(r"location ~ \^/\(\?:(admin[a-z|0-9]+)\)", CONFIGURATION)[1].split("|")

    assert set(settings.PAGE_CACHE_NEVER) <= {*never, *desk}


def test_the_pages_for_when_nobody_answers_are_whole():
    for name in ("away.html", "refused.html"):
        page = (ROOT / "docs/deploy" / name).read_text()
        assert '<html lang="fr">' in page
        assert "<h1>" in page
        assert 'href="/"' in page
        assert "style=" not in page
