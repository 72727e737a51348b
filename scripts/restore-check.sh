#!/usr/bin/env bash
# Takes backups while charges are being made, restores them, and checks the books and an old charge of each.
# Usage: scripts/restore-check.sh [sqlite] [postgresql]     (both where nothing is named)
# The binary is MEKONG_BINARY, or .build/release/mekong, or .build/debug/mekong. PostgreSQL's programs are looked for in
# POSTGRES_BIN, on PATH and where Debian puts them. As root the throwaway servers run as the user postgres.
set -euo pipefail

PUBLIC=pkey_test_20923L43S4RABbtwVoM1zsopFCYzyZnyMwFsn
SECRET=skey_test_41Bbw6At8dJjVyKV3ZaXghhLpRro5oAtR
CHARGERS=4       # who charge at the same time
CHARGES=100      # charges that each of them makes
BACKUP_AFTER=100 # charges acknowledged before a backup begins

say() { printf '%s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

find_binary() {
    local candidate
    for candidate in "${MEKONG_BINARY:-}" .build/release/mekong .build/debug/mekong; do
        [[ -n "$candidate" && -x "$candidate" ]] && realpath "$candidate" && return
    done
    fail "no binary; run make build, or set MEKONG_BINARY"
}

find_postgres() {
    local folder
    for folder in "${POSTGRES_BIN:-}" "$(dirname "$(command -v initdb || true)")" /usr/lib/postgresql/*/bin; do
        [[ -x "$folder/initdb" && -x "$folder/pg_basebackup" && -x "$folder/createdb" ]] || continue
        printf '%s\n' "$folder"
        return
    done
    fail "PostgreSQL's programs are not here; install postgresql, or set POSTGRES_BIN"
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# What was started and must be stopped: sandboxes' process ids, and folders of clusters.
sandboxes=()
clusters=()
work=$(mktemp -d)

clean_up() {
    local status=$? pid cluster
    trap - EXIT INT TERM
    for pid in "${sandboxes[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${sandboxes[@]}"; do wait "$pid" 2>/dev/null || true; done
    for cluster in "${clusters[@]}"; do
        as_postgres "$pg/pg_ctl" -D "$cluster" -m immediate -w stop >/dev/null 2>&1 || true
    done
    ((status == 0)) || say "failed; what the programs said last:" >&2
    ((status == 0)) || tail -n 5 "$work"/*.log >&2 2>/dev/null || true
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

as_postgres() {
    if ((EUID == 0)); then setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi
}

# start_sandbox NAME ARGUMENTS…: sets url and sandbox.
start_sandbox() {
    local name=$1 port
    shift
    port=$(free_port)
    "$mekong" sandbox --port "$port" "$@" >"$work/$name.log" 2>&1 &
    sandbox=$!
    sandboxes+=("$sandbox")
    url=http://127.0.0.1:$port
    for _ in {1..100}; do
        curl -fs -o /dev/null "$url/readyz" 2>/dev/null && return
        kill -0 "$sandbox" 2>/dev/null || break
        sleep 0.1
    done
    fail "the sandbox $name does not start"
}

stop_sandbox() {
    kill "$sandbox"
    wait "$sandbox" || fail "the sandbox does not end with 0"
}

# charge REFERENCE: makes one charge; prints its answer.
charge() {
    local token
    token=$(curl -fsS "$url/ui/v2/token" -H "x-api-key: $PUBLIC" -H 'content-type: application/json' \
        -d '{"number": "4417706600005830", "name": "SOMCHAI J", "expiry": "12/30", "cvv": "123"}' |
        sed 's/.*"token":"\([^"]*\)".*/\1/')
    curl -fsS "$url/card/v2/charge" -H "x-api-key: $SECRET" -H 'content-type: application/json' \
        -d '{"amount": 200.50, "currency": "THB", "description": "Restored", "source_type": "card", "mode": "token",
             "token": "'"$token"'", "reference_order": "'"$1"'", "additional_data": {"mid": "401001001001002"}}'
}

# charge_in_turn FILE NAME: charges one after another; each acknowledged reference and id is a line of FILE.
charge_in_turn() {
    local number id
    for ((number = 1; number <= CHARGES; number++)); do
        id=$(charge "INV-$2-$number" | sed 's/.*"id":"\(chrg[^"]*\)".*/\1/')
        [[ "$id" == chrg* ]] || return 1
        printf 'INV-%s-%d %s\n' "$2" "$number" "$id" >>"$1"
    done
}

# make_charges FILE: all chargers at the same time.
make_charges() {
    local charger pids=()
    for ((charger = 1; charger <= CHARGERS; charger++)); do
        charge_in_turn "$1" "$charger" &
        pids+=("$!")
    done
    for charger in "${pids[@]}"; do wait "$charger" || return 1; done
}

# back_up_under_load NAME COMMAND…: runs the command once BACKUP_AFTER charges are acknowledged, while more are made.
back_up_under_load() {
    local file=$work/$1.charges before after charging
    shift
    : >"$file"
    make_charges "$file" &
    charging=$!
    while (($(wc -l <"$file") < BACKUP_AFTER)); do
        kill -0 "$charging" 2>/dev/null || fail "charges are not made"
        sleep 0.02
    done
    cp "$file" "$file.before"
    before=$(wc -l <"$file.before")
    "$@"
    after=$(wc -l <"$file")
    wait "$charging" || fail "charges failed during the backup"
    say "  $before charges acknowledged when the backup began, $after when it ended, $((CHARGERS * CHARGES)) in all"
}

# check_books WHAT ARGUMENTS…: verify passes, and holds some payments.
check_books() {
    local what=$1 answer
    shift
    answer=$("$mekong" verify "$@") || fail "$what: verify does not pass"
    say "  $what: $answer"
}

# check_charges FILE: the sandbox at url knows every charge that was acknowledged before the backup, by the same id.
check_charges() {
    local reference id answer count=0
    while read -r reference id; do
        answer=$(curl -fsS "$url/card/v2/charge/$reference" -H "x-api-key: $SECRET")
        [[ "$answer" == *"\"$id\""* && "$answer" == *200.5* ]] || fail "$reference is not answered: $answer"
        count=$((count + 1))
    done <"$1"
    charge "AFTER-RESTORE" >/dev/null
    say "  restored: all $count charges from before the backup are answered, and a new one is taken"
}

# copy_sqlite FROM TO: without the transaction every commit would make the copy begin again.
copy_sqlite() {
    sqlite3 "$1" ".timeout 5000" "BEGIN; SELECT COUNT(*) FROM sqlite_schema" ".backup $2" >/dev/null
}

check_sqlite() {
    local live=$work/live restored=$work/restored
    say "SQLite: sqlite3 .backup in a read transaction"
    start_sandbox sqlite-live --data "$live"
    back_up_under_load sqlite copy_sqlite "$live/gateway.sqlite" "$work/copy.sqlite"
    stop_sandbox
    mkdir -m 0700 "$restored"
    install -m 0600 "$work/copy.sqlite" "$restored/gateway.sqlite"
    install -m 0600 "$live/master.key" "$restored/master.key"
    check_books "restored" --data "$restored"
    start_sandbox sqlite-restored --data "$restored"
    check_charges "$work/sqlite.charges.before"
    stop_sandbox
    check_books "after it" --data "$restored"
}

# start_cluster FOLDER PORT
start_cluster() {
    clusters+=("$1")
    as_postgres "$pg/pg_ctl" -D "$1" -l "$1.log" -w start >/dev/null \
        -o "-p $2 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
}

# restored_sandbox NAME URL: a sandbox on a restored database, with the key from before, answers old charges.
restored_sandbox() {
    mkdir -m 0700 "$work/$1"
    install -m 0600 "$work/pg-live/master.key" "$work/$1/master.key"
    start_sandbox "$1-log" --data "$work/$1" --database "$2"
    check_charges "$work/$3.charges.before"
    stop_sandbox
    check_books "after it" --database "$2"
}

dump_and_restore() {
    as_postgres "$pg/pg_dump" -Fc -f "$cluster_home/mekong.dump" "postgresql://postgres@127.0.0.1:$port/mekong"
}

base_backup() {
    as_postgres "$pg/pg_basebackup" -d "postgresql://postgres@127.0.0.1:$port/" -D "$cluster_home/second" \
        -X stream -c fast
}

check_postgresql() {
    local second live
    cluster_home=$work/clusters
    chmod 0711 "$work"
    mkdir "$cluster_home"
    ((EUID == 0)) && chown postgres: "$cluster_home"
    port=$(free_port)
    live=postgresql://postgres@127.0.0.1:$port
    as_postgres "$pg/initdb" -D "$cluster_home/first" -A trust -U postgres -E UTF8 --locale C >/dev/null
    start_cluster "$cluster_home/first" "$port"

    say "PostgreSQL: pg_dump -Fc, pg_restore"
    as_postgres "$pg/createdb" --maintenance-db "$live/postgres" mekong
    start_sandbox pg-dumped --data "$work/pg-live" --database "$live/mekong"
    back_up_under_load dump dump_and_restore
    stop_sandbox
    as_postgres "$pg/createdb" --maintenance-db "$live/postgres" restored
    as_postgres "$pg/pg_restore" --exit-on-error --no-owner -d "$live/restored" "$cluster_home/mekong.dump"
    check_books "restored" --database "$live/restored"
    restored_sandbox pg-restored "$live/restored" dump

    say "PostgreSQL: pg_basebackup"
    as_postgres "$pg/dropdb" --maintenance-db "$live/postgres" mekong
    as_postgres "$pg/createdb" --maintenance-db "$live/postgres" mekong
    rm -rf "$work/pg-live"
    start_sandbox pg-copied --data "$work/pg-live" --database "$live/mekong"
    back_up_under_load base base_backup
    stop_sandbox
    second=$(free_port)
    start_cluster "$cluster_home/second" "$second"
    check_books "restored" --database "postgresql://postgres@127.0.0.1:$second/mekong"
    restored_sandbox pg-second "postgresql://postgres@127.0.0.1:$second/mekong" base
}

main() {
    local engines=("$@") engine
    ((${#engines[@]})) || engines=(sqlite postgresql)
    mekong=$(find_binary)
    "$mekong" version
    for engine in "${engines[@]}"; do
        case "$engine" in
        sqlite) check_sqlite ;;
        postgresql)
            pg=$(find_postgres)
            check_postgresql
            ;;
        *) fail "no engine $engine" ;;
        esac
    done
    say "every restore passed"
}

main "$@"
