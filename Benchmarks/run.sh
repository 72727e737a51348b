#!/usr/bin/env bash
# Measures the release binary on SQLite with wrk, every step in one run on one fresh data folder, and prints a table.
#   DURATION     seconds per step (15)
#   CONNECTIONS  connections (64)
#   TOKENS       tokens made before each charge step (10,000 for each second of it)
#   DEPOSITS     deposits signed before that step (10,000 for each second of it)
#   LONG=1       goes on until 200,000 charges are in the data, and reports the memory then
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

start_gateway
rows=()
empty=
measure() { # measure NAME SCRIPT
    echo "$1 …" >&2
    drive "$2" "$duration"
    local row
    row=$(awk -v name="$1" -v n="${result[0]}" -v us="${result[1]}" -v p50="${result[2]}" -v p99="${result[3]}" \
        -v empty="${empty:-0}" -v errors="${result[4]}" -v memory="$(resident)" 'BEGIN {
            rate = n / us * 1e6
            share = empty > 0 ? rate / empty * 100 : 100
            printf "| %s | %.0f | %.1f %% | %.2f | %.2f | %d | %d |", \
                name, rate, share, p50 / 1000, p99 / 1000, errors, memory
        }')
    rows+=("$row")
    empty=${empty:-$(awk -v n="${result[0]}" -v us="${result[1]}" 'BEGIN { print n / us * 1e6 }')}
}

memory_at_rest=$(resident)
measure "Empty GET" empty.lua
measure "Token" token.lua
echo "Preparing $tokens tokens …" >&2
prepare_tokens "$tokens"
measure "Charge, no 3-D Secure" charge.lua

prepare_tokens 20000
rm -f "$work"/*/ids-*
COLLECT=1 drive charge.lua 1
measure "Inquiry" inquiry.lua

if [[ -n $BENCH_JWT_KEY ]]; then
    prepare_deposits "${DEPOSITS:-$((duration * 10000))}"
    measure "Deposit, JWT payment" deposit.lua
fi

if [[ ${LONG:-0} == 1 ]]; then
    while ((charges < 200000)); do
        echo "$charges of 200000 charges …" >&2
        prepare_tokens "$tokens"
        drive charge.lua "$duration"
    done
fi

{
    echo "# Benchmark"
    echo
    echo "$(date -u +%Y-%m-%dT%H:%MZ), commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)," \
        "$(nproc) cores shared with wrk, $(uname -sr), data on $(stat -f -c %T "$work")," \
        "$threads threads, $connections connections, $duration s a step."
    echo
    echo "| step | requests/s | of the empty GET | p50 ms | p99 ms | failed | memory MiB |"
    echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    printf '%s\n' "${rows[@]}"
    echo
    echo "Ready $ready_ms ms after the start, with $memory_at_rest MiB resident."
    echo "After $charges charges: $(resident) MiB resident, $(du -sm "$work/data" | cut -f 1) MiB of data."
} | tee "$results/latest.md"
