"""The way back to a shop at another origin, where the last step of a page's form is a redirect to it (3.2.5, 4.2)."""

import http.server
import itertools
import re
import socket
import threading
import urllib.parse

import pytest
from playwright.sync_api import expect

import gateway as mekong
import payer

references = itertools.count(1)


def challenged(gateway, **more):
    token = gateway.call(
        "POST", "/ui/v2/token", {"number": mekong.VISA, "name": "SOMCHAI J", "expiry": "12/39", "cvv": "123"},
        gateway.credentials["public_key"])[1]["token"]
    body = {
        "amount": 10, "currency": "THB", "description": "A camera", "source_type": "card", "mode": "token",
        "token": token, "reference_order": f"BACK{next(references)}", "additional_data": {"mid": mekong.MID}}
    charge = gateway.merchant("POST", "/card/v2/charge", body | more)[1]
    assert charge["transaction_state"] == "Pre-Authorized", charge
    return charge


def redirected(gateway, wallet, **more):
    body = {
        "amount": 10, "currency": "THB", "description": "A camera", "source_type": wallet,
        "reference_order": f"BACK{next(references)}"}
    charge = gateway.merchant("POST", "/card/v2/charge", body | more)[1]
    assert charge["redirect_url"], charge
    return charge


def back_in_the_app(page, shop, charge, status):
    """What an app's webview catches."""
    page.wait_for_url(re.compile("^" + re.escape(shop.url + "/callback?")))
    query = dict(urllib.parse.parse_qsl(page.url.partition("?")[2]))
    assert (query["objectId"], query["status"]) == (charge["id"], status)
    assert shop.posted == []


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("code, status, state", [("123456", "true", "Authorized"), ("000000", "false", "Declined")])
def test_a_challenge_in_an_app_leads_back_to_the_shop(open_page, shop, gateway, code, status, state, scripts):
    charge = challenged(gateway, callback_type="mobile")
    page = open_page(java_script_enabled=scripts)
    page.goto(charge["redirect_url"])
    payer.authenticate(page, code)
    back_in_the_app(page, shop, charge, status)
    assert gateway.inquire(charge["id"])["transaction_state"] in (state, "Pre-Authorized")


@pytest.mark.parametrize("asks_for_code", [True, False])
def test_a_payer_in_an_app_who_gives_up_comes_back_as_well(page, shop, gateway, asks_for_code):
    charge = challenged(gateway, callback_type="mobile")
    page.goto(charge["redirect_url"])
    if asks_for_code:
        page.get_by_role("button", name="Request OTP").click()
        expect(page.locator("#otp")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    back_in_the_app(page, shop, charge, "false")


@pytest.mark.parametrize("more", [{}, {"callback_type": "mobile"}])
def test_a_card_that_is_verified_leads_back_to_the_app(page, shop, gateway, more):
    charge = challenged(gateway, mode="register3D", amount=1, **more)
    page.goto(charge["redirect_url"])
    payer.authenticate(page)
    back_in_the_app(page, shop, charge, "true")
    assert "&token=tokn_test_" in page.url
    assert gateway.inquire(charge["id"])["transaction_state"] == "Voided"


def test_a_card_that_is_verified_on_a_web_page_leads_back_by_a_form(page, shop, gateway):
    charge = challenged(gateway, mode="register3D", amount=1, callback_type="web")
    page.goto(charge["redirect_url"])
    payer.authenticate(page)
    page.wait_for_url(shop.url + "/callback")
    assert shop.received("/callback")["status"] == "true"


@pytest.mark.parametrize("button, status", [("Pay", "true"), ("Cancel", "false")])
@pytest.mark.parametrize("wallet", ["alipay", "wechat", "unionpay"])
@pytest.mark.parametrize("callback", ["mobile", "web"])
def test_a_wallet_s_page_leads_back_to_the_shop(page, shop, gateway, wallet, callback, button, status):
    charge = redirected(gateway, wallet, callback_type=callback)
    page.goto(charge["redirect_url"])
    page.get_by_role("button", name=button, exact=True).click()
    if callback == "mobile":
        return back_in_the_app(page, shop, charge, status)
    page.wait_for_url(shop.url + "/callback")
    assert shop.received("/callback") == {"objectId": charge["id"], "status": status}


def test_an_sms_code_leads_back_to_the_app(page, shop, gateway):
    charge = redirected(gateway, "unionpay", callback_type="mobile")
    page.goto(charge["redirect_url"])
    page.locator("#number").fill("6250947000000014")
    page.locator("#expiry").fill("12/33")
    page.locator("#cvn2").fill("123")
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.locator("#otp")).to_be_visible()
    page.get_by_role("button", name="Pay", exact=True).click()
    back_in_the_app(page, shop, charge, "true")


class AtVersion6(http.server.HTTPServer):
    address_family = socket.AF_INET6


def test_a_shop_at_an_address_of_version_6_is_reached(page, shop, gateway):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b'<link rel="icon" href="data:,">')

        def log_message(self, *_):
            pass

    with AtVersion6(("::1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://[::1]:{server.server_address[1]}/callback"
        gateway.control("PUT", "/merchant", {"kpayment": {"callback_url": address}})
        page.goto(challenged(gateway, callback_type="mobile")["redirect_url"])
        payer.authenticate(page)
        page.wait_for_url(re.compile("^" + re.escape(address)))
        server.shutdown()


def test_the_page_itself_sends_no_form_to_anybody_else(open_page, shop, gateway):
    charge = challenged(gateway, callback_type="mobile")
    page = open_page()
    page.goto(charge["redirect_url"])
    refused = page.evaluate("""() => new Promise(resolve => {
        document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective));
        const form = document.querySelector("form");
        form.action = "http://127.0.0.1:1/elsewhere";
        form.requestSubmit(); })""")
    assert refused == "form-action"
    assert open_page.faults
    open_page.faults.clear()
