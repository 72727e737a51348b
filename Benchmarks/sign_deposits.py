"""Writes signed requests for deposits of the JWT payment API, one a line, before they are measured: signing is the client's
work, and wrk's Lua has no SHA-256.

usage: sign_deposits.py COUNT FILE RUN, with the API key in BENCH_JWT_KEY
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def main() -> None:
    count, path, run = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    keyed = hmac.new(os.environ["BENCH_JWT_KEY"].encode(), digestmod=hashlib.sha256)
    header = encode(b'{"alg":"HS256","typ":"JWT"}')
    # Requests are taken for five minutes.
    now = int(time.time())
    with open(path, "w", encoding="ascii") as file:
        for number in range(count):
            request = {
                "amount": 1000, "bankAccountNumber": "1234567890", "bankName": "KBANK",
                "callbackUrl": "http://127.0.0.1:9000/callback", "merchantId": "demo", "name": "John Doe",
                "timestamp": now, "transactionId": f"{run}-{number}", "type": "QR",
            }
            signed = header + "." + encode(json.dumps(request, separators=(",", ":")).encode())
            mac = keyed.copy()
            mac.update(signed.encode())
            request["signature"] = signed + "." + encode(mac.digest())
            file.write(json.dumps(request, separators=(",", ":")) + "\n")


main()
