"""The sandbox under test: its process, and calls to it as a merchant's program makes them."""

import fcntl
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]

MID = "401001001001001"
MID_WITHOUT_3DS = "401001001001002"
MID_SMARTPAY = "401202106042001"
MID_DCC = "451111111111001"
MID_FEE = "401001001001005"
DOLLAR_CARD = "5239620007270264"
VISA = "4417706600005830"
DECLINED = "5596886582263266"
JCB = "3564580000056476"


locks = []


def free_port():
    """Below the ports of outgoing connections, and this process's until it ends: see Tests/Support/Ports.swift."""
    first = 20_000 + os.getpid() % 1_000 * 12
    for port in [*range(first, 32_000), *range(20_000, first)]:
        lock = open(f"/tmp/mekong-test-port-{port}", "a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            lock.close()
            continue
        locks.append(lock)
        return port
    raise AssertionError("no port is free")


class Gateway:
    def __init__(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.data = tempfile.mkdtemp(prefix="mekong-browser-")
        binary = os.environ.get("MEKONG", str(ROOT / ".build/debug/mekong"))
        log = open(self.data + ".log", "w+")
        self.process = subprocess.Popen(
            [binary, "sandbox", "--port", str(self.port), "--data", self.data],
            stdout=subprocess.PIPE, stderr=log, text=True)
        # The banner is printed once requests are taken.
        patience = threading.Timer(300, self.process.kill)
        patience.start()
        if not self.process.stdout.readline():
            log.seek(0)
            raise AssertionError("the sandbox did not start: " + log.read()[-2000:])
        patience.cancel()
        self.credentials = self.get("/sandbox/credentials")["kpayment"]

    def stop(self):
        self.process.terminate()
        self.process.wait(300)
        shutil.rmtree(self.data, ignore_errors=True)
        os.remove(self.data + ".log")

    def call(self, method, path, body=None, key=None):
        """Answers the status and the JSON."""
        headers = {"content-type": "application/json"}
        if key:
            headers["x-api-key"] = key
        request = urllib.request.Request(
            self.url + path, method=method, headers=headers, data=json.dumps(body).encode() if body is not None else None)
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def get(self, path):
        return self.call("GET", path)[1]

    def control(self, method, path, body=None):
        status, answer = self.call(method, "/sandbox" + path, body)
        assert status == 200, (path, status, answer)
        return answer

    def merchant(self, method, path, body=None):
        return self.call(method, path, body, self.credentials["secret_key"])

    def inquire(self, charge):
        return self.merchant("GET", f"/card/v2/charge/{charge}")[1]
