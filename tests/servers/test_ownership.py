import os
import pwd
import shutil
import stat

import pytest

from newsroom.servers.ensure import ensure_servers, erase_servers, servers
from newsroom.servers.ownership import prepare
from newsroom.servers.places import postgres_place
from newsroom.servers.postgres import FAST_SETTINGS, EmbeddedPostgres
from newsroom.servers.troubles import ServerTrouble
from tests.servers.conftest import as_nobody, only_root


def nobody():
    return pwd.getpwnam("nobody")


def test_a_missing_folder_is_made_with_its_mode_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        prepare(tmp_path / "a" / "b", mode=0o711)
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o711


def test_an_existing_folder_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o750)

    prepare(tmp_path, mode=0o711)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_a_file_in_the_place_of_the_folder_is_one_line(tmp_path):
    (tmp_path / "var").write_text("")

    with pytest.raises(ServerTrouble) as trouble:
        prepare(tmp_path / "var" / "redis")

    assert "var" in str(trouble.value)
    assert "\n" not in str(trouble.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_one_line(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(ServerTrouble, match="vérifiez ses droits"):
        prepare(tmp_path / "var")


@only_root
def test_a_checkout_that_an_ordinary_user_may_not_write_is_one_line(open_folder):
    said = as_nobody(lambda: ensure_servers(open_folder / "var", testing=True))

    assert said.startswith("ServerTrouble: ")
    assert "accès refusé" in said
    assert "\n" not in said


@only_root
def test_servers_left_by_another_user_are_refused_in_one_line(postgres):
    said = as_nobody(lambda: ensure_servers(postgres.place.var, testing=True))

    assert said.startswith("ServerTrouble: ")
    assert "appartient à un autre utilisateur (root)" in said
    assert "\n" not in said


@only_root
def test_root_refuses_what_an_ordinary_user_left(open_folder, clean_up):
    var = open_folder / "var"
    clean_up(var)
    var.mkdir()
    shutil.chown(var, nobody().pw_uid, nobody().pw_gid)

    with pytest.raises(ServerTrouble, match="appartient à un autre utilisateur"):
        EmbeddedPostgres(postgres_place(var), FAST_SETTINGS).ensure()


@only_root
def test_an_ordinary_user_has_servers_of_their_own(open_folder):
    var = open_folder / "var"
    var.mkdir()
    shutil.chown(var, nobody().pw_uid, nobody().pw_gid)

    def start_and_erase():
        ensure_servers(var, testing=True)
        found = [server.accepting() for server in servers(var).values()]
        erase_servers(var)
        return found

    assert as_nobody(start_and_erase) == "[True, True]"
    assert not (var / "postgres").exists()
