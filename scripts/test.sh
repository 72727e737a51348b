#!/usr/bin/env bash
# Runs `swift test` with the given arguments; where a test fails, says at the end which.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift test --skip-build "$@" 2>&1 | tee "$log" && exit 0
echo
echo "What failed:"
grep -aE '✘|error:' "$log" || echo "nothing that says so; see above"
exit 1
