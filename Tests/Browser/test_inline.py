"""Card fields within the shop's own page (3.2.2)."""

import re

import pytest
from playwright.sync_api import expect

import gateway as mekong
import payer
from test_saved import remember

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


def press(page):
    page.locator("#own").click()


def ready(page):
    """Waits until the frame's script has drawn the step that is shown: what is pressed before is held for the one before."""
    page.wait_for_function("() => KPayment.checkouts[0].stage === 'ready'")


def show(page, shop, **attributes):
    shop.show(before=PLACE, after=BUTTON, **attributes)
    page.goto(shop.url)
    return payer.frame(page)


def test_the_shop_s_own_button_pays_with_a_saved_card(page, shop, gateway):
    place = show(page, shop, mid=mekong.MID_WITHOUT_3DS, customer_id=remember(gateway, mekong.VISA, mekong.JCB))
    expect(place.locator("button")).to_have_count(0)
    place.get_by_role("radio").nth(1).check()
    press(page)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    assert shop.charged[0]["source"]["card_masking"] == "356458*****6476"


def test_a_payer_s_enter_key_pays_with_a_saved_card_once(page, shop, gateway):
    place = show(page, shop, mid=mekong.MID_WITHOUT_3DS, customer_id=remember(gateway, mekong.VISA))
    expect(place.get_by_role("radio")).to_be_visible()
    ready(page)
    place.get_by_role("radio").press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    assert shop.received().keys() == {"token", "mid", "paymentMethods"}


def test_another_card_can_be_used_in_place_of_a_saved_one(page, shop, gateway):
    place = show(page, shop, mid=mekong.MID_WITHOUT_3DS, customer_id=remember(gateway, mekong.VISA))
    place.get_by_role("link", name="another card").click()
    payer.fill_card(place, number=mekong.JCB)
    press(page)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    assert shop.charged[0]["source"]["card_masking"] == "356458*****6476"


def test_the_shop_s_own_button_agrees_to_a_fee_once_it_is_shown(page, shop):
    shop.charges = False
    place = show(page, shop, mid=mekong.MID_FEE, amount="10.00")
    payer.fill_card(place)
    press(page)
    expect(place.get_by_role("heading")).to_have_text("Please confirm the total")
    expect(place.locator("button")).to_have_count(0)
    assert shop.posted == []
    ready(page)
    press(page)
    page.wait_for_url("**/checkout")
    assert shop.received()["mid"] == mekong.MID_FEE


def test_pressing_twice_does_not_agree_to_a_fee_that_nobody_has_seen(page, shop):
    shop.charges = False
    place = show(page, shop, mid=mekong.MID_FEE, amount="10.00")
    payer.fill_card(place)
    held = []
    page.route("**/ui/v2/checkout**", lambda route: held.append(route))
    press(page)
    page.wait_for_function("() => KPayment.checkouts[0].stage === 'busy'")
    press(page)
    press(page)
    held[0].continue_()
    page.unroute("**/ui/v2/checkout**")
    expect(place.get_by_role("heading")).to_have_text("Please confirm the total")
    ready(page)
    assert shop.posted == [] and len(held) == 1


@pytest.mark.parametrize("currency", ["USD", "THB"])
def test_the_shop_s_own_button_pays_in_the_currency_that_is_chosen(page, shop, currency):
    shop.charges = False
    place = show(page, shop, mid=mekong.MID_DCC)
    payer.fill_card(place, number=mekong.DOLLAR_CARD)
    press(page)
    expect(place.get_by_role("heading")).to_have_text("Choose the currency")
    expect(place.locator("button")).to_have_count(0)
    # Nothing is chosen for the payer.
    press(page)
    expect(place.locator("input:invalid")).to_have_count(2)
    place.get_by_role("radio", name=currency).check()
    if currency == "USD":
        press(page)
        expect(place.get_by_role("alert")).to_contain_text("please accept the exchange rate")
        place.get_by_role("radio", name="USD").check()
        place.get_by_label("I accept the payment currency").check()
    # By the keyboard: the frame has just grown, and a pointer may still hit what was there before.
    page.locator("#own").press("Enter")
    page.wait_for_url("**/checkout")
    assert shop.received()["dcc_currency"] == currency


KEEPS = """<script>window.told = [];
document.addEventListener("kpayment", event => { event.preventDefault(); told.push(event.detail.token); });</script>"""


@pytest.mark.parametrize("draws", [False, True])
def test_a_shop_that_keeps_the_form_can_take_another_card(page, shop, draws):
    shop.show(before=PLACE, after=BUTTON + KEEPS, mid=mekong.MID_WITHOUT_3DS)
    page.goto(shop.url)
    place = payer.frame(page)
    payer.fill_card(place, number=mekong.DECLINED)
    press(page)
    page.wait_for_function("told.length === 1")
    if draws:
        page.evaluate("() => { KPayment.create(); }")
    expect(place.get_by_label("Card number")).to_have_value("")
    # An empty form sends nothing.
    ready(page)
    press(page)
    expect(place.locator("#number-error")).to_contain_text("Please fill in")
    payer.fill_card(place)
    press(page)
    page.wait_for_function("told.length === 2")
    assert len(set(page.evaluate("told"))) == 2
    assert shop.posted == [] and page.url == shop.url + "/"


def test_an_amount_that_changes_is_what_the_card_is_taken_for(page, shop):
    place = show(page, shop, mid=mekong.MID_WITHOUT_3DS, amount="74.00")
    payer.fill_card(place)
    page.evaluate("() => { KPayment.setAmount('98.00').setAmount('99.00'); }")
    shop.amount = "99.00"
    press(page)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    assert shop.charged[0]["amount"] == 99


def test_a_change_in_the_same_breath_as_the_press_counts(page, shop):
    place = show(page, shop, mid=mekong.MID_WITHOUT_3DS, amount="74.00")
    payer.fill_card(place)
    shop.amount = "99.00"
    page.evaluate("() => { KPayment.configure({ amount: '99.00' }).submit(); }")
    expect(page.get_by_role("heading")).to_have_text("Authorized")


def test_a_change_while_the_fields_are_loading_counts(page, shop):
    shop.show(before=PLACE, after=BUTTON + "<script>KPayment.setAmount('99.00')</script>",
              mid=mekong.MID_WITHOUT_3DS, amount="74.00")
    page.goto(shop.url)
    payer.fill_card(payer.frame(page))
    shop.amount = "99.00"
    press(page)
    expect(page.get_by_role("heading")).to_have_text("Authorized")


def test_a_change_that_the_fields_show_draws_them_anew(page, shop):
    shop.charges = False
    place = show(page, shop, mid=mekong.MID_SMARTPAY, smartpay_id="0001", amount="3000.00")
    expect(place.locator("#term")).to_contain_text("1,000.00 THB")
    page.evaluate("() => { KPayment.setAmount('6000.00'); }")
    expect(place.locator("#term")).to_contain_text("2,000.00 THB")
    page.evaluate("() => { KPayment.setMid('%s').setSmartpayId(null); }" % mekong.MID_WITHOUT_3DS)
    expect(place.locator("#term")).to_have_count(0)
    payer.fill_card(place)
    press(page)
    page.wait_for_url("**/checkout")
    assert shop.received()["mid"] == mekong.MID_WITHOUT_3DS


def test_a_press_before_the_saved_cards_are_there_pays_with_none(page, shop, gateway):
    shop.show(before=PLACE, after=BUTTON, mid=mekong.MID_WITHOUT_3DS, customer_id=remember(gateway, mekong.VISA))
    held = []
    page.route("**/ui/v2/checkout**", lambda route: held.append(route))
    page.goto(shop.url, wait_until="commit")
    press(page)
    page.wait_for_function("() => KPayment.checkouts[0].isPressed")
    held[0].continue_()
    expect(payer.frame(page).get_by_role("radio")).to_be_focused()
    assert shop.posted == [] and len(held) == 1


def test_a_form_whose_fields_the_shop_has_taken_away_is_its_own_again(page, shop):
    place = show(page, shop)
    expect(place.get_by_label("Card number")).to_be_visible()
    page.evaluate("document.querySelector('[data-kpayment]').remove()")
    press(page)
    page.wait_for_url("**/checkout")
    assert shop.received() == {}


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
