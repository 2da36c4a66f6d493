"""The Nu HTML checker (vnu.jar), where it is installed: `sh .ci/html-checker.sh` puts it under var/."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

JAR = Path(os.environ.get("VNU_JAR") or settings.ROOT / "var/html-checker/node_modules/vnu-jar/build/dist/vnu.jar")

# Safari takes a list without marks for no list unless it says that it is one.
KNOWN = {"The “list” role is unnecessary for element “ol”."}


def reason_for_none():
    """Say in words why there is no checker here; nothing where there is one."""
    if shutil.which("java") is None:
        return "the Nu HTML checker needs Java, which is not installed"
    if not JAR.is_file():
        return "the Nu HTML checker is not installed: run .ci/html-checker.sh, or name vnu.jar in VNU_JAR"
    return ""


def complaints(folder):
    """Return what the checker says of the HTML files of a folder: one line each, errors and warnings alike.

    One start of Java for all of them.
    """
    command = ["java", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--stdout", "--html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    said = json.loads(done.stdout)["messages"]
    told = [one for one in said if one["type"] != "info" or one.get("subType") == "warning"]
    return [line(one) for one in told if one["message"] not in KNOWN]


def line(said):
    kind = said.get("subType") or said["type"]
    where = f"{Path(said.get('url', '')).name}:{said.get('lastLine', '?')}"
    extract = " ".join(said.get("extract", "").split())
    return f"{kind} {where}: {said['message']} — {extract}"
