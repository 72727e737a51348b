#!/usr/bin/env bash
# Runs the browser tests with Debian's Chromium, driven by Playwright in an environment of its own.
# Usage: scripts/browser-tests.sh [--screenshots] [arguments of pytest]
#   --screenshots   writes pictures of every page to docs/images/ instead
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.build/browser-venv
requirements=Tests/Browser/requirements.txt
if ! cmp -s "$requirements" "$environment/installed.txt"; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$environment/installed.txt"
fi

export PYTHONDONTWRITEBYTECODE=1
if [[ "${1:-}" == --screenshots ]]; then
    shift
    exec "$environment/bin/python" Tests/Browser/screenshots.py "$@"
fi
exec "$environment/bin/python" -m pytest -c Tests/Browser/pytest.ini Tests/Browser "$@"
