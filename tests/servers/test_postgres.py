import os
import signal
import stat
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from newsroom.servers.ownership import unprivileged
from newsroom.servers.places import ROOT, postgres_place
from newsroom.servers.postgres import FAST_SETTINGS, PROCESS, EmbeddedPostgres
from newsroom.servers.processes import alive, wait_until, working_in
from newsroom.servers.troubles import ServerTrouble
from tests.servers.conftest import run_python

ENSURE = """
import sys
from pathlib import Path
from newsroom.servers.places import postgres_place
from newsroom.servers.postgres import FAST_SETTINGS, EmbeddedPostgres
print(EmbeddedPostgres(postgres_place(Path(sys.argv[1])), FAST_SETTINGS).ensure())
"""


def ask(postgres, sql, database="postgres"):
    place = postgres.place
    with psycopg.connect(
        host=str(place.sockets), port=5432, user="postgres", dbname=database, autocommit=True
    ) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone() if cursor.description else None


def postmaster_pid(postgres):
    return int((postgres.place.data / "postmaster.pid").read_text().split("\n", 1)[0])


def write_pid(postgres, pid):
    """Name another process in the pid file, as when the system has given the number away again."""
    path = postgres.place.data / "postmaster.pid"
    lines = path.read_text().split("\n")
    path.write_text("\n".join([str(pid), *lines[1:]]))


def kill_postmaster(postgres):
    pid = postmaster_pid(postgres)
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not alive(pid), 5)


def test_it_starts_once_and_says_whether_it_did(postgres):
    assert postgres.accepting() is False

    first, second = postgres.ensure(), postgres.ensure()

    assert (first, second) == (True, False)
    assert postgres.accepting() is True
    assert postgres.stop() is True
    assert postgres.stop() is False
    assert working_in(postgres.place.data, PROCESS) == []


def test_looking_for_a_running_server_is_quick(postgres):
    postgres.ensure()
    start = time.perf_counter()

    postgres.ensure()

    assert time.perf_counter() - start < 0.1


def test_the_cluster_speaks_utf8_and_folds_accents_by_unicode(postgres):
    postgres.ensure()

    row = ask(postgres, "SELECT upper('hôpital œdème'), current_setting('server_encoding')")

    assert row == ("HÔPITAL ŒDÈME", "UTF8")
    assert ask(postgres, "SELECT 'a' || chr(160) || 'b' ~ '^\\w+$'") == (False,)


def test_the_fast_settings_and_the_number_of_connections_are_in_force(postgres):
    postgres.ensure()

    row = ask(
        postgres,
        "SELECT current_setting('fsync'), current_setting('max_connections'), current_setting('listen_addresses')",
    )

    assert row == ("off", "100", "")


def test_only_its_user_may_enter_the_folder_of_the_socket(postgres):
    postgres.ensure()

    for folder in (postgres.place.sockets, postgres.place.data):
        state = folder.stat()
        owner = unprivileged()
        assert stat.S_IMODE(state.st_mode) == 0o700
        assert state.st_uid == (owner.pw_uid if owner else os.geteuid())


def test_folders_above_keep_their_modes(open_folder, clean_up):
    above = open_folder / "above"
    above.mkdir()
    above.chmod(0o751)
    clean_up(above / "var")

    EmbeddedPostgres(postgres_place(above / "var"), FAST_SETTINGS).ensure()

    assert stat.S_IMODE(above.stat().st_mode) == 0o751
    assert stat.S_IMODE(open_folder.stat().st_mode) == 0o755


def test_a_missing_database_is_created_once(postgres):
    postgres.ensure()
    assert postgres.accepting("observance") is False

    postgres.create_database("observance")
    postgres.create_database("observance")

    assert ask(postgres, "SELECT current_database()", "observance") == ("observance",)


def test_a_killed_postmaster_is_replaced_in_silence_and_the_data_is_there(postgres):
    postgres.ensure()
    ask(postgres, "CREATE TABLE words (word text)")
    ask(postgres, "INSERT INTO words VALUES ('Œdème')")
    ask(postgres, "CHECKPOINT")
    kill_postmaster(postgres)

    assert postgres.ensure() is True

    assert ask(postgres, "SELECT word FROM words") == ("Œdème",)


def test_backends_that_outlive_their_postmaster_are_ended(postgres):
    postgres.ensure()
    place = postgres.place
    with psycopg.connect(host=str(place.sockets), port=5432, user="postgres", dbname="postgres") as connection:
        backend = connection.info.backend_pid
        os.kill(backend, signal.SIGSTOP)  # cannot notice that its postmaster is gone
        kill_postmaster(postgres)

        assert postgres.ensure() is True

        assert not alive(backend)
        connection.close()


def test_a_zombie_named_in_the_pid_file_is_taken_for_dead(postgres):
    postgres.ensure()
    kill_postmaster(postgres)
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    assert wait_until(lambda: psutil.Process(zombie.pid).status() == psutil.STATUS_ZOMBIE, 10)
    write_pid(postgres, zombie.pid)

    started = postgres.ensure()

    zombie.wait()
    assert started is True
    assert ask(postgres, "SELECT 1") == (1,)


def test_a_stranger_who_was_given_the_number_in_the_pid_file_is_left_alone(postgres):
    postgres.ensure()
    kill_postmaster(postgres)
    stranger = subprocess.Popen(["sleep", "60"])
    write_pid(postgres, stranger.pid)

    started = postgres.ensure()

    running = stranger.poll() is None
    stranger.kill()
    stranger.wait()
    assert started is True
    assert running is True


def test_two_processes_that_start_it_at_the_same_time_start_one(postgres):
    both = [
        subprocess.Popen(
            [sys.executable, "-c", ENSURE, str(postgres.place.var)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(2)
    ]

    answers = sorted(process.communicate(timeout=60)[0].strip() for process in both)

    assert answers == ["False", "True"]
    assert postgres.accepting()


def test_it_outlives_whoever_started_it_and_their_ctrl_c(postgres):
    starter = subprocess.Popen(
        [sys.executable, "-c", ENSURE + "\nimport time; print(flush=True); time.sleep(60)", str(postgres.place.var)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    starter.stdout.readline()

    os.killpg(starter.pid, signal.SIGINT)

    starter.communicate(timeout=10)
    assert postgres.accepting()
    assert os.getsid(postmaster_pid(postgres)) != starter.pid


def test_a_folder_with_spaces_quotes_and_a_very_long_name_works(open_folder, clean_up):
    var = open_folder / 'l\'été, "à part" $HOME' / ("x" * 120) / "var"
    clean_up(var)
    postgres = EmbeddedPostgres(postgres_place(var), FAST_SETTINGS)

    postgres.ensure()

    assert ask(postgres, "SELECT 1") == (1,)


def test_a_folder_closed_to_others_works_for_root_too(tmp_path, clean_up):
    tmp_path.chmod(0o700)
    clean_up(tmp_path / "var")
    postgres = EmbeddedPostgres(postgres_place(tmp_path / "var"), FAST_SETTINGS)

    postgres.ensure()

    assert ask(postgres, "SELECT 1") == (1,)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_narrow_umask_does_not_close_the_way(var):
    done = run_python(ENSURE, var, umask=0o077)

    assert done.stdout.strip() == "True", done.stderr
    assert ask(EmbeddedPostgres(postgres_place(var)), "SELECT 1") == (1,)


def test_a_folder_deleted_under_a_running_server_is_started_afresh(own_postgres):
    own_postgres.ensure()
    old = postmaster_pid(own_postgres)
    subprocess.run(["rm", "-rf", str(own_postgres.place.var)], check=True)

    assert own_postgres.ensure() is True

    assert not alive(old)
    assert ask(own_postgres, "SELECT 1") == (1,)


def test_data_of_another_major_version_is_refused_in_one_line(own_postgres):
    own_postgres.ensure()
    own_postgres.stop()
    (own_postgres.place.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(ServerTrouble, match="PostgreSQL 12") as trouble:
        own_postgres.ensure()

    assert "\n" not in str(trouble.value)


def test_a_server_that_cannot_start_says_why_in_one_line(own_postgres):
    own_postgres.ensure()
    own_postgres.stop()
    with (own_postgres.place.data / "postgresql.conf").open("a") as configuration:
        configuration.write("max_connections = beaucoup\n")
    broken = EmbeddedPostgres(own_postgres.place, {"shared_buffers": "beaucoup"})

    with pytest.raises(ServerTrouble, match="PostgreSQL n’a pas démarré") as trouble:
        broken.ensure()

    assert "\n" not in str(trouble.value)
