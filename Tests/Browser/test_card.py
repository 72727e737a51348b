"""Payment by card through the script (4.1.1)."""

import re

import pytest
from playwright.sync_api import expect

import gateway as mekong
import payer


def test_a_card_payment_with_3d_secure_goes_from_the_shop_and_back(page, shop, gateway):
    shop.show()
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    page.wait_for_url(re.compile("/ui/v2/3ds/"))
    received = shop.received()
    assert received.keys() == {"token", "mid", "paymentMethods"}
    assert received["token"].startswith("tokn_test_")
    assert (received["mid"], received["paymentMethods"]) == (mekong.MID, "card")
    payer.authenticate(page)
    page.wait_for_url(shop.url + "/callback")
    charge = shop.charged[0]
    assert shop.received("/callback") == {
        "objectId": charge["id"], "token": received["token"], "status": "true", "saveCard": "false"}
    assert gateway.inquire(charge["id"])["transaction_state"] == "Authorized"


def test_a_card_that_is_to_be_remembered_says_so_in_both_spellings(page, shop):
    shop.show(mid=mekong.MID_WITHOUT_3DS)
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    place.get_by_label("Remember this card").check()
    payer.pay(place)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    received = shop.received()
    assert (received.pop("savecard"), received.pop("saveCard")) == ("true", "true")
    assert received.keys() == {"token", "mid", "paymentMethods"}


def test_a_payer_sees_what_is_wrong_beside_the_field_and_can_mend_it(page, shop):
    shop.show(mid=mekong.MID_WITHOUT_3DS)
    place = payer.open_overlay(page, shop)
    # A wrong check digit is marked while the payer types, and the gateway refuses it all the same.
    payer.fill_card(place, number="4417706600005831")
    expect(place.locator("#number-error")).to_contain_text("not a card number")
    payer.pay(place)
    expect(place.locator("#problems")).to_be_visible()
    expect(place.locator("#number-error")).to_contain_text("not a card number")
    expect(place.get_by_label("Card number")).to_be_focused()
    assert [place.locator("#" + field).input_value() for field in ("number", "name", "expiry", "cvv")] == [
        "", "SOMCHAI J", "12/39", ""]
    payer.fill_card(place)
    payer.pay(place)
    expect(page.get_by_role("heading")).to_have_text("Authorized")


def test_nothing_is_sent_while_fields_are_empty(page, shop):
    shop.show()
    place = payer.open_overlay(page, shop)
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    payer.pay(place)
    for field in ("number", "name", "expiry", "cvv"):
        expect(place.locator(f"#{field}-error")).to_contain_text("Please fill in")
    expect(place.get_by_label("Card number")).to_be_focused()
    assert posts == []


@pytest.mark.parametrize("typed, shown, brand", [
    ("4417706600005830", "4417 7066 0000 5830", "Visa"), ("5239620007270264", "5239 6200 0727 0264", "Mastercard"),
    ("2221000604647064", "2221 0006 0464 7064", "Mastercard"), ("3564580000056476", "3564 5800 0005 6476", "JCB"),
    ("6210947764000027", "6210 9477 6400 0027", "UnionPay"), ("378282246310005", "3782 822463 10005", None),
    ("44 17-7066", "4417 7066", "Visa"), ("12", "12", None), ("x", "", None),
])
def test_a_number_is_grouped_and_its_brand_shown_as_it_is_typed(page, shop, typed, shown, brand):
    shop.show()
    place = payer.open_overlay(page, shop)
    place.get_by_label("Card number").press_sequentially(typed)
    expect(place.get_by_label("Card number")).to_have_value(shown)
    if brand:
        expect(place.locator("#brand img")).to_have_attribute("alt", brand)
    else:
        expect(place.locator("#brand img")).to_have_count(0)


def test_a_digit_in_the_middle_of_a_number_can_be_changed(page, shop):
    shop.show()
    place = payer.open_overlay(page, shop)
    number = place.get_by_label("Card number")
    number.press_sequentially("4417706600005830")
    expect(number).to_have_value("4417 7066 0000 5830")
    number.evaluate("field => field.setSelectionRange(6, 6)")
    number.press("Backspace")
    expect(number).to_have_value("4417 0660 0005 830")
    number.press("7")
    expect(number).to_have_value("4417 7066 0000 5830")


@pytest.mark.parametrize("typed, shown", [("1239", "12/39"), ("539", "05/39"), ("12/39", "12/39"), ("1", "1"), ("12/2039", "12/39"), ("122039", "12/39"),
    ("5/2039", "05/39"), ("12/2139", "12/2139"), ("12/203", "12/203")])
def test_an_expiry_date_gets_its_stroke(page, shop, typed, shown):
    shop.show()
    place = payer.open_overlay(page, shop)
    place.get_by_label("Expiry date").press_sequentially(typed)
    expect(place.get_by_label("Expiry date")).to_have_value(shown)


def test_an_expiry_date_that_is_pasted_with_its_whole_year_is_the_card_s(page, shop):
    shop.show(mid=mekong.MID_WITHOUT_3DS)
    place = payer.open_overlay(page, shop)
    payer.fill_card(place, expiry="12/2139")
    payer.pay(place)
    expect(place.locator("#expiry-error")).to_contain_text("month and year")
    expect(place.get_by_label("Expiry date")).to_have_value("12/2139")
    payer.fill_card(place, expiry="12/2039")
    expect(place.get_by_label("Expiry date")).to_have_value("12/39")
    payer.pay(place)
    expect(page.get_by_role("heading")).to_have_text("Authorized")


def test_no_number_stays_in_the_page_once_it_is_sent(page, shop):
    shop.show()
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    # What would be sent now is counted and kept here.
    place.locator("#card").evaluate("""form => form.addEventListener('submit', function (event) {
        if (!event.defaultPrevented) (window.sent = window.sent || []).push(new FormData(form).get('number'));
        event.preventDefault(); })""")
    payer.pay(place)
    expect(place.get_by_label("Card number")).to_have_value("")
    expect(place.get_by_label("Security code")).to_have_value("")
    # A second press sends nothing more.
    payer.pay(place)
    assert place.locator("html").evaluate("() => window.sent") == ["4417 7066 0000 5830"]


def test_the_shop_never_sees_a_card_number(page, shop, gateway):
    shop.show(mid=mekong.MID_WITHOUT_3DS)
    seen = []
    page.on("request", lambda request: seen.append((request.url, request.post_data or "")))
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    for url, body in seen:
        if mekong.VISA in body.replace("+", "").replace("%20", ""):
            assert url.startswith(gateway.url)
        assert mekong.VISA not in url
    assert all(mekong.VISA not in str(fields) for _, fields in shop.posted)


def test_a_wrong_one_time_code_is_told_and_the_shop_hears_of_it(page, shop, gateway):
    shop.show()
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    page.wait_for_url(re.compile("/ui/v2/3ds/"))
    # The page takes the browser back by itself; here it stays to be read.
    page.route("**/return.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    payer.authenticate(page, "000000")
    expect(page.get_by_role("status")).to_contain_text("The one-time code was not right")
    page.get_by_role("button", name="Back to the shop").click()
    page.wait_for_url(shop.url + "/callback")
    assert shop.received("/callback")["status"] == "false"


def test_instalments_hand_back_what_the_shop_asked_for(page, shop):
    shop.charges = False
    shop.show(mid=mekong.MID_SMARTPAY, smartpay_id="0001", term="10")
    place = payer.open_overlay(page, shop)
    expect(place.locator(".facts")).to_contain_text("10 months")
    payer.fill_card(place)
    payer.pay(place)
    page.wait_for_url("**/checkout")
    received = shop.received()
    assert received.pop("token").startswith("tokn_test_")
    assert received == {
        "mid": mekong.MID_SMARTPAY, "paymentMethods": "card", "smartpayId": "0001", "term": "10"}


def test_a_term_that_the_shop_leaves_open_is_chosen_by_the_payer(page, shop):
    shop.charges = False
    shop.show(mid=mekong.MID_SMARTPAY, smartpay_id="0001")
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    expect(place.locator("#term-error")).to_have_text("Please choose the number of months.")
    expect(place.locator("#term")).to_be_focused()
    expect(place.get_by_label("Card number")).not_to_have_value("")
    place.get_by_role("radio", name="6 months").check()
    expect(place.locator("#term-error")).to_be_empty()
    payer.pay(place)
    page.wait_for_url("**/checkout")
    assert shop.received()["term"] == "6"


def test_a_fee_is_named_before_it_is_agreed_to(page, shop):
    shop.charges = False
    shop.show(mid=mekong.MID_FEE, amount="10.00")
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    expect(place.get_by_role("heading")).to_have_text("Please confirm the total")
    assert place.locator(".facts dd").all_text_contents() == ["10.00 THB", "2.50 THB", "0.18 THB", "12.68 THB"]
    place.get_by_role("link", name="another card").click()
    payer.fill_card(place)
    payer.pay(place)
    place.get_by_role("button", name="Pay 12.68 THB").click()
    page.wait_for_url("**/checkout")
    assert shop.received().keys() == {"token", "mid", "paymentMethods"}


def test_a_card_without_a_fee_is_taken_at_once(page, shop):
    shop.charges = False
    shop.show(mid=mekong.MID_FEE, amount="10.00")
    place = payer.open_overlay(page, shop)
    payer.fill_card(place, number=mekong.JCB)
    payer.pay(place)
    page.wait_for_url("**/checkout")
    assert shop.received()["mid"] == mekong.MID_FEE


def test_an_instalment_plan_hands_back_every_part_of_it(page, shop):
    shop.charges = False
    shop.show(
        mid=mekong.MID_SMARTPAY, plan_id="999", ipan_mode="03", product_type="003", supplier_no="99903",
        model_no="123456", term="10")
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    page.wait_for_url("**/checkout")
    received = shop.received()
    assert received.pop("token").startswith("tokn_test_")
    assert received == {
        "mid": mekong.MID_SMARTPAY, "paymentMethods": "card", "planid": "999", "ipanmode": "03",
        "producttype": "003", "supplierno": "99903", "modelno": "123456", "term": "10"}


def test_a_foreign_card_is_asked_for_the_currency_and_must_accept_the_rate(page, shop):
    shop.charges = False
    shop.show(mid=mekong.MID_DCC)
    place = payer.open_overlay(page, shop)
    payer.fill_card(place, number=mekong.DOLLAR_CARD)
    payer.pay(place)
    expect(place.get_by_role("heading")).to_have_text("Choose the currency")
    dollars = place.get_by_role("button", name=re.compile("Pay .* USD"))
    dollars.click()
    expect(place.get_by_role("alert")).to_contain_text("please accept the exchange rate")
    place.get_by_label("I accept the payment currency").check()
    dollars.click()
    page.wait_for_url("**/checkout")
    received = shop.received()
    assert received.pop("token").startswith("tokn_test_")
    assert received == {"dcc_currency": "USD", "mid": mekong.MID_DCC, "paymentMethods": "card"}


def test_a_foreign_card_may_pay_in_baht(page, shop):
    shop.charges = False
    shop.show(mid=mekong.MID_DCC)
    place = payer.open_overlay(page, shop)
    payer.fill_card(place, number=mekong.DOLLAR_CARD)
    place.get_by_label("Remember this card").check()
    payer.pay(place)
    place.get_by_role("button", name="Pay 1,250.50 THB").click()
    page.wait_for_url("**/checkout")
    received = shop.received()
    assert received.keys() == {"token", "dcc_currency", "mid", "paymentMethods", "savecard", "saveCard"}
    assert received["dcc_currency"] == "THB"
