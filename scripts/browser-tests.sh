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
# The views that need more than a browser to reach are drawn by the tests of Checkout: make test has had them drawn.
if [[ -z "${MEKONG_GALLERY:-}" ]]; then
    MEKONG_GALLERY="$PWD/.build/gallery" swift test --skip-build --filter CheckoutTests.GalleryTests >/dev/null 2>&1 || {
        echo "The tests of Checkout fail, or are not built: swift build --build-tests" >&2
        exit 1
    }
fi
if [[ "${1:-}" == --screenshots ]]; then
    shift
    exec "$environment/bin/python" Tests/Browser/screenshots.py "$@"
fi
# A browser that hangs is given up by the tests (browser.py); this is for whatever else may.
exec timeout --signal=INT --kill-after=30 3600 "$environment/bin/python" -m pytest -c Tests/Browser/pytest.ini Tests/Browser "$@"
