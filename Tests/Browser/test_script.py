"""The script itself: its button, its overlay, and the globals that shops use (4.1.1.1, 10)."""

from playwright.sync_api import expect

import gateway as mekong
import payer

HOSTILE = "</title><script>window.hacked = 1</script>"


def button(page):
    return page.locator("script + button.pay-button[_kpayment]")


def is_open(page):
    return page.locator("dialog[open] iframe")


def test_the_button_stands_behind_the_script_and_can_be_left_out(page, shop):
    shop.show()
    page.goto(shop.url)
    expect(button(page)).to_have_text("Pay Now")
    shop.show(show_button="false", after='<input type="button" value="My own" onclick="KPayment.show()">')
    page.goto(shop.url)
    expect(page.locator(".pay-button")).to_have_count(0)
    page.get_by_role("button", name="My own").click()
    expect(payer.frame(page).get_by_label("Card number")).to_be_visible()


def test_the_shop_s_own_style_wins_over_the_button_s(page, shop):
    shop.show(style=".pay-button { background: rgb(200, 0, 0) }")
    page.goto(shop.url)
    expect(button(page)).to_have_css("background-color", "rgb(200, 0, 0)")


def test_the_overlay_takes_the_focus_and_gives_it_back(page, shop):
    shop.show(after='<input id="behind">')
    page.goto(shop.url)
    button(page).press("Enter")
    place = payer.frame(page)
    expect(place.get_by_label("Card number")).to_be_focused()
    dialog = page.get_by_role("dialog", name="Secure payment")
    expect(dialog).to_have_attribute("aria-modal", "true")
    assert page.evaluate("document.documentElement.style.overflow") == "hidden"
    # Nothing behind it can be reached.
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") != "behind"
    place.get_by_label("Card number").press("Escape")
    expect(is_open(page)).to_have_count(0)
    expect(button(page)).to_be_focused()
    assert page.evaluate("document.documentElement.style.overflow") == ""


def test_closing_tells_the_shop_and_sends_nothing(page, shop):
    shop.show(after="<script>window.told = 0; KPayment.onClose(function () { window.told += 1; });</script>")
    place = payer.open_overlay(page, shop)
    place.get_by_role("button", name="Close").click()
    expect(is_open(page)).to_have_count(0)
    assert page.evaluate("window.told") == 1
    button(page).click()
    expect(place.get_by_label("Card number")).to_be_visible()
    page.evaluate("KPayment.close()")
    expect(is_open(page)).to_have_count(0)
    assert page.evaluate("window.told") == 2
    assert shop.posted == []


def test_the_overlay_can_be_left_where_the_gateway_does_not_answer(page, shop, open_page):
    shop.show()
    page.route("**/ui/v2/checkout?*", lambda route: route.abort())
    page.goto(shop.url)
    button(page).click()
    expect(page.get_by_text("Loading")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_have_count(0)
    open_page.faults.clear()


def test_settings_can_be_changed_by_configure_and_by_setters(page, shop):
    shop.show(amount="1.00", mid="nothing")
    page.goto(shop.url)
    page.evaluate("mid => KPayment.configure({ mid: mid, 'data-name': 'Second Shop', paymentMethods: 'card' })", mekong.MID)
    page.evaluate("KPayment.setAmount(2500).setCurrency('USD').setDescription('A lens')")
    page.evaluate("KPayment.show()")
    place = payer.frame(page)
    expect(place.locator(".sum")).to_have_text("2,500.00 USD")
    expect(place.locator(".shop")).to_contain_text("Second Shop")
    expect(place.locator(".about")).to_have_text("A lens")


def test_every_attribute_of_the_document_has_a_setter(page, shop):
    shop.show()
    page.goto(shop.url)
    names = [
        "Apikey", "Amount", "PaymentMethods", "Mid", "Name", "Currency", "CustomerId", "CampaignId", "SmartpayId",
        "Smartpayid", "Term", "PlanId", "IpanMode", "ProductType", "SupplierNo", "ModelNo", "OrderId", "RefNumber",
        "ShowButton", "Timer", "Description", "Savecard"]
    assert page.evaluate("names => names.filter(name => typeof KPayment['set' + name] !== 'function')", names) == []
    assert page.evaluate("['create', 'show', 'close', 'onClose', 'configure'].every(n => typeof KPayment[n] === 'function')")


def test_create_draws_one_button_however_often_it_is_called(page, shop):
    shop.show(show_button="false")
    page.goto(shop.url)
    page.evaluate("KPayment.setShowButton('true').create().create()")
    expect(button(page)).to_have_count(1)


def test_two_shops_on_one_page_are_held_apart(page, shop):
    shop.show(amount="10.00")
    first = shop.html[shop.html.index("<form"):shop.html.index("</form>") + 7]
    shop.show(amount="20.00")
    shop.html = shop.html.replace("</form>", "</form>" + first.replace("Pay Now", ""))
    page.goto(shop.url)
    for index, amount in enumerate(["20.00", "10.00"]):
        page.locator(".pay-button").nth(index).click()
        expect(payer.frame(page).locator(".sum .amount")).to_have_text(amount)
        payer.frame(page).get_by_role("button", name="Close").click()
        expect(page.locator("dialog")).to_have_count(0)


def test_a_form_with_a_field_called_submit_is_sent_once_with_its_own_fields(page, shop):
    shop.charges = False
    shop.show(after='<input type="hidden" name="submit" value="x"><input type="hidden" name="action" value="y">')
    place = payer.open_overlay(page, shop)
    payer.fill_card(place)
    payer.pay(place)
    page.wait_for_url("**/checkout")
    assert [path for path, _ in shop.posted] == ["/checkout"]
    assert shop.posted[0][1]["basket"] == "17" and shop.posted[0][1]["submit"] == "x"


def test_a_shop_may_take_the_result_by_itself(page, shop):
    shop.show()
    page.goto(shop.url)
    page.evaluate("""document.querySelector('form').addEventListener('kpayment', function (event) {
        event.preventDefault(); window.result = event.detail; })""")
    button(page).click()
    payer.fill_card(payer.frame(page))
    payer.pay(payer.frame(page))
    page.wait_for_function("window.result")
    assert page.evaluate("window.result.token").startswith("tokn_test_")
    assert shop.posted == []
    expect(page.locator("dialog")).to_have_count(0)


def test_words_from_another_window_are_not_listened_to(page, shop):
    shop.show()
    place = payer.open_overlay(page, shop)
    expect(place.get_by_label("Card number")).to_be_visible()
    page.evaluate("""new Promise(function (done) {
        window.addEventListener('message', function () { done(); }, { once: true });
        window.postMessage({ kpayment: 1, event: 'done', fields: { token: 'forged' } }, '*'); })""")
    expect(is_open(page)).to_have_count(1)
    assert shop.posted == []


def test_a_page_of_another_origin_is_told_nothing(page, shop, gateway):
    """Who frames the page but is not the origin that it names hears neither of the page nor of the token."""
    key = gateway.credentials["public_key"]
    query = f"apikey={key}&amount=1&payment-methods=card&mid={mekong.MID}&display=overlay&origin=http://shop.example"
    shop.html = f"""<!DOCTYPE html><link rel="icon" href="data:,"><script>window.heard = [];
        window.addEventListener('message', function (m) {{ heard.push(m.data); }});</script>
        <iframe style="width:500px;height:900px" src="{gateway.url}/ui/v2/checkout?{query}"></iframe>"""
    page.goto(shop.url)
    place = payer.frame(page)
    payer.fill_card(place)
    payer.pay(place)
    expect(place.get_by_role("heading")).to_have_text("Your card was accepted")
    assert page.evaluate("window.heard") == []


def test_a_shop_that_is_set_up_wrongly_is_told_what_is_wrong(page, shop):
    shop.show(apikey="pkey_test_none", name=HOSTILE.replace('"', ""))
    place = None
    page.goto(shop.url)
    button(page).click()
    place = payer.frame(page)
    expect(place.get_by_role("heading")).to_have_text("This payment cannot begin")
    expect(place.locator("details")).to_contain_text("data-apikey: no public key of this gateway")
    shop.show(amount="-1", currency="XXX", mid="nothing")
    page.goto(shop.url)
    button(page).click()
    for text in ("data-mid", "data-currency"):
        expect(place.locator("details")).to_contain_text(text)


def test_what_a_shop_writes_is_text(page, shop):
    shop.show(name=HOSTILE, description=HOSTILE)
    place = payer.open_overlay(page, shop)
    expect(place.locator(".shop")).to_contain_text(HOSTILE)
    assert place.locator("html").evaluate("() => window.hacked") is None
