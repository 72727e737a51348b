# What the benchmarks share: gateways, wrk, tokens and the row of a table. Sourced, not run.
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
begin=${EPOCHREALTIME/./}
# Of each gateway, by its number: its process and its port.
servers=()
ports=()

fail() {
    echo "The benchmark failed: $*" >&2
    tail -q -n 5 "$work"/*/stderr >&2 2>/dev/null || true
    exit 1
}
# Ends what was started and removes what it left. A script may define more_to_finish.
finish() {
    stop_gateways
    if declare -F more_to_finish >/dev/null; then more_to_finish; fi
    rm -rf "$work"
}
stop_gateways() {
    local server
    for server in "${servers[@]}"; do
        if kill -0 "$server" 2>/dev/null; then kill "$server"; fi
    done
    for server in "${servers[@]}"; do wait "$server" 2>/dev/null || true; done
    servers=()
    ports=()
}
trap finish EXIT
trap 'exit 130' INT TERM

[[ -x $binary ]] || fail "$binary is missing; run make build."
command -v wrk >/dev/null || fail "wrk is missing; run make deps."

# http PORT METHOD PATH [BODY]: the whole answer, by bash alone.
http() {
    exec 9<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf '%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' \
        "$2" "$3" "$((${#4}))" "${4}" >&9
    cat <&9
    exec 9>&-
}
is_ready() { # is_ready PORT
    [[ $( (http "$1" GET /readyz "") 2>/dev/null | head -n 1) == *" 200"* ]]
}
member() { # member NAME: the first string member of this name on standard input
    grep -o "\"$1\" *: *\"[^\"]*\"" | head -n 1 | sed 's/.*: *"\(.*\)"$/\1/'
}
resident() { # in MiB, of all gateways
    local server sum=0
    for server in "${servers[@]}"; do
        sum=$((sum + $(awk '/^VmRSS:/ { print $2 }' "/proc/$server/status")))
    done
    echo $((sum / 1024))
}
# A port below those that the kernel gives to outgoing connections, and that nobody answers on.
free_port() {
    port=${port:-$((20000 + $$ % 10000))}
    port=$((port + 1))
    while (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
}

# start_gateway ARGUMENT…: starts `mekong sandbox` and waits until it is ready; sets ready_ms.
start_gateway() {
    local number=${#servers[@]} started=${EPOCHREALTIME/./}
    free_port
    mkdir -p "$work/$number"
    "$binary" sandbox --port "$port" --data "$work/data" "$@" >"$work/$number/stdout" 2>"$work/$number/stderr" &
    servers+=($!)
    ports+=("$port")
    until is_ready "$port"; do
        kill -0 "${servers[number]}" 2>/dev/null || fail "the process ended before it was ready."
        ((${EPOCHREALTIME/./} - started < 30000000)) || fail "not ready after 30 s."
        sleep 0.01
    done
    ready_ms=$(((${EPOCHREALTIME/./} - started) / 1000))
    local credentials
    credentials=$(http "$port" GET /sandbox/credentials "")
    BENCH_PUBLIC_KEY=$(member public_key <<<"$credentials")
    BENCH_SECRET_KEY=$(member secret_key <<<"$credentials")
    BENCH_MID=$(member non_3ds <<<"$credentials")
    BENCH_JWT_KEY=$(tr -d '\n' <<<"$credentials" | grep -o '"jwtpay" *: *{[^}]*}' | member api_key)
    export BENCH_PUBLIC_KEY BENCH_SECRET_KEY BENCH_MID BENCH_JWT_KEY
    [[ -n $BENCH_PUBLIC_KEY && -n $BENCH_SECRET_KEY && -n $BENCH_MID ]] || fail "no credentials: $credentials"
}

# prepare_deposits COUNT: signed requests, for all threads of the first gateway together. They are taken for five minutes.
prepare_deposits() {
    local thread
    for ((thread = 1; thread <= threads; thread++)); do
        python3 sign_deposits.py $(($1 / threads)) "$work/0/deposits-$thread" "b$begin-$thread"
    done
}

charges=0
step=0
# drive SCRIPT SECONDS: runs wrk against every gateway at once, the connections shared among them, and sets `result`:
# requests, microseconds, p50, p99, errors, broken connections. Of several gateways requests are summed and the worse
# percentile counts. A failed request fails the run.
drive() {
    # References are unique over gateways, threads, steps and runs.
    step=$((step + 1))
    local number runs=() each=$((connections / ${#servers[@]}))
    for number in "${!servers[@]}"; do
        BENCH_WORK=$work/$number BENCH_RUN="b$begin-$step-$number" \
            wrk -t "$threads" -c "$each" -d "${2}s" --timeout 10s -s "$1" "http://127.0.0.1:${ports[number]}" \
            >"$work/$number/wrk" 2>&1 &
        runs+=($!)
    done
    for number in "${!servers[@]}"; do wait "${runs[number]}" || fail "wrk: $(<"$work/$number/wrk")"; done
    result=(0 0 0 0 0 0)
    local part
    for number in "${!servers[@]}"; do
        read -r -a part < <(sed -n 's/^RESULT //p' "$work/$number/wrk") || fail "wrk: $(<"$work/$number/wrk")"
        result[0]=$((result[0] + part[0]))
        for field in 1 2 3; do result[field]=$((part[field] > result[field] ? part[field] : result[field])); done
        result[4]=$((result[4] + part[4]))
        result[5]=$((result[5] + part[5]))
        [[ ! -s $work/$number/refused ]] || fail "$1 was refused: $(head -n 3 "$work/$number/refused")"
        ! compgen -G "$work/$number/exhausted-*" >/dev/null ||
            fail "the tokens were used up; ask for more with TOKENS (now $tokens)."
    done
    ((result[0] > 0)) || fail "$1: nothing was answered: $(<"$work/0/wrk")"
    ((result[4] == 0)) || fail "$1: ${result[4]} of ${result[0]} requests were answered with an error: $(<"$work/0/wrk")"
    ((result[5] == 0)) || fail "$1: ${result[5]} connections failed or timed out: $(<"$work/0/wrk")"
    if [[ $1 == charge.lua ]]; then charges=$((charges + result[0])); fi
}

# Tokens live ten minutes, so each charge step gets its own, made just before it.
prepare_tokens() { # prepare_tokens COUNT, for all gateways together
    rm -f "$work"/*/tokens-*
    local made=0
    while ((made < $1)); do
        COLLECT=1 drive token.lua 2
        local before=$made
        made=$(cat "$work"/*/tokens-* | wc -l)
        ((made > before)) || fail "no tokens could be made."
    done
}
