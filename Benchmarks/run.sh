#!/usr/bin/env bash
# Measures the release binary with wrk, every step in one run on one fresh data folder, and prints a table.
#   DURATION     seconds per step (15)
#   CONNECTIONS  connections (64)
#   TOKENS       tokens made before each charge step (10,000 for each second of it)
#   LONG=1       goes on until 200,000 charges are in the data, and reports the memory then
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")"

duration=${DURATION:-15}
connections=${CONNECTIONS:-64}
threads=2
tokens=${TOKENS:-$((duration * 10000))}
binary=${MEKONG_BINARY:-../.build/release/mekong}
results=$PWD/results
mkdir -p "$results"
# Beside the sources rather than in /tmp, which may be memory and would make every sync free.
work=$(mktemp -d "$results/work.XXXXXX")
export BENCH_WORK=$work
server=

fail() {
    echo "The benchmark failed: $*" >&2
    [[ ! -s $work/stderr ]] || tail -n 5 "$work/stderr" >&2
    exit 1
}
finish() {
    if [[ -n $server ]] && kill -0 "$server" 2>/dev/null; then
        kill "$server"
        wait "$server" || true
    fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

[[ -x $binary ]] || fail "$binary is missing; run make build."
command -v wrk >/dev/null || fail "wrk is missing; run make deps."

# http METHOD PATH [BODY]: the whole answer, by bash alone.
http() {
    exec 9<>"/dev/tcp/127.0.0.1/$port" || return 1
    printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' \
        "$1" "$2" "$((${#3}))" "${3}" >&9
    cat <&9
    exec 9>&-
}
is_ready() {
    [[ $( (http GET /readyz "") 2>/dev/null | head -n 1) == *" 200"* ]]
}
member() { # member NAME: the first string member of this name on standard input
    grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | sed 's/.*: *"\(.*\)"$/\1/'
}
resident() { # in MiB
    awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"
}

# A port below those that the kernel gives to outgoing connections, and that nobody answers on.
port=$((20000 + $$ % 10000))
while (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
base=http://127.0.0.1:$port

begin=${EPOCHREALTIME/./}
"$binary" sandbox --port "$port" --data "$work/data" >"$work/stdout" 2>"$work/stderr" &
server=$!
until is_ready; do
    kill -0 "$server" 2>/dev/null || fail "the process ended before it was ready."
    ((${EPOCHREALTIME/./} - begin < 30000000)) || fail "not ready after 30 s."
    sleep 0.01
done
ready_ms=$(((${EPOCHREALTIME/./} - begin) / 1000))

credentials=$(http GET /sandbox/credentials "")
BENCH_PUBLIC_KEY=$(member public_key <<<"$credentials")
BENCH_SECRET_KEY=$(member secret_key <<<"$credentials")
BENCH_MID=$(member non_3ds <<<"$credentials")
export BENCH_PUBLIC_KEY BENCH_SECRET_KEY BENCH_MID
[[ -n $BENCH_PUBLIC_KEY && -n $BENCH_SECRET_KEY && -n $BENCH_MID ]] || fail "no credentials: $credentials"

charges=0
step=0
# drive SCRIPT SECONDS: runs wrk and sets `result` to the numbers of its RESULT line. A failed request fails the run.
drive() {
    # References are unique over threads, steps and runs.
    step=$((step + 1))
    export BENCH_RUN="b$begin-$step"
    wrk -t "$threads" -c "$connections" -d "${2}s" --timeout 10s -s "$1" "$base" >"$work/wrk" 2>&1 ||
        fail "wrk: $(<"$work/wrk")"
    read -r -a result < <(sed -n 's/^RESULT //p' "$work/wrk") || fail "wrk: $(<"$work/wrk")"
    [[ ! -s $work/refused ]] || fail "$1 was refused: $(head -n 3 "$work/refused")"
    ! compgen -G "$work/exhausted-*" >/dev/null || fail "the tokens were used up; ask for more with TOKENS (now $tokens)."
    ((result[0] > 0)) || fail "$1: nothing was answered: $(<"$work/wrk")"
    ((result[4] == 0)) || fail "$1: ${result[4]} of ${result[0]} requests were answered with an error: $(<"$work/wrk")"
    ((result[5] == 0)) || fail "$1: ${result[5]} connections failed or timed out: $(<"$work/wrk")"
    if [[ $1 == charge.lua ]]; then charges=$((charges + result[0])); fi
}

# Tokens live ten minutes, so each charge step gets its own, made just before it.
prepare_tokens() { # prepare_tokens COUNT
    rm -f "$work"/tokens-*
    local made=0
    while ((made < $1)); do
        COLLECT=1 drive token.lua 2
        local before=$made
        made=$(cat "$work"/tokens-* | wc -l)
        ((made > before)) || fail "no tokens could be made."
    done
}

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
rm -f "$work"/ids-*
COLLECT=1 drive charge.lua 1
measure "Inquiry" inquiry.lua

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
