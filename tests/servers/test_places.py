import os
import subprocess
import sys
from urllib.parse import parse_qsl, urlsplit

import pytest
import redis

from newsroom.servers import places
from newsroom.servers.places import ROOT, open_to_others, outside, postgres_place, redis_place


def test_asking_for_places_creates_nothing(open_folder):
    var = open_folder / "var"

    postgres_place(var)
    redis_place(var)

    assert list(open_folder.iterdir()) == []


def test_the_answer_is_the_same_before_and_after_the_folder_exists(var):
    before = postgres_place(var)

    var.mkdir(mode=0o755)

    assert postgres_place(var) == before


def test_a_link_to_the_folder_leads_to_the_same_place(open_folder):
    (open_folder / "var").mkdir()
    (open_folder / "link").symlink_to("var")

    assert postgres_place(open_folder / "link") == postgres_place(open_folder / "var")


def test_a_socket_path_too_long_for_the_system_moves_outside(open_folder):
    var = open_folder / ("profond/" * 15) / "var"

    postgres, cache = postgres_place(var), redis_place(var)

    assert len(os.fsencode(postgres.socket)) < places.LONGEST_SOCKET_PATH
    assert len(os.fsencode(cache.socket)) < places.LONGEST_SOCKET_PATH
    assert postgres.data.is_relative_to(var)
    assert cache.folder.is_relative_to(var)


def test_two_folders_never_share_a_place_outside(open_folder):
    assert outside(open_folder / "one") != outside(open_folder / "two")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's PostgreSQL has to run as somebody else")
def test_behind_a_closed_folder_root_keeps_its_cluster_outside(open_folder):
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)

    assert postgres_place(closed / "var").data.is_relative_to(outside(closed / "var"))
    assert open_to_others(open_folder)


def test_the_database_address_survives_spaces_and_signs():
    place = postgres_place(ROOT / "à part & 100 %?#" / "var")

    address = urlsplit(place.url("observance"))

    assert address.path == "/observance"
    assert dict(parse_qsl(address.query)) == {"host": str(place.sockets)}
    assert place.parameters()["HOST"] == str(place.sockets)


def test_the_redis_address_survives_spaces_and_signs():
    place = redis_place(ROOT / "à part" / "var")

    client = redis.Redis.from_url(place.url(3))

    assert client.connection_pool.connection_kwargs["path"] == str(place.socket)
    assert client.connection_pool.connection_kwargs["db"] == 3
    client.close()


def test_settings_can_import_the_places_without_loading_anything_alive():
    code = "import sys, newsroom.servers.places; print({'psutil', 'django', 'subprocess'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)

    assert done.stdout.strip() == "set()"
