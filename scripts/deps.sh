#!/usr/bin/env bash
# Installs the Debian packages that a make target needs, and only those that are missing.
# Usage: scripts/deps.sh [build] [test] [bench]
set -euo pipefail

missing=()

# need_command PACKAGE COMMAND: the package is there when its command is.
need_command() {
    command -v "$2" >/dev/null || missing+=("$1")
}

# need_library PACKAGE HEADER: where dpkg does not know the package, the header may still be there from elsewhere.
need_library() {
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" == installed ]] && return
    [[ -e "/usr/include/$2" || -e "/usr/local/include/$2" ]] || missing+=("$1")
}

# need_file PACKAGE FILE: the package is there when its file is.
need_file() {
    [[ -e "$2" ]] || missing+=("$1")
}

# PostgreSQL's server, which Debian keeps off PATH; pgbench comes with it.
need_server() {
    compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || command -v postgres >/dev/null || missing+=(postgresql)
}

for purpose in "$@"; do
    case "$purpose" in
    build)
        if ! command -v swift >/dev/null; then
            echo "swift is not on PATH. Install the Swift toolchain first: https://www.swift.org/install" >&2
            exit 1
        fi
        need_library libsqlite3-dev sqlite3.h
        need_library libpq-dev postgresql/libpq-fe.h
        need_library libqrencode-dev qrencode.h
        need_library libpng-dev png.h
        ;;
    test)
        need_command sqlite3 sqlite3
        need_command strace strace
        need_command curl curl
        need_command zbar-tools zbarimg
        need_command librsvg2-bin rsvg-convert
        need_server
        # The browser tests; the fonts are for Thai and Khmer.
        need_command chromium chromium
        need_file fonts-noto-core /usr/share/fonts/truetype/noto/NotoSansThai-Regular.ttf
        python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
        ;;
    bench)
        need_command wrk wrk
        need_server
        ;;
    *)
        echo "usage: scripts/deps.sh [build] [test] [bench]" >&2
        exit 2
        ;;
    esac
done

((${#missing[@]} == 0)) && exit 0

give_up() {
    echo "Missing: ${missing[*]}. $1" >&2
    echo "Install them and run make again; on Debian or Ubuntu: apt-get install ${missing[*]}" >&2
    exit 1
}

as_root=()
command -v apt-get >/dev/null || give_up "This machine has no apt-get."
if ((EUID != 0)); then
    command -v sudo >/dev/null || give_up "Neither root nor sudo is available to install them."
    # Without a terminal nobody can type a password.
    [[ -t 0 ]] || sudo -n true 2>/dev/null || give_up "sudo asks for a password and there is no terminal."
    as_root=(sudo)
fi

echo "Installing ${missing[*]}"
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get)
"${install[@]}" update -q && "${install[@]}" install -q -y --no-install-recommends "${missing[@]}" ||
    give_up "apt-get could not install them."
