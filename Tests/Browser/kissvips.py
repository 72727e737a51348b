"""A KissVips merchant's program: signed calls, and the deposits that its payers are sent to."""

import hashlib
import time

last = 0


def new_time():
    """Each time is used once."""
    global last
    last = max(last + 1, int(time.time() * 100))
    return f"{last // 100}.{last % 100:02}"


def call(gateway, name, **fields):
    """Answers what stands under `response`."""
    credentials = gateway.get("/sandbox/credentials")["kissvips"]
    moment = new_time()
    body = fields | {
        "merchant_code": credentials["merchant_code"], "time": moment,
        "signature": hashlib.md5((moment + credentials["api_key"]).encode()).hexdigest(),
    }
    status, answer = gateway.call("POST", "/api/" + name, body)
    assert status == 200, answer
    return answer["response"]


def pg_deposit(gateway, postback, amount=3000, bank=5, **more):
    """The token, and the address of its page."""
    token = call(
        gateway, "create_pg_deposit", from_bank_config_id=bank, amount=amount, postback_url=postback, ref="ORDER-7",
        **more)["token"]
    return token, f"{gateway.url}/pg?token={token}"


def status(gateway, token):
    return call(gateway, "get_pg_deposit_by_token", token=token)["deposit"]["status"]


def prompt_pay(gateway, postback, amount=1250):
    """The uuid, and the address of its page."""
    made = call(
        gateway, "create_prompt_pay_deposit", amount=amount, postback_url=postback, callback_url=postback,
        ref="ORDER-8")
    return made["uuid"], f"{gateway.url}/pp_redirect?uuid={made['uuid']}"
