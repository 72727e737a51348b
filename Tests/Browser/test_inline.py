"""Card fields within the shop's own page (3.2.2)."""

import re

from playwright.sync_api import expect

import gateway as mekong
import payer

PLACE = '<div data-kpayment="inline"></div>'
BUTTON = '<button id="own">Pay by my own button</button>'


def test_the_shop_s_own_button_takes_the_card_and_sends_the_form(page, shop):
    shop.show(before=PLACE, after=BUTTON, mid=mekong.MID_WITHOUT_3DS)
    page.goto(shop.url)
    expect(page.locator(".pay-button")).to_have_count(0)
    place = payer.frame(page)
    expect(place.locator("button")).to_have_count(0)
    payer.fill_card(place)
    page.locator("#own").click()
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    received = shop.received()
    assert received.keys() == {"token", "mid", "paymentMethods"}


def test_what_is_wrong_is_shown_in_the_fields_and_nothing_is_sent(page, shop):
    shop.show(before=PLACE, after=BUTTON)
    page.goto(shop.url)
    place = payer.frame(page)
    expect(place.get_by_label("Card number")).to_be_visible()
    page.locator("#own").click()
    expect(place.locator("#number-error")).to_contain_text("Please fill in")
    payer.fill_card(place, number="1234567890123456")
    page.locator("#own").click()
    expect(place.locator("#problems")).to_be_visible()
    assert shop.posted == []
    payer.fill_card(place)
    page.locator("#own").click()
    page.wait_for_url(re.compile("/ui/v2/3ds/"))


def test_the_place_may_stand_behind_the_script_and_grows_with_its_content(page, shop):
    shop.show(after=PLACE + BUTTON)
    page.goto(shop.url)
    place = payer.frame(page)
    expect(place.get_by_label("Card number")).to_be_visible()
    page.wait_for_function(
        "document.querySelector('iframe').style.height !== '360px'")
    before = page.evaluate("parseFloat(document.querySelector('iframe').style.height)")
    page.locator("#own").click()
    page.wait_for_function("before => parseFloat(document.querySelector('iframe').style.height) > before", arg=before)
    assert place.locator("html").evaluate("page => page.scrollHeight <= window.innerHeight + 1")


def test_a_payer_s_enter_key_takes_the_card(page, shop):
    shop.show(before=PLACE, after=BUTTON, mid=mekong.MID_WITHOUT_3DS)
    page.goto(shop.url)
    payer.fill_card(payer.frame(page))
    payer.frame(page).get_by_label("Security code").press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Authorized")


def test_what_is_typed_before_the_script_has_come_is_grouped_when_it_comes(page, shop):
    held = []
    page.route("**/assets/card.js", lambda route: held.append(route))
    shop.show(before=PLACE, after=BUTTON)
    page.goto(shop.url, wait_until="domcontentloaded")
    place = payer.frame(page)
    number, expiry = place.get_by_label("Card number"), place.get_by_label("Expiry date")
    number.press_sequentially("44 17-7066")
    expiry.press_sequentially("1339")
    code = place.get_by_label("Security code")
    code.press_sequentially("1x23")
    assert [field.input_value() for field in (number, expiry)] == ["44 17-7066", "1339"]
    held.pop().continue_()
    expect(number).to_have_value("4417 7066")
    expect(place.locator("#brand img")).to_have_attribute("alt", "Visa")
    expect(place.locator("#number-error")).not_to_be_empty()
    expect(expiry).to_have_value("13/39")
    expect(place.locator("#expiry-error")).not_to_be_empty()
    expect(code).to_have_value("123")
    expect(code).to_be_focused()


def test_a_press_before_the_fields_have_come_is_not_lost(page, shop):
    held = []
    page.route("**/ui/v2/checkout?*", lambda route: held.append(route))
    shop.show(before=PLACE, after=BUTTON)
    with page.expect_request("**/ui/v2/checkout?*"):
        page.goto(shop.url, wait_until="domcontentloaded")
    page.locator("#own").click(no_wait_after=True)
    held.pop().continue_()
    expect(payer.frame(page).locator("#number-error")).to_contain_text("Please fill in")
    assert shop.posted == []
