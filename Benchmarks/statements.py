#!/usr/bin/env python3
"""Measures `mekong statement import` of the release binary on SQLite against open deposits, each format on a fresh copy
of one data folder, and prints a table.
  LINES     lines of each file (100000)
  DEPOSITS  open deposits (100000)
  PAYING    of a hundred lines, how many pay a deposit (50)
  POPULAR   of a hundred deposits, and of a hundred lines that would pay one, how many are of one amount; none of these
            can be told from another (0)
"""
import datetime
import os
import pathlib
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
binary = os.environ.get("MEKONG_BINARY", str(here.parent / ".build/release/mekong"))
lines = int(os.environ.get("LINES", 100_000))
deposits = int(os.environ.get("DEPOSITS", 100_000))
paying = int(os.environ.get("PAYING", 50))
popular = int(os.environ.get("POPULAR", 0))
# Yesterday in Bangkok: lines of a time that has not come are refused.
bangkok = datetime.timezone(datetime.timedelta(hours=7))
day = datetime.datetime.now(bangkok).date() - datetime.timedelta(days=1)
# The midnight with which it begins, in microseconds.
midnight = int(datetime.datetime.combine(day, datetime.time(), bangkok).timestamp()) * 1_000_000
account = "0123456789"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare(folder):
    """A sandbox's data folder with open deposits, each of an amount of its own."""
    port = free_port()
    sandbox = subprocess.Popen(
        [binary, "sandbox", "--port", str(port), "--data", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
    finally:
        sandbox.terminate()
        sandbox.wait()
    database = sqlite3.connect(folder / "gateway.sqlite")
    database.executemany(
        "INSERT INTO payments (id, version, merchant, dialect, acceptor, currency, amount, state, method, source_id, "
        "source, expires, created, echo, expected_from, payers, exclusive, expected_until) "
        "VALUES (?, 1, 'demo', 'bench', '1', 'THB', ?, 'presented', 'transfer', ?, 'banktransfer', ?, ?, x'', ?, "
        "CAST('[]' AS BLOB), 0, ?)",
        ((f"{n:032x}", waited(n), f"{n + (1 << 64):032x}", midnight + 86_400_000_000, midnight, midnight,
          midnight + 86_400_000_000) for n in range(deposits)))
    database.executemany(
        "INSERT INTO due (subject, at) VALUES (?, ?)",
        ((f"payment:{n:032x}", midnight + 86_400_000_000) for n in range(deposits)))
    database.commit()
    database.close()


def waited(n):
    """What a deposit waits for, in satang: the popular amount, or one of its own."""
    return 9_900 if n % 100 < popular else 10_000 + n


def amount(n):
    """In satang: of each hundred lines so many are of a deposit's amount, in no order that deposits have."""
    if n % 100 < paying:
        return waited(n * 7919 % deposits)
    return 10_000 + deposits + n


def payer(n):
    return f"{1_000_000_000 + n * 7:010d}"


def csv(out):
    out.write("Date,Time,Amount,Bank,Account,Name,Description,Reference\n")
    for n in range(lines):
        satang = amount(n)
        clock = f"{n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}"
        out.write(f"{day},{clock},\"{satang // 100:,}.{satang % 100:02d}\",014,{payer(n)},PAYER {n},Transfer,R{n}\n")


def mt940(out):
    out.write(f":20:BENCH\n:25:{account}\n:28C:1/1\n:60F:C{day:%y%m%d}THB0,00\n")
    for n in range(lines):
        satang = amount(n)
        out.write(f":61:{day:%y%m%d}{day:%m%d}C{satang // 100},{satang % 100:02d}NTRFNONREF//R{n}\n")
        out.write(f":86:166?00TRANSFER?30SICOTHBK?31{payer(n)}?32PAYER {n}\n")
    out.write(f":62F:C{day:%y%m%d}THB0,00\n-\n")


def camt053(out):
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
              f"<BkToCstmrStmt><Stmt><Id>BENCH</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id></Acct>\n")
    for n in range(lines):
        satang = amount(n)
        out.write(
            f'<Ntry><Amt Ccy="THB">{satang // 100}.{satang % 100:02d}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
            f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>{day}T12:00:00+07:00</DtTm></BookgDt>"
            f"<AcctSvcrRef>R{n}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>PAYER {n}</Nm></Pty></Dbtr>"
            f"<DbtrAcct><Id><Othr><Id>{payer(n)}</Id></Othr></Id></DbtrAcct></RltdPties><RltdAgts><DbtrAgt><FinInstnId>"
            "<BICFI>SICOTHBK</BICFI></FinInstnId></DbtrAgt></RltdAgts></TxDtls></NtryDtls></Ntry>\n")
    out.write("</Stmt></BkToCstmrStmt></Document>\n")


MAP = """zone = "+07:00"
[columns]
date = "Date"
time = "Time"
amount = "Amount"
payer_bank = "Bank"
payer_account = "Account"
payer_name = "Name"
description = "Description"
id = "Reference"
[formats]
date = "yyyy-MM-dd"
time = "HH:mm:ss"
"""


def measure(name, work, folder, format, file):
    """One import, by a child of its own, so that its greatest memory is its own too."""
    command = [binary, "statement", "import", "--data", str(folder), "--account", "1", "--format", format, str(file)]
    if format == "csv":
        command[3:3] = ["--map", str(work / "map.toml")]
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        out = os.open(work / "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.execv(binary, command)
    _, status, usage = os.wait4(child, 0)
    took = time.monotonic() - begin
    said = (work / "out").read_text().strip()
    if status != 0:
        sys.exit(f"{name} failed: {said}")
    print(f"{name}: {took:.2f} s; {said}", file=sys.stderr)
    counts = said.split(": ", 1)[1]
    return f"| {name} | {lines / took:,.0f} | {took:.1f} | {usage.ru_maxrss // 1024} | {counts} |"


def main():
    (here / "results").mkdir(exist_ok=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="work.", dir=here / "results"))
    try:
        seed = work / "seed"
        prepare(seed)
        (work / "map.toml").write_text(MAP)
        rows = []
        for write in (csv, mt940, camt053):
            format, file, folder = write.__name__, work / write.__name__, work / "data"
            with open(file, "w") as out:
                write(out)
            shutil.copytree(seed, folder)
            rows.append(measure(format, work, folder, format, file))
            rows.append(measure(format + " again", work, folder, format, file))
            shutil.rmtree(folder)
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=here, capture_output=True, text=True).stdout.strip()
        text = "\n".join([
            "# Benchmark of statement import", "",
            f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%MZ}, commit {commit or 'unknown'}, "
            f"{os.cpu_count()} cores, {lines:,} lines a file against {deposits:,} open deposits, "
            f"{popular} of a hundred of one amount, SQLite beside the sources.", "",
            "| file | lines/s | seconds | greatest memory MiB | what came of it |",
            "| --- | ---: | ---: | ---: | --- |", *rows, ""])
        (here / "results" / "statements.md").write_text(text)
        print(text)
    finally:
        shutil.rmtree(work, ignore_errors=True)


main()
