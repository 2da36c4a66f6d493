#!/bin/sh
# Puts the Nu HTML checker under var/, where tests/validity finds it: `sh .ci/html-checker.sh`. Needs npm; Java runs it.
# Which release, and its hash, stand in .ci/html-checker/. Its own install script would fetch a Java: it is not run.
set -eu
cd "$(dirname "$0")/.."
mkdir -p var/html-checker
cp .ci/html-checker/package.json .ci/html-checker/package-lock.json var/html-checker/
npm ci --prefix var/html-checker --ignore-scripts --no-audit --no-fund --silent
