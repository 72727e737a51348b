"""What a payer does."""

import gateway as mekong


def frame(page):
    """The gateway's page within the shop's."""
    return page.frame_locator("iframe")


def open_overlay(page, shop):
    page.goto(shop.url)
    page.get_by_role("button", name="Pay Now").click()
    return frame(page)


def fill_card(place, number=mekong.VISA, name="SOMCHAI J", expiry="12/39", code="123"):
    place.get_by_label("Card number").fill(number)
    place.get_by_label("Name on card").fill(name)
    place.get_by_label("Expiry date").fill(expiry)
    place.get_by_label("Security code").fill(code)


def pay(place):
    place.locator("button.primary").click()


def authenticate(page, code="123456"):
    page.get_by_role("button", name="Request OTP").click()
    page.locator("#otp").fill(code)
    page.locator("button.primary").click()
