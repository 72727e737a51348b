"""The hosted pages of KissVips: a payer's own bank, and PromptPay codes."""

import re

import pytest
from playwright.sync_api import expect

import kissvips

PHONE = {"width": 390, "height": 844}


def sign_in(page, user="somchai", password="secret"):
    page.locator("#username").fill(user)
    page.locator("#password").fill(password)
    page.locator("button.primary").click()


def back_at_shop(page, shop, **members):
    page.wait_for_url(re.compile(re.escape(shop.url)))
    for name, value in members.items():
        assert f"{name}={value}" in page.url, page.url


@pytest.mark.parametrize("size", [{}, PHONE])
def test_a_payer_pays_from_their_bank_and_comes_back_to_the_shop(open_page, shop, gateway, size):
    token, url = kissvips.pg_deposit(gateway, shop.url + "/back?order=7")
    page = open_page(**size)
    page.goto(url)
    expect(page.get_by_role("heading")).to_have_text("Sign in to your bank")
    logo = page.locator(".bank img")
    assert logo.evaluate("image => image.complete && image.naturalWidth > 40")
    sign_in(page)
    page.locator("#otp1").fill("123456")
    page.locator("button.primary").click()
    expect(page.get_by_role("heading")).to_have_text("Payment received")
    assert kissvips.status(gateway, token) == "S"
    # The payer sees the result for a moment and is then taken back.
    back_at_shop(page, shop, order="7", token=token, status="S", ref="ORDER-7")


def test_a_business_account_types_in_two_codes_and_a_wrong_one_is_told(page, shop, gateway):
    token, url = kissvips.pg_deposit(gateway, shop.url + "/back", bank_type="B")
    page.goto(url)
    sign_in(page)
    page.locator("#otp1").fill("111111")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The code is wrong")).to_be_visible()
    page.locator("#otp1").fill("123456")
    page.keyboard.press("Enter")
    page.locator("#otp2").fill("123456")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("Payment received")
    assert kissvips.status(gateway, token) == "S"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_shop_s_own_query_that_is_no_text_comes_back_as_it_was(open_page, shop, gateway, scripts):
    query = "order=55&name=%A1%A2&pct=100%"
    uuid, url = kissvips.prompt_pay(gateway, f"{shop.url}/back?{query}", 1290)
    page = open_page(java_script_enabled=scripts)
    page.goto(url)
    page.get_by_role("button", name="I have paid").click()
    expect(page.get_by_role("link", name="Back to the shop")).to_be_visible()
    gateway.control("POST", "/bank/credits", {"amount": "1290.00", "reference": "PQ" + uuid})
    page.goto(url)
    if not scripts:
        page.get_by_role("link", name="Back to the shop").click()
    page.wait_for_url(re.compile("/back"))
    assert page.url == f"{shop.url}/back?{query}&uuid={uuid}&status=V&ref=ORDER-8", page.url


def test_a_payer_without_money_learns_so_and_goes_back_by_the_button(page, shop, gateway):
    token, url = kissvips.pg_deposit(gateway, shop.url + "/back")
    page.goto(url)
    sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("does not know this user name")
    sign_in(page, "poor")
    expect(page.get_by_role("heading")).to_have_text("Payment not completed")
    expect(page.get_by_role("status")).to_contain_text("too little money")
    page.get_by_role("button", name="Back to the shop").click()
    back_at_shop(page, shop, status="E")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_qr_code_on_the_page_is_paid(open_page, shop, gateway, scripts):
    token, url = kissvips.pg_deposit(gateway, shop.url + "/back", amount=777)
    page = open_page(java_script_enabled=scripts)
    page.goto(url)
    page.get_by_role("button", name="Pay by PromptPay QR").click()
    picture = page.locator("p.qr img")
    expect(picture).to_be_visible()
    gateway.control("POST", "/bank/credits", {"amount": "777.00", "reference": "QR" + token})
    if not scripts:
        page.reload()
    expect(page.get_by_role("heading")).to_have_text("Payment received")
    assert kissvips.status(gateway, token) == "S"


@pytest.mark.parametrize("locale, size, heading, button", [
    ("en-GB", {}, "Scan to pay", "I have paid"), ("th-TH", PHONE, "สแกนเพื่อชำระเงิน", "ฉันชำระแล้ว"),
])
def test_a_promptpay_code_is_scanned_and_verified(open_page, shop, gateway, locale, size, heading, button):
    amount = 1250 if size == {} else 1260
    uuid, url = kissvips.prompt_pay(gateway, shop.url + "/back", amount)
    page = open_page(locale=locale, **size)
    page.goto(url)
    expect(page.get_by_role("heading")).to_have_text(heading)
    picture = page.locator("p.qr img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(30|29):\d\d$"))
    page.get_by_role("button", name=button).click()
    expect(page.locator("p.qr")).to_have_count(0)
    gateway.control("POST", "/bank/credits", {"amount": f"{amount}.00", "reference": "PP" + uuid})
    # The page finds out by itself.
    back_at_shop(page, shop, uuid=uuid, status="V", ref="ORDER-8")


@pytest.mark.parametrize("locale, heading, bank", [
    ("th-TH", "เข้าสู่ระบบธนาคารของคุณ", "ธนาคารไทยพาณิชย์"),
    ("km-KH", "ចូលគណនីធនាគាររបស់អ្នក", "Siam Commercial Bank")])
def test_the_page_speaks_the_payer_s_language(open_page, shop, gateway, locale, heading, bank):
    _, url = kissvips.pg_deposit(gateway, shop.url + "/back")
    page = open_page(locale=locale, **PHONE)
    page.goto(url)
    expect(page.get_by_role("heading")).to_have_text(heading)
    expect(page.locator(".bank strong")).to_have_text(bank)


def test_nothing_is_wider_than_a_small_phone(open_page, shop, gateway):
    _, url = kissvips.pg_deposit(gateway, shop.url + "/back", amount=1999999.99, bank=11)
    _, code = kissvips.prompt_pay(gateway, shop.url + "/back", 1_999_999)
    page = open_page(width=320, height=640)
    for address in [url, code]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def elsewhere(shop):
    """A shop whose address sends the browser on to a third origin."""
    shop.onward = f"http://127.0.0.1:{shop.port}/arrived"
    return shop.url + "/onward"


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_gives_up_comes_back_to_the_shop_also_where_that_sends_them_on(open_page, shop, gateway, scripts):
    token, url = kissvips.pg_deposit(gateway, elsewhere(shop))
    page = open_page(java_script_enabled=scripts)
    page.goto(url)
    page.get_by_role("button", name="Cancel").click()
    if not scripts:
        page.get_by_role("button", name="Back to the shop").click()
    page.wait_for_url(re.compile("/arrived"))
    assert kissvips.status(gateway, token) == "E"


def test_whoever_pays_by_promptpay_comes_back_also_where_the_shop_sends_them_on(page, shop, gateway):
    uuid, url = kissvips.prompt_pay(gateway, elsewhere(shop), 1270)
    page.goto(url)
    page.get_by_role("button", name="I have paid").click()
    expect(page.get_by_role("heading")).to_have_text("Thank you")
    page.get_by_role("button", name="Back to the shop").click()
    page.wait_for_url(re.compile("/arrived"))
    page.goto(url)
    gateway.control("POST", "/bank/credits", {"amount": "1270.00", "reference": "PP" + uuid})
    page.wait_for_url(re.compile("/arrived"))
