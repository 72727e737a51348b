#!/usr/bin/env bash
# Measures pgbench's TPC-B and the durable charge on one PostgreSQL server of its own, with PostgreSQL's defaults, in one
# run, and prints a table.
#   DURATION     seconds per step (15)
#   CONNECTIONS  connections of wrk (64)
#   TOKENS       tokens made before each charge step (10,000 for each second of it)
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

postgresql=$(compgen -G "/usr/lib/postgresql/*/bin" | sort -V | tail -n 1) || postgresql=$(dirname "$(command -v postgres)")
[[ -x $postgresql/initdb ]] || fail "PostgreSQL is missing; run make deps."
as_server=()
if ((EUID == 0)); then as_server=(setpriv --reuid postgres --regid postgres --clear-groups); fi
database_server=

more_to_finish() {
    if [[ -n $database_server ]]; then
        "${as_server[@]}" "$postgresql/pg_ctl" -D "$work/cluster/data" -m immediate stop >/dev/null 2>&1 || true
    fi
}

# A cluster with the defaults but for where it listens: fsync and synchronous_commit are on.
start_cluster() {
    mkdir "$work/cluster"
    chmod 755 "$work"
    if ((EUID == 0)); then chown postgres "$work/cluster"; fi
    "${as_server[@]}" "$postgresql/initdb" -D "$work/cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    free_port
    database_port=$port
    "${as_server[@]}" "$postgresql/pg_ctl" -D "$work/cluster/data" -l "$work/cluster/log" -w start \
        -o "-p $database_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" >/dev/null ||
        fail "PostgreSQL does not start: $(<"$work/cluster/log")"
    database_server=yes
    export PGHOST=127.0.0.1 PGPORT=$database_port PGUSER=postgres
}

rows=()
best=0
pgbench_step() { # pgbench_step CLIENTS
    echo "pgbench, $1 clients …" >&2
    local printed tps latency
    printed=$("$postgresql/pgbench" -M prepared -c "$1" -j "$threads" -T "$duration" tpcb 2>/dev/null) || fail "pgbench"
    tps=$(awk '/^tps/ { print $3 }' <<<"$printed")
    latency=$(awk '/^latency average/ { print $4 }' <<<"$printed")
    best=$(awk -v a="$best" -v b="$tps" 'BEGIN { print (a > b ? a : b) }')
    rows+=("$(printf '| pgbench TPC-B, %d clients | %.0f | | %.2f (mean) | | |' "$1" "$tps" "$latency")")
}
charge_step() { # charge_step NAME
    echo "$1 …" >&2
    prepare_tokens "$tokens"
    drive charge.lua "$duration"
    rows+=("$(awk -v name="$1" -v n="${result[0]}" -v us="${result[1]}" -v p50="${result[2]}" -v p99="${result[3]}" \
        -v best="$best" -v memory="$(resident)" 'BEGIN {
            rate = n / us * 1e6
            printf "| %s | %.0f | %.2f | %.2f | %.2f | %d |", name, rate, rate / best, p50 / 1000, p99 / 1000, memory
        }')")
}

start_cluster
"$postgresql/createdb" tpcb
"$postgresql/pgbench" -i -s 20 -q tpcb >/dev/null 2>&1 || fail "pgbench -i"
for clients in 1 16 64; do pgbench_step "$clients"; done
"$postgresql/dropdb" tpcb

"$postgresql/createdb" mekong
url=postgresql://postgres@127.0.0.1:$database_port/mekong
start_gateway --database "$url"
charge_step "Charge, one gateway"
start_gateway --database "$url"
charge_step "Charge, two gateways"
stop_gateways
"$binary" verify --database "$url" >"$work/verified" || fail "the books do not agree"

{
    echo "# Benchmark on PostgreSQL"
    echo
    echo "$(date -u +%Y-%m-%dT%H:%MZ), commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)," \
        "$("$postgresql/postgres" --version), defaults, $(nproc) cores shared by server, gateways and wrk," \
        "$(uname -sr), data on $(stat -f -c %T "$work"), $connections connections, $duration s a step."
    echo
    echo "| step | per second | of pgbench's best | p50 ms | p99 ms | memory MiB |"
    echo "| --- | ---: | ---: | ---: | ---: | ---: |"
    printf '%s\n' "${rows[@]}"
    echo
    echo "A charge is two commits. After $charges charges: $(<"$work/verified")."
} | tee "$results/postgresql.md"
