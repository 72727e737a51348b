"""Payment with a card that was remembered (5.1)."""

import re

import pytest
from playwright.sync_api import expect

import gateway as mekong
import payer


def remember(gateway, *numbers):
    """A customer with these cards, each charged once without 3-D Secure."""
    customer = None
    for index, number in enumerate(numbers):
        token = gateway.call(
            "POST", "/ui/v2/token", {"number": number, "name": "SOMCHAI J", "expiry": "12/39", "cvv": "123"},
            gateway.credentials["public_key"])[1]["token"]
        charge = gateway.merchant("POST", "/card/v2/charge", {
            "amount": 10, "currency": "THB", "description": "First", "source_type": "card", "mode": "token",
            "token": token, "reference_order": f"SAVE-{token[-12:]}",
            "additional_data": {"mid": mekong.MID_WITHOUT_3DS}})[1]
        assert charge["transaction_state"] == "Authorized", charge
        if customer is None:
            customer = gateway.merchant("POST", "/card/v2/customer", {
                "email": "somchai@example.com", "name": "Somchai", "mode": "token", "token": token})[1]["id"]
        else:
            answer = gateway.merchant("POST", f"/card/v2/customer/{customer}/card", {"mode": "token", "token": token})
            assert answer[0] == 200, answer
    return customer


def test_a_saved_card_pays_without_its_number(page, shop, gateway):
    customer = remember(gateway, mekong.VISA, "5404888000072727")
    shop.show(mid=mekong.MID_WITHOUT_3DS, customer_id=customer)
    place = payer.open_overlay(page, shop)
    expect(place.get_by_role("radio")).to_have_count(2)
    place.get_by_role("radio").nth(1).check()
    payer.pay(place)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    assert shop.received().keys() == {"token", "mid", "paymentMethods"}
    assert shop.charged[0]["source"]["card_masking"] == "540488*****2727"


def test_with_3d_secure_the_payer_is_still_asked_for_a_code(page, shop, gateway):
    shop.show(customer_id=remember(gateway, mekong.VISA))
    place = payer.open_overlay(page, shop)
    payer.pay(place)
    page.wait_for_url(re.compile("/ui/v2/3ds/"))
    payer.authenticate(page)
    page.wait_for_url(shop.url + "/callback")
    assert gateway.inquire(shop.charged[0]["id"])["transaction_state"] == "Authorized"


def test_another_card_can_be_used(page, shop, gateway):
    shop.show(mid=mekong.MID_WITHOUT_3DS, customer_id=remember(gateway, mekong.VISA))
    place = payer.open_overlay(page, shop)
    place.get_by_role("link", name="another card").click()
    payer.fill_card(place, number="5431289719925031")
    payer.pay(place)
    expect(page.get_by_role("heading")).to_have_text("Authorized")
    assert shop.charged[0]["source"]["card_masking"] == "543128*****5031"


def test_a_saved_card_of_another_currency_asks_which_to_pay_in(page, shop, gateway):
    shop.show(mid=mekong.MID_DCC, amount="1000.00", customer_id=remember(gateway, mekong.DOLLAR_CARD))
    place = payer.open_overlay(page, shop)
    payer.pay(place)
    expect(place.get_by_text("USD").first).to_be_visible()


@pytest.mark.parametrize("customer", ["cust_test_1", "cust_test_" + "0" * 32, "x"])
def test_a_customer_who_does_not_exist_is_told_to_the_developer(page, shop, gateway, customer):
    shop.show(customer_id=customer)
    expect(payer.open_overlay(page, shop).locator("main")).to_contain_text("data-customer-id")
