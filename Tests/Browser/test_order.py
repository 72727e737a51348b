"""Payment of an order through the script: by QR code, WeChat and K PLUS (4.1.2, 3.1.4)."""

import itertools
import re

import pytest
from playwright.sync_api import expect

import payer
from gateway import ROOT

references = itertools.count(1)
PICTURE = ROOT / "Tests/Browser/sample-shop.svg"


def make_order(gateway, means="qr", **more):
    body = {
        "amount": 200, "currency": "THB", "description": "A camera", "source_type": means,
        "reference_order": f"ORDER{next(references)}",
    } | more
    status, order = gateway.merchant("POST", "/qr/v2/order", body)
    assert status == 200, order
    return order["id"]


def open_order(page, shop, order, means="qr"):
    shop.show(amount="200.00", payment_methods=means, order_id=order, mid=None)
    return payer.open_overlay(page, shop)


@pytest.mark.parametrize("means, heading", [("qr", "Scan to pay"), ("wechat", "WeChat")])
def test_the_page_waits_until_the_code_is_paid_and_tells_the_shop_the_charge(page, shop, gateway, means, heading):
    order = make_order(gateway, means)
    place = open_order(page, shop, order, means)
    expect(place.get_by_role("heading")).to_contain_text(heading)
    picture = place.locator("p.qr img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    shown = place.locator("p.qr-id code").text_content()
    assert shown.startswith("qr_test_")
    expect(place.get_by_role("timer")).to_have_text(re.compile(r"^(60|59):\d\d$"))
    gateway.control("POST", "/qr/pay", {"id": shown})
    page.wait_for_url(shop.url + "/checkout")
    received = shop.received()
    assert received.keys() == {"chargeId"}
    charge = gateway.merchant("GET", "/qr/v2/qr/" + received["chargeId"])[1]
    assert (charge["transaction_state"], charge["status"], charge["order_id"]) == ("Authorized", "success", order)


@pytest.mark.parametrize("url, is_shown", [
    ("https://cdn.shop.example/shop.png", True), ("http://cdn.shop.example/shop.png", False)])
def test_the_shops_picture_is_loaded_from_its_own_server_alone(page, shop, gateway, url, is_shown):
    asked = []

    def answer(route):
        asked.append((route.request.url, route.request.headers.get("referer")))
        route.fulfill(path=PICTURE)

    page.route("**://*.shop.example/**", answer)
    place = open_order(page, shop, make_order(gateway, shop_image_url=url, info1="Polaroid PRONTO 600"))
    expect(place.locator(".information")).to_have_text("Polaroid PRONTO 600")
    picture = place.locator("img.shop-picture")
    assert picture.count() == is_shown
    if is_shown:
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert asked == ([(url, None)] if is_shown else [])


def test_opening_the_overlay_again_shows_the_same_code(page, shop, gateway):
    order = make_order(gateway)
    place = open_order(page, shop, order)
    first = place.locator("p.qr-id code").text_content()
    page.keyboard.press("Escape")
    expect(page.locator("iframe")).to_have_count(0)
    page.get_by_role("button", name="Pay Now").click()
    expect(payer.frame(page).locator("p.qr-id code")).to_have_text(first)
    assert shop.posted == []


def test_a_payer_who_gives_up_can_try_again_with_another_code(page, shop, gateway):
    place = open_order(page, shop, make_order(gateway))
    first = place.locator("p.qr-id code").text_content()
    place.get_by_role("button", name="Cancel").click()
    expect(place.get_by_role("heading")).to_contain_text("cancelled")
    place.get_by_role("link", name="Try again").click()
    second = place.locator("p.qr-id code")
    expect(second).not_to_have_text(first)
    gateway.control("POST", "/qr/pay", {"id": second.text_content()})
    page.wait_for_url(shop.url + "/checkout")
    assert shop.received().keys() == {"chargeId"}


def test_a_merchant_who_cancels_the_code_ends_the_waiting(page, shop, gateway):
    place = open_order(page, shop, make_order(gateway))
    shown = place.locator("p.qr-id code").text_content()
    assert gateway.merchant("POST", f"/qr/v2/qr/{shown}/cancel")[1]["status"] == "success"
    expect(place.get_by_role("heading")).to_contain_text("cancelled")


def test_k_plus_is_told_by_phone_number(page, shop, gateway):
    order = make_order(gateway, "payplus")
    place = open_order(page, shop, order, "payplus")
    place.get_by_role("textbox").fill("12")
    place.locator("button.plain, button.primary").last.click()
    expect(place.locator("#phone-error")).to_be_visible()
    place.get_by_role("textbox").fill("081 234 5678")
    place.locator("button.plain, button.primary").last.click()
    expect(place.get_by_role("heading")).to_have_text("Confirm on your phone")
    gateway.control("POST", "/qr/pay", {"id": order})
    page.wait_for_url(shop.url + "/checkout")
    assert shop.received().keys() == {"chargeId"}


def test_an_order_that_is_paid_is_told_at_once(page, shop, gateway):
    order = make_order(gateway)
    gateway.control("POST", "/qr/pay", {"id": order})
    open_order(page, shop, order)
    page.wait_for_url(shop.url + "/checkout")
    assert shop.received().keys() == {"chargeId"}


@pytest.mark.parametrize("attributes, what", [
    ({"order_id": "order_test_1"}, "data-order-id"), ({"order_id": None}, "data-order-id"),
    ({"amount": "199.00"}, "data-amount"), ({"payment_methods": "wechat"}, "data-payment-methods"),
])
def test_a_shop_that_says_something_else_than_its_order_is_told_what(page, shop, gateway, attributes, what):
    given = {"amount": "200.00", "payment_methods": "qr", "order_id": make_order(gateway), "mid": None}
    shop.show(**given | attributes)
    expect(payer.open_overlay(page, shop).locator("main")).to_contain_text(what)


def test_without_scripts_the_page_shows_the_code_and_asks_again_by_a_button(open_page, shop, gateway):
    order = make_order(gateway)
    page = open_page(java_script_enabled=False)
    key = gateway.credentials["public_key"]
    page.goto(f"{gateway.url}/ui/v2/checkout?apikey={key}&amount=200&payment-methods=qr&order-id={order}")
    expect(page.locator("p.qr img")).to_be_visible()
    gateway.control("POST", "/qr/pay", {"id": order})
    page.get_by_role("link", name="I have paid").click()
    expect(page.get_by_role("heading")).to_have_text("Payment received")


def test_the_picture_that_is_saved_is_one_that_a_phone_s_gallery_takes(page, shop, gateway):
    place = open_order(page, shop, make_order(gateway))
    with page.expect_download() as saved:
        place.get_by_role("link", name="Save the picture").click()
    assert saved.value.suggested_filename.endswith(".png")
    with open(saved.value.path(), "rb") as picture:
        assert picture.read(8) == b"\x89PNG\r\n\x1a\n"


def test_while_the_bank_has_not_answered_the_payer_is_asked_to_wait_and_then_to_scan(page, shop, gateway):
    gateway.control("POST", "/faults", {"rail": "qr", "fault": "timeout", "operation": "present", "count": 2})
    place = open_order(page, shop, make_order(gateway))
    expect(place.get_by_role("heading")).to_have_text("One moment, please")
    expect(place.locator("img")).to_have_count(0)
    gateway.control("POST", "/clock/advance", {"seconds": 90})
    # The bank has not told in time, and the code was taken back.
    place.get_by_role("link", name="Try again").click()
    expect(place.get_by_role("heading")).to_have_text("Scan to pay")
    expect(place.locator("p.qr img")).to_be_visible()


def test_a_shop_s_own_page_may_ask_how_its_order_stands(page, shop, gateway):
    shop.show()
    page.goto(shop.url)
    answer = page.evaluate("""([address, key]) => fetch(address, { headers: { "x-api-key": key } }).then(a => a.json())""", [
        f"{gateway.url}/ui/v2/order/{make_order(gateway)}", gateway.credentials["public_key"]])
    assert answer["state"] == "open"
