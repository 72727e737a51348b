"""Payment by card through the script (4.1.1)."""

import re

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
