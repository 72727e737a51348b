"""Pages that an app opens in a webview (3.2.5), and any page without scripts."""

import re

import pytest
from playwright.sync_api import expect

import gateway as mekong
import payer


def address(gateway, page, **query):
    given = {"apikey": gateway.credentials["public_key"], "mid": mekong.MID} | query
    return f"{gateway.url}/ui/v2/{page}?" + "&".join(
        f"{name.replace('_', '-')}={value}" for name, value in given.items())


def test_a_webview_that_pays_posts_the_token_to_the_shop_s_address(page, shop, gateway):
    page.goto(address(gateway, "webview/pay", payment_methods="card", amount="1200"))
    payer.fill_card(page)
    payer.pay(page)
    page.wait_for_url(shop.url + "/callback")
    received = shop.received("/callback")
    assert received.pop("token").startswith("tokn_test_")
    assert received == {"mid": mekong.MID, "paymentMethods": "card"}


def test_a_webview_that_saves_a_card_says_that_it_is_to_be_saved(page, shop, gateway):
    page.goto(address(gateway, "webview/save"))
    expect(page.get_by_role("heading")).to_have_text("Save a card")
    payer.fill_card(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(shop.url + "/callback")
    received = shop.received("/callback")
    assert received["savecard"] == received["saveCard"] == "true"


def test_an_app_around_the_page_is_handed_the_token(open_page, shop, gateway):
    page = open_page(390, 844)
    page.add_init_script("window.kpayment = { postMessage: function (text) { window.told = text; } };")
    page.goto(address(gateway, "webview/pay", payment_methods="card", amount="1200"))
    payer.fill_card(page)
    payer.pay(page)
    page.wait_for_function("window.told")
    assert page.evaluate("JSON.parse(window.told).token").startswith("tokn_test_")
    assert shop.posted == []


def test_without_scripts_the_forms_do_the_same(open_page, shop, gateway):
    page = open_page(java_script_enabled=False)
    page.goto(address(gateway, "checkout", payment_methods="card", amount="1200"))
    payer.fill_card(page, number="4417706600005831")
    payer.pay(page)
    expect(page.locator("#number-error")).to_contain_text("not a card number")
    payer.fill_card(page)
    payer.pay(page)
    expect(page.get_by_role("heading")).to_have_text("Your card was accepted")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(shop.url + "/callback")
    token = shop.received("/callback")["token"]
    shop.amount, shop.currency = "1200", "THB"
    page.goto(shop.charge({"token": token, "mid": mekong.MID})["redirect_url"])
    payer.authenticate(page)
    page.get_by_role("button", name="Back to the shop").click()
    page.wait_for_url(shop.url + "/callback")
    assert gateway.inquire(shop.charged[0]["id"])["transaction_state"] == "Authorized"


def test_without_scripts_a_term_is_chosen_and_a_fee_confirmed(open_page, shop, gateway):
    page = open_page(java_script_enabled=False)
    page.goto(address(
        gateway, "checkout", payment_methods="card", amount="1200", mid=mekong.MID_SMARTPAY, smartpay_id="0001"))
    page.get_by_role("radio", name="3 months").check()
    payer.fill_card(page)
    payer.pay(page)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(shop.url + "/callback")
    assert shop.received("/callback")["term"] == "3"
    page.goto(address(gateway, "checkout", payment_methods="card", amount="10.00", mid=mekong.MID_FEE))
    payer.fill_card(page)
    payer.pay(page)
    page.get_by_role("button", name="Pay 12.68 THB").click()
    expect(page.get_by_role("heading")).to_have_text("Your card was accepted")


@pytest.mark.parametrize("locale, button, label, missing", [
    ("th-TH", "ชำระเงิน", "หมายเลขบัตร", "กรุณากรอกหมายเลขบัตร"),
    ("km-KH", "ទូទាត់", "លេខកាត", "សូមបញ្ចូលលេខកាត។")])
def test_the_page_is_in_the_browser_s_language(open_page, shop, locale, button, label, missing):
    shop.show()
    page = open_page(390, 844, locale=locale)
    page.goto(shop.url)
    expect(page.locator(".pay-button")).to_have_text(button)
    page.locator(".pay-button").click()
    place = payer.frame(page)
    expect(place.locator("html")).to_have_attribute("lang", locale[:2])
    expect(place.get_by_label(label)).to_be_visible()
    place.locator("button.primary").click()
    expect(place.locator("#number-error")).to_have_text(missing)


def test_nothing_is_wider_than_a_small_phone(open_page, shop):
    shop.show(amount="99999999.99", name="A shop with a very long name indeed, longer than any line of a phone")
    for locale, label in (("en-GB", "Pay Now"), ("th-TH", "ชำระเงิน")):
        page = open_page(320, 640, locale=locale)
        page.goto(shop.url)
        page.get_by_role("button", name=label).click()
        place = payer.frame(page)
        expect(place.locator("#number")).to_be_visible()
        assert place.locator("html").evaluate("page => page.scrollWidth <= window.innerWidth")
